"""Tables that people bring as CSV, out of any spreadsheet: their rows, their numbers, and what is wrong on which line.

Taken: commas, semicolons or tabs between cells; decimal points or decimal commas; with or without a byte order mark;
any line ends; further columns; empty lines.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final, NamedTuple

from app.errors import N_, Message

DELIMITERS: Final = ",;\t"

_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:[eE][-+]?[0-9]{1,2})?")


class Fault(NamedTuple):
    """What is wrong, and on which line of the file, from 1."""

    line: int
    message: Message

    def told(self) -> Message:
        """The sentence with its place."""
        return N_("Baris %(line)s: %(fault)s", line=self.line, fault=self.message)


class FaultyTable(Exception):
    """The file cannot be taken: every fault that was found, in the order of the lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(*self.faults)


class Row(NamedTuple):
    """A row's cells, without blanks around them, and the line it begins on."""

    line: int
    cells: Sequence[str]


def text_of(data: bytes) -> str:
    """The file's text. Raises FaultyTable where it is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as refused:
        line = data.count(b"\n", 0, refused.start) + 1
        asked = N_("ada huruf yang tidak terbaca. Simpan file ini sebagai CSV UTF-8.")
        raise FaultyTable([Fault(line, asked)]) from refused


def delimiter_of(text: str) -> str:
    """What parts the cells: of DELIMITERS the one that the first line that holds something has most of."""
    titles = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=titles.count)


def rows_of(text: str, delimiter: str) -> Iterator[Row]:
    """The rows that hold something. Raises FaultyTable where quotes do not pair up."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as refused:
        raise FaultyTable([Fault(line, N_("tanda kutip di baris ini tidak berpasangan."))]) from refused


class Numbers(dict[str, float | None]):
    """`number_in` of cells, each text read once: marks repeat themselves."""

    def __missing__(self, cell: str) -> float | None:
        found = self[cell] = number_in(cell)
        return found


def number_in(cell: str) -> float | None:
    """A decimal number, with a point or a comma; None for anything else, as thousands parted by points and commas."""
    return float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else None
