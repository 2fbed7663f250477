"""The text of a file, and the way from an offset to a line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from app.content.nodes import Place

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass
class Source:
    """A file's text without its byte order mark. Offsets and columns count code points."""

    text: str
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def place(self, offset: int) -> Place:
        """The line and column of an offset; past the end it is the end of the text."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1, offset)

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its end; empty past the last."""
        if not 1 <= number <= len(self.starts):
            return ""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")

    def before(self, place: Place) -> str:
        """What stands before a place on its line."""
        return self.line(place.line)[: place.column - 1]

    def char(self, place: Place) -> str:
        """The character at a place; empty at the end of the text."""
        return self.text[place.offset : place.offset + 1]
