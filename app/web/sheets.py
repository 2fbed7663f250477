"""Tables to take along: rows -> a CSV or an Excel file that runs nothing by itself when it is opened."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, Final, TypeAlias, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Sequence[Cell]

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes a text that begins so for a formula, and a formula can send the sheet's content away (OWASP, "CSV
# injection"). The wide signs are what some keyboards of East Asia type.
_FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")
_AT_ONCE: Final = 500  # rows of a CSV
_KEPT: Final = 5000  # different values whose cells are remembered
_SHEET: Final = "xl/worksheets/sheet1.xml"
_NOT_IN_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
    rows = iter(rows)
    book, quoted = _book(title, list(islice(rows, head)))
    file = TemporaryFile()  # noqa: SIM115 (closed by whoever takes it)
    with ZipFile(book) as made, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=2) as target:
        for name in made.namelist():
            if name != _SHEET:
                target.writestr(name, made.read(name))
        before, end, after = made.read(_SHEET).partition(b"</sheetData>")
        # openpyxl takes ten times as long for a row, and a sheet of a province has millions of cells
        with target.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(before)
            lines = _xlsx_rows(rows, head + 1, quoted)
            while part := "".join(islice(lines, _AT_ONCE)):
                sheet.write(part.encode())
            sheet.write(end + after)
    file.seek(0)
    return cast("IO[bytes]", file)


def _book(title: str, above: Sequence[Row]) -> tuple[IO[bytes], int]:
    """A whole file with the first rows, the last of which is the head; and the style of a text that is no formula."""
    from openpyxl import Workbook  # not at start: it costs every process 15 MB, and a file is asked for now and then
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for index, cell in enumerate(above[-1], start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(12, min(_WIDEST, len(str(cell)) + 2))
    sheet.freeze_panes = f"B{len(above) + 1}"
    write = _writer_of(sheet)
    for number, row in enumerate(above, start=1):
        sheet.append([write(cell, number in (1, len(above))) for cell in row])
    quoted = WriteOnlyCell(sheet, "")
    quoted.quotePrefix = True
    style = quoted.style_id  # asked for before it is saved: then the file has it
    file = BytesIO()
    book.save(file)
    return file, style


def _xlsx_rows(rows: Iterable[Row], first: int, quoted: int) -> Iterator[str]:
    """Each row as the sheet's file has it, numbered from `first`."""
    from openpyxl.utils import get_column_letter

    columns: list[str] = []
    ends: dict[Cell, str] = {None: ""}  # the same few words and numbers stand on every row
    for number, row in enumerate(rows, start=first):
        while len(columns) < len(row):
            columns.append(f'<c r="{get_column_letter(len(columns) + 1)}')
        cells = []
        for column, value in zip(columns, row, strict=False):
            end = ends.get(value)
            if end is None:
                end = _xlsx_cell(value, quoted)
                if len(ends) < _KEPT:
                    ends[value] = end
            if end:
                cells.append(f'{column}{number}"{end}')
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _xlsx_cell(value: Cell, quoted: int) -> str:
    """What follows a cell's place; "" where it is empty."""
    if not isinstance(value, str):
        return f"><v>{value}</v></c>"
    text = _NOT_IN_XML.sub("", value)
    style = f' s="{quoted}"' if _is_no_plain_text(text) else ""  # it stays a text also when somebody edits the cell
    return f'{style} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>' if text else ""


def _is_no_plain_text(text: str) -> bool:
    return looks_like_formula(text) or text.startswith("#")  # #N/A is no text in a spreadsheet


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
        formula = isinstance(text, str) and _is_no_plain_text(text)
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
