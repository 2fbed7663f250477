"""Characters of a text that give way to others."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, TypeAlias

from app.content.editing.places import Entry
from app.content.editing.reading import Written
from app.content.nodes import MapNode, TextNode

_HEADER: Final = re.compile(r"[|>](?P<codes>[-+0-9]*)")


class Splice(NamedTuple):
    """These characters (offsets of the text) give way to `text`."""

    start: int
    end: int
    text: str


Splices: TypeAlias = "list[Splice]"


def spliced(text: str, splices: Splices) -> str:
    """The text with all splices made; they do not overlap."""
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def firm(file: Written, entry: Entry) -> Splices:
    """A block text at the end of a file without a last line break has none either: where lines follow, `|-` says so."""
    if entry.end < len(file.text) or file.text.endswith(("\n", "\r")):
        return []
    node = entry.node
    while not isinstance(node, TextNode):
        if node.flow or not node:
            return []
        node = next(reversed(node.values())) if isinstance(node, MapNode) else node[-1]
    header = _HEADER.match(file.text, node.span.start.offset) if node.style in ("|", ">") else None
    if header is None or "-" in header["codes"]:
        return []
    return [Splice(header.start("codes"), header.end("codes"), header["codes"].replace("+", "") + "-")]
