"""Events of libyaml -> nodes that know their place.

They are composed here and never by libyaml's own composer: a file of 100,000 `[` ends the process there. Nothing is
resolved and nothing refers to anything else (no anchors, merges or tags), and every bound holds before memory is used.
One parser, one thought: longer than most files here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Protocol

from yaml import YAMLError
from yaml._yaml import CParser  # no fallback: the pure Python one reads tabs, byte order marks and places differently
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from app.content import syntax
from app.content.faults import Notes, shown
from app.content.nodes import ListNode, MapNode, Node, Place, Span, TextNode
from app.content.source import Source
from app.errors import N_, Message
from app.texts.local import TEXT_LIMIT

DEPTH_LIMIT: Final = 32  # maps and lists inside each other
NODE_LIMIT: Final = 50_000

_UNPRINTABLE_VALUE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BACKSLASH_WORD = re.compile(r"\\(?!x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})[A-Za-z]{2,}")
_UNSEEN_CODE = re.compile(r"\\[abefvrNLPxuU0]")
_COMMENT = re.compile(r"[ \t]+#")


class _Mark(Protocol):
    """A place as the parser tells it."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def index(self) -> int: ...


class Refused(Exception):
    """The file cannot be read any further."""

    def __init__(self, place: Place, message: Message) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


def _unreadable() -> Message:
    return N_("File ini tidak dapat dibaca sebagai YAML.")


@dataclass
class Composer:
    """Turns events into nodes. `faults` are kept apart until the whole file has been read."""

    source: Source
    notes: Notes
    nodes: int = 0
    faults: list[tuple[Place, Message, bool]] = field(default_factory=list)
    last: TextNode | None = None
    closed: Place | None = None
    brackets: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._parser = CParser(self.source.text)

    def document(self) -> Node | None:
        """The root node, None for an empty file. Raises Refused where reading stops."""
        try:
            root = self._root()
        except MarkedYAMLError as error:
            raise self._stumbled(error) from None
        except YAMLError as error:  # the reader's own, for characters that were refused before
            raise Refused(Place(1, 1, 0), _unreadable()) from error
        for place, message, warning in self.faults:
            self.notes.add(place, message, warning)
        return root

    def _root(self) -> Node | None:
        self._next()  # the stream's start
        start = self._next()
        if isinstance(start, StreamEndEvent):
            return None
        self._check_document(start)
        root = self._node(self._next(), 1)
        self._next()  # the document's end
        after = self._next()
        if not isinstance(after, StreamEndEvent):
            raise Refused(self._place(after.start_mark), syntax.second_document())
        return root

    def _next(self) -> Event:
        event = self._parser.get_event()
        if event is None:
            raise Refused(Place(1, 1, 0), _unreadable())
        return event

    def _check_document(self, start: Event) -> None:
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            raise Refused(self._place(start.start_mark), syntax.directive())

    def _stumbled(self, error: MarkedYAMLError) -> Refused:
        place = self._place(error.problem_mark)
        stumble = syntax.Stumble(
            source=self.source,
            problem=error.problem or "",
            place=place,
            opening=self._place(error.context_mark) if error.context_mark else place,
            last=self.last,
            closed=self.closed,
            open_bracket=self.brackets[-1] if self.brackets else None,
        )
        return Refused(*syntax.explain(stumble))

    # Nodes

    def _node(self, event: Event, depth: int) -> Node:
        self._count(event, depth)
        node: Node
        if isinstance(event, ScalarEvent):
            node = self._text(event)
        elif isinstance(event, MappingStartEvent):
            node = self._map(event, depth)
        elif isinstance(event, SequenceStartEvent):
            node = self._list(event, depth)
        else:
            node = TextNode.made("", self._span(event))
        self._check_node(event, node)
        return node

    def _count(self, event: Event, depth: int) -> None:
        self.nodes += 1
        if self.nodes > NODE_LIMIT:
            raise Refused(
                self._place(event.start_mark),
                N_("Isi file ini terlalu banyak: lebih dari %(limit)s bagian.", limit=NODE_LIMIT),
            )
        if depth > DEPTH_LIMIT and not isinstance(event, ScalarEvent | AliasEvent):
            raise Refused(
                self._place(event.start_mark),
                N_("Daftar di dalam daftar sampai lebih dari %(limit)s tingkat.", limit=DEPTH_LIMIT),
            )

    def _check_node(self, event: Event, node: Node) -> None:
        if isinstance(event, AliasEvent):
            char = "*"
        elif isinstance(event, NodeEvent) and event.anchor is not None:
            char = "&"
        elif getattr(event, "tag", None) is not None:
            char = "!"
        else:
            return
        self._refuse(node, node.span.start, syntax.must_quote(char))

    def _text(self, event: ScalarEvent) -> TextNode:
        node = TextNode.made(event.value, self._span(event), event.style or "")
        self.last = node
        place = node.span.start
        if len(node) > TEXT_LIMIT:
            self._refuse(node, place, N_("Teks ini terlalu panjang. Batasnya %(limit)s karakter.", limit=TEXT_LIMIT))
        if node.style == '"':
            self._note_backslash(node)
        elif not node.style:
            comment = _COMMENT.match(self.source.text, node.span.end.offset)
            node.comment = self.source.place(comment.end() - 1) if comment else None
        return node

    def _note_backslash(self, node: TextNode) -> None:
        """A code that makes an unseen character is refused; letters behind a backslash are told as advice."""
        refused = _UNPRINTABLE_VALUE.search(node) is not None
        start, end = node.span.start.offset, node.span.end.offset
        found = (_UNSEEN_CODE if refused else _BACKSLASH_WORD).search(self.source.text, start, end)
        if found is None:
            return
        message = N_(
            'Di dalam tanda kutip ganda, "%(text)s" dibaca sebagai kode, bukan huruf. Pakai tanda kutip tunggal kalau '
            "maksudnya huruf biasa.",
            text=found.group()[:2],
        )
        node.refused = node.refused or refused
        self.faults.append((self.source.place(found.start()), message, not refused))

    def _map(self, event: MappingStartEvent, depth: int) -> MapNode:
        made = MapNode()
        made.span = self._span(event)
        self._enter(event)
        lines: dict[str, int] = {}
        last: Node | None = None
        while not isinstance(item := self._next(), CollectionEndEvent):
            key = self._node(item, depth + 1)
            last = self._node(self._next(), depth + 1)
            self._enter_pair(made, key, last, lines)
        self._leave(made, event, item, last)
        return made

    def _enter_pair(self, into: MapNode, key: Node, value: Node, lines: dict[str, int]) -> None:
        if not isinstance(key, TextNode):
            self.faults.append((key.span.start, N_("Kunci harus berupa teks, bukan daftar atau pasangan."), False))
            into.hidden = True
            return
        if key in into:
            message = N_(
                "Kunci %(key)s sudah ditulis di baris %(line)s. Hapus salah satu.",
                key=shown(key),
                line=lines[key],
            )
            self.faults.append((key.span.start, message, False))
            into.hidden = True
            return
        lines[key] = key.span.start.line
        value.key = key
        if key == "<<" and not key.style:
            self._refuse(value, key.span.start, N_('Penggabungan dengan "<<" tidak dipakai di sini.'))
        elif not key:
            self._refuse(value, key.span.start, N_("Tidak ada kunci di depan titik dua."))
        elif _empty(value):
            self._refuse(value, key.span.start, self._nothing(key))
        into[key] = value

    def _nothing(self, key: TextNode) -> Message:
        colon = self.source.text[key.span.end.offset : key.span.end.offset + 100].lstrip(" \t").startswith(":")
        if not colon and not self.brackets:
            return N_("Tidak ada titik dua sesudah kunci %(key)s.", key=shown(key))
        if not colon:
            return N_(
                "Koma memisahkan isi di dalam kurung, jadi %(key)s terbaca sebagai kunci tanpa isi. Apit teks yang "
                "memuat koma dengan tanda kutip.",
                key=shown(key),
            )
        return N_(
            "Kunci %(key)s tidak ada isinya. Isi, hapus kuncinya, atau tulis '' untuk teks kosong.", key=shown(key)
        )

    def _list(self, event: SequenceStartEvent, depth: int) -> ListNode:
        made = ListNode()
        made.span = self._span(event)
        self._enter(event)
        last: Node | None = None
        while not isinstance(item := self._next(), CollectionEndEvent):
            last = node = self._node(item, depth + 1)
            if _empty(node):
                self._refuse(node, node.span.start, N_("Butir daftar ini kosong. Isi, atau hapus tanda hubungnya."))
            made.append(node)
        self._leave(made, event, item, last)
        return made

    def _enter(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if event.flow_style:
            self.brackets.append(self._place(event.start_mark))

    def _leave(
        self,
        node: MapNode | ListNode,
        start: MappingStartEvent | SequenceStartEvent,
        end: Event,
        last: Node | None,
    ) -> None:
        """A collection in brackets ends with its bracket, any other where its last leaf ends."""
        node.flow = bool(start.flow_style)
        if node.flow:
            self.brackets.pop()
            self.closed = self._place(end.end_mark)
            node.span = Span(node.span.start, self.closed)
        elif last is not None:
            node.span = Span(node.span.start, last.span.end)

    def _refuse(self, node: Node, place: Place, message: Message) -> None:
        if not node.refused:
            node.refused = True
            self.faults.append((place, message, False))

    def _place(self, mark: _Mark | None) -> Place:
        return Place(1, 1, 0) if mark is None else Place(mark.line + 1, mark.column + 1, mark.index)

    def _span(self, event: Event) -> Span:
        return Span(self._place(event.start_mark), self._place(event.end_mark))


def _empty(node: Node) -> bool:
    return isinstance(node, TextNode) and not node and not node.style and not node.refused
