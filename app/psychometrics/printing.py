"""Figures as lines for a terminal: aligned columns, and numbers as the reader's language writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from app.texts.local import DEFAULT_LANGUAGE, Language

UNDEFINED: Final = "–"

_GAP: Final = "  "


def aligned(rows: Sequence[Sequence[str]], left: Collection[int] = (0,)) -> Iterator[str]:
    """The rows as lines, all of as many cells; the columns of `left` begin together, the others end together."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield _GAP.join(cells).rstrip()


def decimal(value: float | None, digits: int, language: Language) -> str:
    """With a decimal comma in Indonesian; what is undefined as a dash."""
    if value is None:
        return UNDEFINED
    written = f"{value:.{digits}f}"
    if float(written) == 0:
        written = written.removeprefix("-")
    return written.replace(".", ",") if language == DEFAULT_LANGUAGE else written


def harmless(text: str) -> str:
    """Text out of a file, with nothing in it that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "·" for letter in text)
