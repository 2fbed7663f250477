"""Marks gathered elsewhere: a CSV with the columns attempt, item, mark and max -> what is analysed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from app.errors import N_, Message
from app.psychometrics.figures import ItemMark
from app.psychometrics.tables import Fault, FaultyTable, Numbers, Row, table_of, titles_twice, too_long

COLUMNS: Final = ("attempt", "item", "mark", "max")
MOST_CELLS: Final = 50_000_000  # of attempts x items: half a gigabyte, and a few times that to work on

_EMPTY_MARK: Final = N_("kolom mark kosong. Tulis 0 bila tidak dijawab; hapus baris bila butirnya tidak ditanyakan.")
_ROUNDED: Final = 1 + 1e-9  # a mark that exceeds its maximum by no more was rounded


def read_marks(data: bytes) -> list[ItemMark]:
    """A row for each item of each attempt, in the order of the file. Raises FaultyTable with every fault.

    The first row names the columns, in any order; further columns are passed over.
    """
    head, rows = table_of(data)
    marks, faults = _read(rows, _places(head), len(head.cells))
    if faults:
        raise FaultyTable(faults)
    if not marks:
        raise FaultyTable([Fault(head.line + 1, N_("belum ada baris nilai di bawah judul kolom."))])
    _check_size(marks, head.line)
    return marks


def _check_size(marks: Sequence[ItemMark], line: int) -> None:
    """Raises FaultyTable where a table of attempts x items would not go into memory."""
    attempts, items = len({mark.attempt for mark in marks}), len({mark.item for mark in marks})
    if attempts * items > MOST_CELLS:
        told = N_(
            "ada %(attempts)s percobaan dan %(items)s butir, terlalu banyak. Periksa kolom attempt dan item.",
            attempts=attempts,
            items=items,
        )
        raise FaultyTable([Fault(line, told)])


def _places(head: Row) -> tuple[int, ...]:
    """Where the columns stand. Raises FaultyTable where one is missing or stands twice."""
    titles = [cell.casefold() for cell in head.cells]
    count = Counter(titles)
    missing = ", ".join(name for name in COLUMNS if not count[name])
    if missing:
        told = N_("judul kolom %(names)s tidak ada. Judul yang diperlukan: attempt, item, mark, max.", names=missing)
        raise FaultyTable([Fault(head.line, told)])
    twice = [name for name in COLUMNS if count[name] > 1]
    if twice:
        raise titles_twice(head.line, twice)
    return tuple(titles.index(name) for name in COLUMNS)


def _read(rows: Iterator[Row], places: Sequence[int], width: int) -> tuple[list[ItemMark], list[Fault]]:
    """The marks, and what is wrong with rows. One plain loop: a large quiz has hundreds of thousands of rows."""
    marks: list[ItemMark] = []
    faults: list[Fault] = []
    lines: dict[str, dict[str, int]] = defaultdict(dict)  # by item and attempt
    max_marks: dict[str, tuple[float, int]] = {}  # of an item, and the line that said so
    numbers, chosen = Numbers(), itemgetter(*places)
    for line, cells in rows:
        if len(cells) != width:
            if any(cells[width:]):
                faults.append(too_long(Row(line, cells), width))
                continue
            cells = [*cells, *[""] * width]  # noqa: PLW2901 (the same row, with its empty cells)
        attempt, item, mark, max_mark = told = chosen(cells)
        number, maximum = numbers[mark], numbers[max_mark]
        if number is None or maximum is None or not attempt or not item:
            faults += [Fault(line, each) for each in _cell_faults(told, numbers)]
            continue
        found = ItemMark(attempt, item, number, maximum)
        before = lines[item].setdefault(attempt, line)
        first = max_marks.setdefault(item, (maximum, line))
        if before == line and first[0] == maximum and maximum >= 0 and number <= maximum * _ROUNDED:
            marks.append(found)
        else:
            faults += [Fault(line, each) for each in _mark_faults(found, line, before, first)]
    return marks, faults


def _cell_faults(cells: Sequence[str], numbers: Numbers) -> Iterator[Message]:
    for name, cell in zip(COLUMNS, cells, strict=True):
        if not cell:
            yield _EMPTY_MARK if name == "mark" else N_("kolom %(name)s kosong.", name=name)
        elif name in ("mark", "max") and numbers[cell] is None:
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
