"""Tables that people bring as CSV, out of any spreadsheet: their rows, their numbers, and what is wrong on which line.

Taken: commas, semicolons or tabs between cells; decimal points or decimal commas; with or without a byte order mark;
any line ends; further columns; empty lines.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from math import inf
from typing import Final, NamedTuple

from app.errors import N_, Message

DELIMITERS: Final = ",;\t"

LARGEST: Final = 1e100  # of a number: the squares of larger ones would not be finite

_QUOTED: Final = re.compile(r'"[^"]*"')
_FIRST_ROW: Final = re.compile(r'[ \r\n]*(?:"[^"]*"|[^"\r\n])+')
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


def table_of(data: bytes) -> tuple[Row, Iterator[Row]]:
    """The titles, and the rows below them that hold something. Raises FaultyTable for an empty file."""
    text = _text_of(data)
    rows = _rows_of(text, _delimiter_of(text))
    head = next(rows, None)
    if head is None:
        raise FaultyTable([Fault(1, N_("file ini kosong."))])
    return head, rows


def too_long(row: Row, width: int) -> Fault:
    """A row with more cells than there are titles, as decimal commas between commas make it."""
    told = N_(
        "ada %(count)s sel, padahal judulnya %(width)s. Bila angka memakai koma, pisahkan sel dengan titik koma.",
        count=len(row.cells),
        width=width,
    )
    return Fault(row.line, told)


def titles_twice(line: int, names: Iterable[str]) -> FaultyTable:
    """The refusal of a table whose titles repeat each other."""
    return FaultyTable([Fault(line, N_("judul kolom %(names)s ada lebih dari sekali.", names=", ".join(names)))])


def _text_of(data: bytes) -> str:
    """The file's text. Raises FaultyTable where it is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as refused:
        line = data.count(b"\n", 0, refused.start) + 1
        asked = N_("ada huruf yang tidak terbaca. Simpan file ini sebagai CSV UTF-8.")
        raise FaultyTable([Fault(line, asked)]) from refused


def _delimiter_of(text: str) -> str:
    """What parts the cells: of DELIMITERS the one that stands most often in the first row, outside quotes."""
    first = _FIRST_ROW.match(text)
    titles = _QUOTED.sub("", first[0]) if first else ""
    return max(DELIMITERS, key=titles.count)


def _rows_of(text: str, delimiter: str) -> Iterator[Row]:
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
    found = float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else inf
    return found if abs(found) <= LARGEST else None
