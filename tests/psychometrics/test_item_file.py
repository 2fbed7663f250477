"""Marks from a CSV: what spreadsheets write is read, and what is wrong is told by its line."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.psychometrics.figures import ItemMark
from app.psychometrics.item_file import read_marks
from app.psychometrics.tables import FaultyTable, number_in

HEAD = "attempt,item,mark,max\n"
READ = [ItemMark("1", "a", 0.5, 1.0), ItemMark("1", "b", 2.0, 2.0)]

SAME = [
    HEAD + "1,a,0.5,1\n1,b,2,2\n",
    HEAD + "1,a,0.5,1\n1,b,2,2",
    HEAD.replace("\n", "\r\n") + "1,a,0.5,1\r\n1,b,2,2\r\n",
    "\ufeff" + HEAD + "1,a,0.5,1\n1,b,2,2\n",
    "attempt;item;mark;max\n1;a;0,5;1\n1;b;2,0;2\n",
    "attempt\titem\tmark\tmax\n1\ta\t0,5\t1\n1\tb\t2\t2\n",
    HEAD + '1,a,"0,5",1\n"1","b",2,2\n',
    HEAD + " 1 , a ,0.50, 1 \n\n1,b,2e0,2\n,,,\n",
    "Mark,Name,ATTEMPT,Max,Item\n.5,Siti,1,1,a\n2,Siti,1,2,b\n",
    HEAD + "1,a,0.5,1,,\n1,b,2,2,,\n",
    "\n" + HEAD + "1,a,0.5,1\n1,b,2,2\n",
    'attempt;item;mark;max;"by whom, where, when, why"\n1;a;0,5;1;x\n1;b;2;2;y\n',
    "attempt;item;mark;max\r1;a;0,50;1,0\r1;b;2,00;2,0\r",
]


@pytest.mark.parametrize("text", SAME)
def test_a_table_is_read_however_a_spreadsheet_wrote_it(text: str) -> None:
    assert read_marks(text.encode()) == READ


FAULTS: list[tuple[str | bytes, list[tuple[int, str]]]] = [
    ("", [(1, "file ini kosong.")]),
    (HEAD, [(2, "belum ada baris nilai di bawah judul kolom.")]),
    ("1,a,1,1\n", [(1, "judul kolom attempt, item, mark, max tidak ada.")]),
    ("attempt,item,max\n1,a,1\n", [(1, "judul kolom mark tidak ada.")]),
    ("attempt,item,mark,max,Mark\n1,a,1,1,1\n", [(1, "judul kolom mark ada lebih dari sekali.")]),
    (HEAD + "1,a,,1\n,b,1,1\n1,,1,1\n1,c,1\n", [
        (2, "kolom mark kosong. Tulis 0 bila tidak dijawab"),
        (3, "kolom attempt kosong."),
        (4, "kolom item kosong."),
        (5, "kolom max kosong."),
    ]),
    (HEAD + "1,a,satu,nan\n1,b,1.234.5,inf\n", [
        (2, "kolom mark berisi “satu”, bukan angka"),
        (2, "kolom max berisi “nan”, bukan angka"),
        (3, "kolom mark berisi “1.234.5”, bukan angka"),
        (3, "kolom max berisi “inf”, bukan angka"),
    ]),
    (HEAD + "1,a,0,5,1\n", [(2, "ada 5 sel, padahal judulnya 4.")]),
    (HEAD + "1,a,1,1\n2,a,1,1\n1,a,0,1\n", [(4, "percobaan 1 sudah punya nilai butir a di baris 2.")]),
    (HEAD + "1,a,-2,-1\n", [(2, "nilai maksimum -1 di bawah 0.")]),
    (HEAD + '1,"two\nlines",1,1\n1,b,x,1\n', [(4, "kolom mark berisi “x”, bukan angka")]),
    (HEAD + "1,a,2,1\n2,a,0.5,-1\n", [
        (2, "nilai 2 melebihi maksimum 1."),
        (3, "nilai maksimum -1 di bawah 0."),
        (3, "maksimum butir a di sini -1, di baris 2 1."),
    ]),
    (HEAD + "1,a,1,1\n\n2,a,1,2\n", [(4, "maksimum butir a di sini 2, di baris 2 1.")]),
    (HEAD + '1,a,1,1\n2,"a,1,1\n3,a,1,1\n', [(3, "tanda kutip di baris ini tidak berpasangan.")]),
    (HEAD.encode() + b"1,caf\xe9,1,1\n", [(2, "ada huruf yang tidak terbaca.")]),
    (HEAD.encode("utf-16"), [(1, "ada huruf yang tidak terbaca.")]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "told"), FAULTS)
def test_every_fault_of_a_table_is_told_with_its_line(written: str | bytes, told: list[tuple[int, str]]) -> None:
    with pytest.raises(FaultyTable) as refused:
        read_marks(written if isinstance(written, bytes) else written.encode())
    found = [(fault.line, fault.message.text()) for fault in refused.value.faults]
    assert [line for line, _ in found] == [line for line, _ in told]
    for (_, sentence), (_, beginning) in zip(found, told, strict=True):
        assert sentence.startswith(beginning)


def test_a_table_that_no_machine_could_hold_is_refused() -> None:
    """An answer's own number in both columns makes as many items as attempts: 64 million places for 8,000 marks."""
    with pytest.raises(FaultyTable) as refused:
        read_marks((HEAD + "".join(f"{n},{n},1,1\n" for n in range(8000))).encode())
    fault = refused.value.faults[0].told().text()
    assert fault.startswith("Baris 1: ada 8000 percobaan dan 8000 butir, terlalu banyak.")


def test_a_mark_may_be_negative_or_rounded_above_its_maximum() -> None:
    rows = HEAD + "1,a,-0.25,1\n2,a,1.0000000001,1\n"
    assert [mark.mark for mark in read_marks(rows.encode())] == [-0.25, 1.0000000001]


@pytest.mark.parametrize(("cell", "number"), [
    ("1", 1.0), ("-0,5", -0.5), ("+3.25", 3.25), (".5", 0.5), ("1e-3", 0.001), ("007", 7.0), ("1e99", 1e99),
    ("", None), ("1.", None), ("1,234.5", None), ("1 000", None), ("½", None), ("٣", None), ("1e999", None),
    ("9" * 400, None), ("-1000e98", None),
    ("nan", None), ("Infinity", None), ("0x10", None), ("1_0", None),
])  # fmt: skip
def test_a_number_is_a_decimal_and_nothing_else(cell: str, number: float | None) -> None:
    assert number_in(cell) == number


names = st.text("a1é“ ,;\"'\t\n", min_size=1, max_size=5).map(str.strip).filter(bool)
quarters = st.integers(-4, 4).map(lambda each: each / 4)


@given(
    st.dictionaries(st.tuples(names, names), quarters, min_size=1, max_size=12),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_what_is_written_as_csv_is_read_back(
    marks: dict[tuple[str, str], float], delimiter: str, end: str, comma: bool
) -> None:
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(("attempt", "item", "mark", "max"))
    for (attempt, item), mark in marks.items():
        writer.writerow((attempt, item, str(mark).replace(".", ",") if comma else mark, 1))
    expected = [ItemMark(attempt, item, mark, 1.0) for (attempt, item), mark in marks.items()]
    assert read_marks(out.getvalue().encode()) == expected


@given(st.binary(max_size=200))
def test_no_file_whatever_breaks_the_reader(data: bytes) -> None:
    for before in (b"", HEAD.encode()):
        try:
            read_marks(before + data)
        except FaultyTable as refused:
            assert all(fault.told().text() for fault in refused.faults)  # noqa: PT017 (either is right)
