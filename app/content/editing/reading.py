"""One file as it is edited: its text, what it holds, and how it breaks its lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.content.editing.edits import NotEditable, gone
from app.content.editing.places import Entry, Places, Unplaced
from app.content.editing.values import Path, Value, value_of
from app.content.faults import Fault, Findings
from app.content.nodes import ListNode, MapNode, Node, Place, TextNode
from app.content.reading import BOM, read_document
from app.content.source import Source


@dataclass(frozen=True)
class Written:
    """A file that can be read, though it may have faults."""

    mark: bytes  # the byte order mark, where the file begins with one
    source: Source
    root: MapNode
    value: Value
    newline: str
    faults: tuple[Fault, ...]

    @property
    def text(self) -> str:
        """The text without its byte order mark."""
        return self.source.text

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.mark + self.text.encode()

    @property
    def places(self) -> Places:
        """Where its entries stand."""
        return Places(self.source)

    def node(self, path: Path) -> Node:
        """The node at `path`. Raises NotEditable where there is none."""
        return self.holders(path)[-1]

    def holders(self, path: Path) -> list[Node]:
        """The nodes from the root down to the one at `path`. Raises NotEditable where that leads nowhere."""
        nodes: list[Node] = [self.root]
        for step in path:
            node = nodes[-1]
            if isinstance(node, MapNode) and isinstance(step, str) and step in node:
                nodes.append(node[TextNode(step)])
            elif isinstance(node, ListNode) and isinstance(step, int) and 0 <= step < len(node):
                nodes.append(node[step])
            else:
                raise gone()
        return nodes

    def entries(self, path: Path) -> list[Entry]:
        """The entries of the map or list at `path`. Raises Unplaced where one cannot be edited in place."""
        node = self.node(path)
        if isinstance(node, TextNode):
            raise Unplaced
        return self.places.entries(node, self.entry(path).value if path else 0)

    def entry(self, path: Path) -> Entry:
        """The entry at `path`, which is not the root's."""
        node = self.node(path)
        return next(each for each in self.entries(path[:-1]) if each.node is node)

    def is_flow(self, path: Path) -> bool:
        """Whether what stands at `path` is written between brackets."""
        node = self.node(path)
        return not isinstance(node, TextNode) and node.flow

    def in_brackets(self, path: Path) -> bool:
        """Whether what stands at `path` stands inside brackets."""
        return len(path) > 0 and self.is_flow(path[:-1])


def written(data: bytes) -> Written:
    """A file as it is edited. Raises NotEditable with the place and the reason where it cannot be read."""
    found = _known(data)
    if isinstance(found, Fault):
        raise NotEditable(Place(found.line, found.column, 0), found.message)
    return found


def written_anew(data: bytes) -> Written | Fault:
    """The same for a file that nobody may ever ask for again: its first fault where it cannot be read."""
    return _read(data)


@lru_cache(maxsize=4)  # nodes take some forty times as much memory as their file
def _known(data: bytes) -> Written | Fault:
    return _read(data)


def _read(data: bytes) -> Written | Fault:
    findings = Findings()
    root = read_document(data, findings.of("file"))
    faults = tuple(findings.errors)
    if root is None:
        return faults[0]
    mark = BOM if data.startswith(BOM) else b""
    text = data[len(mark) :].decode()
    return Written(mark, Source(text), root, value_of(root), _newline(text), faults)


def _newline(text: str) -> str:
    first = min((at for mark in "\r\n" if (at := text.find(mark)) >= 0), default=-1)
    if first < 0 or text[first] == "\n":
        return "\n"
    return "\r\n" if text[first : first + 2] == "\r\n" else "\r"
