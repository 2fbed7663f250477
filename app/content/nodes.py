"""A YAML file as text, maps and lists that know where they were written.

They are the plain Python types (so a schema reads them as such), and each carries the marks of its source. A scalar is
always text: `020`, `398.20`, `no`, `1:30` and `~` come out exactly as typed; the schema decides what is a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A point in a file: line and column count from 1, columns in code points; `offset` counts code points from 0."""

    line: int
    column: int
    offset: int


@dataclass(frozen=True, slots=True)
class Span:
    """Where something is written: from `start` up to, not including, `end`."""

    start: Place
    end: Place


NOWHERE = Span(Place(1, 1, 0), Place(1, 1, 0))


class TextNode(str):
    """A scalar, as typed. `style` is one of `''` (plain), `'`, `"`, `|`, `>`; `key` the key it stands under, if any.

    `refused` is True where reading already found a fault with it: whatever else fails there needs no second fault.
    `comment` is where a comment begins right behind a plain text: perhaps the rest of the text, lost.
    """

    span: Span = NOWHERE
    style: str = ""
    key: TextNode | None = None
    refused: bool = False
    comment: Place | None = None

    @classmethod
    def made(cls, value: str, span: Span, style: str = "") -> TextNode:
        """A text with its marks."""
        node = cls(value)
        node.span = span
        node.style = style
        return node


class MapNode(dict[TextNode, "Node"]):
    """A map, in the order written. `flow`: between brackets; `hidden`: holds pairs that were refused and left out."""

    span: Span = NOWHERE
    key: TextNode | None = None
    refused: bool = False
    flow: bool = False
    hidden: bool = False


class ListNode(list["Node"]):
    """A list, in the order written. `flow`: between brackets."""

    span: Span = NOWHERE
    key: TextNode | None = None
    refused: bool = False
    flow: bool = False


Node = TextNode | MapNode | ListNode
NODE_TYPES = (TextNode, MapNode, ListNode)


def place_of(node: Node) -> Place:
    """Where a person must look to find a node."""
    return node.span.start


def key_place(node: Node) -> Place:
    """Where the key over a node is written; the node's own place where it has none."""
    return place_of(node if node.key is None else node.key)


def deepest(node: Node, path: Sequence[object]) -> Node:
    """Follow keys and positions from `node` as far as they lead; where one is missing, stay at the last one found."""
    for step in path:
        if isinstance(node, MapNode) and isinstance(step, str) and step in node:
            node = node[TextNode(step)]
        elif isinstance(node, ListNode) and isinstance(step, int) and 0 <= step < len(node):
            node = node[step]
        else:
            break
    return node


def child(node: Node | None, key: str) -> Node | None:
    """What a map holds under `key`; None where it holds nothing, or is no map."""
    return node.get(TextNode(key)) if isinstance(node, MapNode) else None


def text_at(node: Node | None, key: str) -> TextNode | None:
    """The text a map holds under `key`; None where it holds none."""
    found = child(node, key)
    return found if isinstance(found, TextNode) else None


def maps_at(node: Node | None, key: str) -> Iterator[MapNode]:
    """The maps among the items a map holds under `key`: what can still be checked where something else is wrong."""
    items = child(node, key)
    for item in items if isinstance(items, ListNode) else ():
        if isinstance(item, MapNode):
            yield item


def texts_below(node: Node) -> Iterator[TextNode]:
    """Every text below a node (keys are not among them), in the order written."""
    if isinstance(node, TextNode):
        yield node
        return
    for each in node.values() if isinstance(node, MapNode) else node:
        yield from texts_below(each)


def leaves_below(node: Node) -> Iterator[TextNode]:
    """Every text below a node, keys among them, in the order written."""
    if isinstance(node, TextNode):
        yield node
    elif isinstance(node, MapNode):
        for key, each in node.items():
            yield key
            yield from leaves_below(each)
    else:
        for each in node:
            yield from leaves_below(each)
