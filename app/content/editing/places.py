"""Where the entries of a file stand: which characters belong to each, and which lie between them.

An entry is a pair of a map or an item of a list. In a block it begins with the comment lines directly above it at its
column and ends with its last line, whatever comment stands behind included, the line break not. In brackets it is what
is written between two commas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.content.nodes import ListNode, MapNode, Node, TextNode
from app.content.source import Source

_TO_DASH: Final = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*-(?=\s|\Z)")
_TO_COLON: Final = re.compile(r"[ \t]*:")
_BEHIND: Final = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?=[\r\n]|\Z)")
_EXPLICIT: Final = re.compile(r"(?:[\r\n]|\A)[ \t-]*\?\s*\Z")  # `? key`, which is not edited in place
_KEEPS: Final = re.compile(r"[|>][1-9]?\+")


class Unplaced(Exception):
    """What stands here is written in a way that is not edited in place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, all in offsets: `start` with its comments, `head` its key or dash, `value` just behind the colon or
    dash, `close` where its value ends, `end` where the entry does. `column` (from 0) is the head's."""

    node: Node
    start: int
    head: int
    column: int
    value: int
    close: int
    end: int


@dataclass(frozen=True, slots=True)
class Places:
    """Finds entries in one file."""

    source: Source

    def entries(self, parent: MapNode | ListNode, floor: int) -> list[Entry]:
        """The entries of a map or list, in order. `floor`: where what stands before the first one ends.

        Raises Unplaced where one is written in a way that is not edited in place.
        """
        found: list[Entry] = []
        for node in list(parent.values()) if isinstance(parent, MapNode) else parent:
            entry = self._in_brackets(parent, node) if parent.flow else self._in_block(parent, node, floor)
            found.append(entry)
            floor = entry.end
        return found

    def close(self, node: Node) -> int:
        """Where what is written for a value ends: never the line breaks that only end a block text."""
        if isinstance(node, TextNode):
            return self._text_close(node)
        if node.flow or not node:
            return node.span.end.offset
        if isinstance(node, MapNode) and node.hidden:
            return node.span.end.offset
        return self.close(next(reversed(node.values())) if isinstance(node, MapNode) else node[-1])

    def keeps_lines(self, node: Node) -> bool:
        """Whether empty lines behind a value would belong to it (`|+`)."""
        while not isinstance(node, TextNode):
            if node.flow or not node:
                return False
            node = next(reversed(node.values())) if isinstance(node, MapNode) else node[-1]
        return _KEEPS.match(self.source.text, node.span.start.offset) is not None and node.style in ("|", ">")

    def _text_close(self, node: TextNode) -> int:
        start, end = node.span.start.offset, node.span.end.offset
        if node.style not in ("|", ">"):
            return end
        raw = self.source.text[start:end]
        if not _KEEPS.match(raw):
            return start + len(raw.rstrip("\r\n"))
        for mark in ("\r\n", "\n", "\r"):
            if raw.endswith(mark):
                return end - len(mark)
        return end

    def _in_brackets(self, parent: MapNode | ListNode, node: Node) -> Entry:
        close = node.span.end.offset
        if isinstance(parent, ListNode):
            head = value = node.span.start.offset
        elif node.key is None:
            raise Unplaced
        else:
            head = node.key.span.start.offset
            value = self._behind_key(node)
        return Entry(node, head, head, 0, value, close, close)

    def _in_block(self, parent: MapNode | ListNode, node: Node, floor: int) -> Entry:
        text = self.source.text
        if isinstance(parent, ListNode):
            dash = _TO_DASH.match(text, floor)
            if dash is None:
                raise Unplaced
            head, value = dash.end() - 1, dash.end()
        elif node.key is None or _EXPLICIT.search(text[floor : node.key.span.start.offset]):
            raise Unplaced
        else:
            head, value = node.key.span.start.offset, self._behind_key(node)
        close = self.close(node)
        behind = _BEHIND.match(text, close)
        end = behind.end() if behind is not None else close
        column = self.source.place(head).column - 1
        return Entry(node, self._with_comments(head, column, floor), head, column, value, close, end)

    def _behind_key(self, node: Node) -> int:
        if node.key is None:
            raise Unplaced
        colon = _TO_COLON.match(self.source.text, node.key.span.end.offset)
        if colon is None:
            raise Unplaced
        return colon.end()

    def _with_comments(self, head: int, column: int, floor: int) -> int:
        """Where the comment lines begin that stand directly above `head` at its column; `head` where there are none.

        Those that reach the file's first line are about the file.
        """
        place = self.source.place(head)
        if self.source.before(place).strip():
            return head
        first, lowest = place.line, self.source.place(floor).line if floor else 0
        while first - 1 > lowest and self._is_comment(first - 1, column):
            first -= 1
        if first == 1:
            return head
        return self.source.starts[first - 1] + column

    def _is_comment(self, number: int, column: int) -> bool:
        line = self.source.line(number)
        return line[:column].strip(" ") == "" and line[column : column + 1] == "#"


def is_empty(node: Node) -> bool:
    """Whether nothing at all is written for a value."""
    return isinstance(node, TextNode) and node.span.start.offset == node.span.end.offset
