"""Tables to take along: rows -> a CSV or an Excel file that runs nothing by itself when it is opened."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, Final, TypeAlias, cast

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Sequence[Cell]

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes a text that begins so for a formula, and a formula can send the sheet's content away (OWASP, "CSV
# injection"). The wide signs are what some keyboards of East Asia type.
_FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")
_AT_ONCE: Final = 500  # rows of a CSV
_KEPT: Final = 1000  # different texts
_WIDEST: Final = 40  # characters a column is made wide for


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might reckon with this text instead of showing it."""
    return text.startswith(_FORMULA_STARTS)


def csv_bytes(rows: Iterable[Row]) -> bytes:
    """The rows as CSV: commas, UTF-8 with the mark that Excel wants, an apostrophe before what looks like a formula."""
    return b"".join(csv_parts(rows))


def csv_parts(rows: Iterable[Row]) -> Iterator[bytes]:
    """The same, part by part: the number of rows does not matter to memory."""
    yield b"\xef\xbb\xbf"
    left = iter(rows)
    while part := list(islice(left, _AT_ONCE)):
        lines = StringIO(newline="")
        csv.writer(lines).writerows([_csv_cell(cell) for cell in row] for row in part)
        yield lines.getvalue().encode()


def xlsx_bytes(title: str, rows: Iterable[Row], head: int) -> bytes:
    """`xlsx_file` as bytes."""
    with xlsx_file(title, rows, head) as file:
        return file.read()


def xlsx_file(title: str, rows: Iterable[Row], head: int) -> IO[bytes]:
    """The rows as an Excel file of one sheet. Row `head` (from 1) names the columns: bold, and kept in sight.

    Texts are stored as texts, whatever they look like; numbers stay numbers. It is written to the disk row by row, so
    their number does not matter to memory. Whoever takes it closes it, and it is gone.
    """
    from openpyxl import Workbook  # not at start: it costs every process 15 MB, and a file is asked for now and then
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    rows = iter(rows)
    above = list(islice(rows, head))
    for index, cell in enumerate(above[-1], start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(12, min(_WIDEST, len(str(cell)) + 2))
    sheet.freeze_panes = f"B{head + 1}"
    write = _writer_of(sheet)
    plain: set[str] = set()  # texts that need no cell of their own: the same few words stand on every row
    for number, row in enumerate(above, start=1):
        sheet.append([write(cell, number in (1, head)) for cell in row])

    def written(cell: str) -> Any:
        made = write(cell, False)
        if made is cell and len(plain) < _KEPT:
            plain.add(cell)
        return made

    for row in rows:
        sheet.append([cell if not isinstance(cell, str) or cell in plain else written(cell) for cell in row])
    file = TemporaryFile()  # noqa: SIM115 (closed by whoever takes it)
    book.save(file)
    file.seek(0)
    return cast("IO[bytes]", file)


def _csv_cell(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and looks_like_formula(cell) else cell


def _writer_of(sheet: Any) -> Callable[[Cell, bool], Any]:
    """What makes a cell of a value; told whether it is bold."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    strong = Font(bold=True)

    def write(value: Cell, bold: bool) -> Any:
        text = (ILLEGAL_CHARACTERS_RE.sub("", value) or None) if isinstance(value, str) else value
        formula = isinstance(text, str) and (looks_like_formula(text) or text.startswith("#"))  # #N/A is no text there
        if not formula and not bold:
            return text
        cell = WriteOnlyCell(sheet, text)
        if formula:
            cell.data_type = "s"
            cell.quotePrefix = True  # it stays a text also when somebody edits the cell
        if bold:
            cell.font = strong
        return cell

    return write
