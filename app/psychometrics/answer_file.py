"""Answers gathered elsewhere: a CSV with one row per person and one column per item -> what is calibrated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from app.errors import N_
from app.psychometrics.responses import Array
from app.psychometrics.tables import Fault, FaultyTable, Numbers, Row, table_of, titles_twice, too_long

MOST_ITEMS: Final = 2_000  # how they go together is a square of twice as many figures
MISSING: Final = frozenset(("", "NA"))  # NA: how R writes it


class Sheet(NamedTuple):
    """The answers: persons x items of fractions 0..1, nan where not asked."""

    people: list[str]
    items: list[str]
    answers: Array


def read_answers(data: bytes) -> Sheet:
    """The first row names the items after its first cell; a row has a person, then what each item earned: 1 or 0, or
    a fraction between them; nothing where it was not asked. Raises FaultyTable with every fault.
    """
    head, rows = table_of(data)
    items = _items(head)
    numbers = Numbers()
    faults: list[Fault] = []
    people: list[str] = []
    answers: list[list[float]] = []
    for row in rows:
        faults += _faults(row, items, numbers)
        people.append(row.cells[0])
        answers.append([_answer(cell, numbers) for cell in _padded(row, items)])
    if faults:
        raise FaultyTable(faults)
    if not people:
        raise FaultyTable([Fault(head.line + 1, N_("belum ada baris jawaban di bawah judul kolom."))])
    return Sheet(people, items, np.array(answers))


def _items(head: Row) -> list[str]:
    """The titles, less empty ones at the end. Raises FaultyTable where one is missing or stands twice, or too many."""
    titles = list(head.cells)
    while titles and not titles[-1]:
        titles.pop()
    items = titles[1:]
    twice = [name for name, count in Counter(items).items() if count > 1]
    if not items:
        raise FaultyTable([Fault(head.line, N_("belum ada kolom butir di sebelah kolom orang."))])
    if len(items) > MOST_ITEMS:
        told = N_(
            "ada %(count)s butir, paling banyak %(most)s. Bila orang ada di kolom dan butir di baris, tukar keduanya.",
            count=len(items),
            most=MOST_ITEMS,
        )
        raise FaultyTable([Fault(head.line, told)])
    if not all(items):
        raise FaultyTable(
            [Fault(head.line, N_("kolom ke-%(place)s belum punya judul.", place=titles.index("", 1) + 1))]
        )
    if twice:
        raise titles_twice(head.line, twice)
    return items


def _padded(row: Row, items: Sequence[str]) -> list[str]:
    """The answers of a row. Spreadsheets leave out empty cells at its end."""
    cells = list(row.cells[1 : len(items) + 1])
    return [*cells, *[""] * (len(items) - len(cells))]


def _answer(cell: str, numbers: Numbers) -> float:
    found = None if cell in MISSING else numbers[cell]
    return float("nan") if found is None else found


def _faults(row: Row, items: Sequence[str], numbers: Numbers) -> Iterator[Fault]:
    if not row.cells[0]:
        yield Fault(row.line, N_("kolom pertama (orang) kosong."))
    if any(row.cells[len(items) + 1 :]):
        yield too_long(row, len(items) + 1)
    for item, cell in zip(items, _padded(row, items), strict=True):
        number = 0.0 if cell in MISSING else numbers[cell]
        if number is None or not 0 <= number <= 1:
            told = N_(
                "kolom %(name)s berisi “%(cell)s”. Tulis 1 (benar), 0 (salah), angka di antaranya, atau kosongkan.",
                name=item,
                cell=cell,
            )
            yield Fault(row.line, told)
