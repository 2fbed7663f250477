"""Rows of a table pasted from Word or a spreadsheet (cells parted by tabs) -> lines as they stand in a typed quiz."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.exchange import marks
from app.exchange.lines import Line

_COLUMNS: Final = (
    ("number", re.compile(r"no|nomor|number|#", re.IGNORECASE)),
    ("question", re.compile(r"(?:butir )?(?:soal|pertanyaan)|questions?", re.IGNORECASE)),
    ("key", re.compile(r"(?:kunci|jawaban|answers?|key)(?: jawaban| benar)?", re.IGNORECASE)),
    ("explanation", re.compile(r"pembahasan|penjelasan|explanation", re.IGNORECASE)),
    ("option", re.compile(r"(?:pilihan |opsi |option )?[A-H]", re.IGNORECASE)),
)
_NUMBER: Final = re.compile(r"[0-9]{1,3}[.)]?")
_ASKS: Final = re.compile(r".*(?:[?…]|\.{3}|_{3})\s*", re.DOTALL)


def unrolled(lines: Sequence[Line]) -> list[Line]:
    """The lines, each row of a table of questions as several. A head's own line has no text, and goes with the next."""
    found: list[Line] = []
    at = 0
    while at < len(lines):
        taken, made = _table(lines, at) or _pairs(lines, at) or (1, [lines[at]])
        found += made
        at += taken
    return found


def _cells(line: Line) -> list[str]:
    return [" ".join(cell.split()) for cell in line.text.split("\t")]


def _table(lines: Sequence[Line], at: int) -> tuple[int, list[Line]] | None:
    """A table with a head that names its columns: how many lines it takes, and what they become."""
    head = [cell.strip("*_: ") for cell in _cells(lines[at])]  # its letters are often bold
    columns = [next((name for name, shape in _COLUMNS if shape.fullmatch(cell)), "") for cell in head]
    single = [column for column in columns if column != "option"]
    if "question" not in columns or "" in columns or len(set(single)) < len(single) or len(columns) < 2:
        return None
    made, rows = [lines[at]._replace(text="")], 0
    for number, line in enumerate(lines[at + 1 :], start=1):
        cells = _cells(line)
        row = list(zip(columns, head, cells, strict=False))
        fits = 2 <= len(cells) <= len(columns) and dict(zip(columns, cells, strict=False)).get("question")
        if not fits or (columns[0] == "number" and not _NUMBER.fullmatch(cells[0])):
            break
        made += _lines(line, number, row)
        rows = number
    return (rows + 1, made) if rows else None


def _lines(line: Line, number: int, row: Sequence[tuple[str, str, str]]) -> Iterator[Line]:
    """One row: the question with its number, its options, its key, its explanation."""
    said = {column: cell for column, _, cell in row}
    yield Line(line.raw, f"{said.get('number', str(number)).rstrip('.)')}. {said['question']}", True)
    for column, head, cell in row:
        if column == "option" and cell:
            lettered = marks.lettered(cell)
            own = lettered is not None and lettered.letter == head[-1].upper()
            yield Line(line.raw, cell if own else f"{head[-1].upper()}. {cell}", False)
    for column, label in (("key", "Kunci"), ("explanation", "Pembahasan")):
        if said.get(column):
            yield Line(line.raw, f"{label}: {said[column]}", False)


def _pairs(lines: Sequence[Line], at: int) -> tuple[int, list[Line]] | None:
    """At least two rows of a question and its answer, without a head: how many lines, and what they become."""
    made: list[Line] = []
    for number, line in enumerate(lines[at:], start=1):
        cells = _cells(line)
        if len(cells) != 2 or not _ASKS.fullmatch(cells[0]) or not cells[1] or marks.lettered(cells[1]):
            break
        asked = cells[0] if marks.numbered(cells[0]) else f"{number}. {cells[0]}"
        made += [Line(line.raw, asked, True), Line(line.raw, f"Jawaban: {cells[1]}", False)]
    return (len(made) // 2, made) if len(made) > 2 else None
