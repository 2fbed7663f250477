"""Marks gathered elsewhere: a CSV with the columns attempt, item, mark and max -> what is analysed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from app.errors import N_, Message
from app.psychometrics.classical import ItemMark
from app.psychometrics.tables import Fault, FaultyTable, Numbers, Row, delimiter_of, rows_of, text_of

COLUMNS: Final = ("attempt", "item", "mark", "max")

_EMPTY_MARK: Final = N_("kolom mark kosong. Tulis 0 bila tidak dijawab; hapus baris bila butirnya tidak ditanyakan.")
_ROUNDED: Final = 1 + 1e-9  # a mark that exceeds its maximum by no more was rounded


def read_marks(data: bytes) -> list[ItemMark]:
    """A row for each item of each attempt, in the order of the file. Raises FaultyTable with every fault.

    The first row names the columns, in any order; further columns are passed over.
    """
    text = text_of(data)
    rows = rows_of(text, delimiter_of(text))
    head = next(rows, None)
    if head is None:
        raise FaultyTable([Fault(1, N_("file ini kosong."))])
    reading = _Reading(_places(head), len(head.cells))
    for row in rows:
        reading.take(row)
    if reading.faults:
        raise FaultyTable(reading.faults)
    if not reading.marks:
        raise FaultyTable([Fault(head.line + 1, N_("belum ada baris nilai di bawah judul kolom."))])
    return reading.marks


def _places(head: Row) -> tuple[int, ...]:
    """Where the columns stand. Raises FaultyTable where one is missing or stands twice."""
    titles = [cell.casefold() for cell in head.cells]
    count = Counter(titles)
    missing = ", ".join(name for name in COLUMNS if not count[name])
    if missing:
        told = N_(
            "judul kolom %(missing)s tidak ada. Judul yang diperlukan: attempt, item, mark, max.", missing=missing
        )
        raise FaultyTable([Fault(head.line, told)])
    twice = ", ".join(name for name in COLUMNS if count[name] > 1)
    if twice:
        raise FaultyTable([Fault(head.line, N_("judul kolom %(names)s ada lebih dari sekali.", names=twice))])
    return tuple(titles.index(name) for name in COLUMNS)


class _Reading:
    """The rows so far."""

    def __init__(self, places: Sequence[int], width: int) -> None:
        self.marks: list[ItemMark] = []
        self.faults: list[Fault] = []
        self._places, self._width = places, width
        self._lines: dict[str, dict[str, int]] = defaultdict(dict)  # by item and attempt
        self._max_marks: dict[str, tuple[float, int]] = {}  # of an item, and the line that said so
        self._numbers = Numbers()

    def take(self, row: Row) -> None:
        """Keep the row's mark, or what is wrong with the row."""
        line, cells = row
        if len(cells) != self._width:
            if any(cells[self._width :]):
                self.faults.append(Fault(line, _too_long(len(cells), self._width)))
                return
            cells = [*cells, *[""] * self._width]
        attempt, item, mark, max_mark = told = [cells[place] for place in self._places]
        number, maximum = self._numbers[mark], self._numbers[max_mark]
        if number is None or maximum is None or not attempt or not item:
            self.faults += [Fault(line, each) for each in self._cell_faults(told)]
            return
        found = ItemMark(attempt, item, number, maximum)
        before = self._lines[item].setdefault(attempt, line)
        first = self._max_marks.setdefault(item, (maximum, line))
        if before == line and first[0] == maximum and maximum >= 0 and number <= maximum * _ROUNDED:
            self.marks.append(found)
        else:
            self.faults += [Fault(line, each) for each in _mark_faults(found, line, before, first)]

    def _cell_faults(self, cells: Sequence[str]) -> Iterator[Message]:
        for name, cell in zip(COLUMNS, cells, strict=True):
            if not cell:
                yield _EMPTY_MARK if name == "mark" else N_("kolom %(name)s kosong.", name=name)
            elif name in ("mark", "max") and self._numbers[cell] is None:
                yield N_("kolom %(name)s berisi “%(cell)s”, bukan angka seperti 0,5 atau 0.5.", name=name, cell=cell)


def _mark_faults(found: ItemMark, line: int, before: int, first: tuple[float, int]) -> Iterator[Message]:
    """What is wrong with a row's numbers, or between the row and those above it."""
    if found.max_mark < 0:
        yield N_("nilai maksimum %(max)s di bawah 0.", max=f"{found.max_mark:g}")
    elif found.mark > found.max_mark * _ROUNDED:
        yield N_("nilai %(mark)s melebihi maksimum %(max)s.", mark=f"{found.mark:g}", max=f"{found.max_mark:g}")
    if first[0] != found.max_mark:
        yield N_(
            "maksimum butir %(item)s di sini %(max)s, di baris %(first)s %(other)s.",
            item=found.item,
            max=f"{found.max_mark:g}",
            first=first[1],
            other=f"{first[0]:g}",
        )
    if before != line:
        yield N_(
            "percobaan %(attempt)s sudah punya nilai butir %(item)s di baris %(before)s.",
            attempt=found.attempt,
            item=found.item,
            before=before,
        )


def _too_long(count: int, width: int) -> Message:
    return N_(
        "ada %(count)s sel, padahal judulnya %(width)s. Bila angka memakai koma, pisahkan sel dengan titik koma.",
        count=count,
        width=width,
    )
