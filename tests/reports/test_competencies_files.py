"""The competency table as a file: what is in it, in whose language, and that a name runs nothing when it is opened."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from openpyxl import load_workbook

from app.people.models import Person
from app.people.operations import add_organisation
from app.people.rules.organisations import OrganisationKind
from app.web.sheets import csv_bytes, looks_like_formula, xlsx_bytes
from tests.competencies.histories import add_learners, add_score
from tests.ground.cast import make_cast, post, sign_in
from tests.ground.database import PUBLISHED, Start

FILE = "/reports/competencies/people"
FORMULAS = ["=1+1", "+62811", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]
TEXTS = ["Siti", "", "'=1", "a=1", "62811", " =1"]


@pytest.fixture
def start() -> Start:
    """There is a framework to score."""
    return PUBLISHED


@pytest.fixture
def noor(app: Flask, db: SQLAlchemy) -> Iterator[FlaskClient]:
    """Noor's browser, and one village with three learners of whom two have scores."""
    cast = make_cast(app)
    db.session.get_one(Person, cast.siti).active = False
    db.session.commit()
    village = add_organisation("Perpustakaan Desa Rindu", OrganisationKind.VILLAGE, "Kecamatan Hulu")
    aminah, badriah, _ = add_learners(["Aminah", "Badriah", "=HYPERLINK(1)"], village)
    add_learners(["Cici"], came=False)
    add_score(aminah, "F1.satu", 74.6, questions=12)
    add_score(aminah, "F2.tiga", 30.0, questions=4)
    add_score(badriah, "F1.satu", 20.0)
    client = app.test_client()
    sign_in(client, "noor")
    return client


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).active.iter_rows()]


HEAD = ["Nama", "Asal lembaga", "Jenis lembaga", "Kecamatan", "Terakhir masuk"]
HEAD += [
    f"Kompetensi {name}{what}"
    for name in ("satu", "dua", "tiga")
    for what in ("", ": perkiraan (keyakinan 90%)", ": jumlah jawaban", ": keadaan")
]
PLACE = ["Perpustakaan Desa Rindu", "Perpustakaan desa", "Kecamatan Hulu", "2026-11-22"]
MISSING = "Data belum cukup"
NOTHING = ["", "", "0", MISSING]


def test_the_csv_holds_everybody_with_scores_and_numbers_of_questions(noor: FlaskClient) -> None:
    answer = noor.get(f"{FILE}.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = read_csv(answer.data)
    assert lines[0][0] == "Skor kompetensi"
    assert lines[1][0] == "Data per"
    assert lines[2] == ["Ini hasil belajar, bukan sertifikat kompetensi dari LSP/BNSP."]
    assert lines[3:] == [
        [],
        HEAD,
        ["'=HYPERLINK(1)", *PLACE, *NOTHING * 3],
        ["Aminah", *PLACE, "75", "65–85", "12", "Perlu penguatan", *NOTHING, "", "", "4", MISSING],
        ["Badriah", *PLACE, "20", "10–30", "10", "Perlu penguatan", *NOTHING * 2],
        ["Cici", "", "", "", "Belum pernah masuk", *NOTHING * 3],
    ]


def test_the_excel_file_holds_the_same_with_numbers_as_numbers(noor: FlaskClient) -> None:
    answer = noor.get(f"{FILE}.xlsx")
    assert answer.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    lines = read_xlsx(answer.data)
    assert lines[4] == HEAD
    assert lines[6] == [
        "Aminah",
        *PLACE,
        75,
        "65–85",
        12,
        "Perlu penguatan",
        None,
        None,
        0,
        MISSING,
        None,
        None,
        4,
        MISSING,
    ]
    formulas = load_workbook(BytesIO(answer.data)).active
    assert formulas["A6"].value == "=HYPERLINK(1)"
    assert formulas["A6"].data_type == "s"
    assert formulas.freeze_panes == "B6"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_holds_only_what_is_looked_for_in_the_order_of_the_page(noor: FlaskClient, ending: str) -> None:
    read = read_csv if ending == "csv" else read_xlsx
    lines = read(noor.get(f"{FILE}.{ending}?kind=village&name=i&sort=F1.satu").data)
    assert lines[2][:2] == ["Filter", "nama berisi “i”; jenis Perpustakaan desa"]
    assert [line[0] for line in lines[6:]][:2] == ["Badriah", "Aminah"]
    assert all("Cici" not in line for line in lines)


@pytest.mark.parametrize(
    "asked", ["", "?area=all", "?rows=organisations&area=F1", "?rows=districts&kind=village&competency=F1.satu"]
)
def test_the_groups_file_equals_the_page(noor: FlaskClient, asked: str) -> None:
    shown = [cell for row in cells_of(noor.get(f"/reports/competencies{asked}").get_data(as_text=True)) for cell in row]
    one = "competency=" in asked  # a row of cells then tells of one competency, and people by state
    for lines in (read_csv(noor.get(f"/reports/competencies.csv{asked}").data), read_xlsx(group_sheet(noor, asked))):
        head = next(index for index, line in enumerate(lines) if line[:1] == ["Kelompok"])
        told = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
        assert [said for line in told for said in (in_words(line, one) if one else [in_words(line, one)[0]])] == shown
    assert any(cell.startswith("◆ Belum pasti 47") for cell in shown)


def cells_of(html: str) -> list[list[str]]:
    """The cells of the page's table beside its rows' names, in words."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.findall(r"<td.*?</td>", row, re.S) for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def in_words(line: dict[str, Any], one: bool) -> list[str]:
    """A line of the file as the page's cells say it."""
    state = line["Keadaan"]
    sign = {"Di atas batas": "▲", "Di bawah batas": "▼", "Belum pasti": "◆", "Data belum cukup": "…"}.get(state, "–")
    mean = line["Rata-rata"]
    known = mean not in ("", None)
    span = f"{line['Batas bawah 90%']}–{line['Batas atas 90%']}"
    if one:
        people = [str(line[name]) for name in ("Orang", "Menguasai", "Perlu penguatan", "Belum pasti")]
        last = [str(line["Data belum cukup"]), line["Cara membaca"] or ""]
        return [f"{sign} {state} {mean}" if known else f"{sign} {state}", span if known else "–", *people, *last]
    if not known:
        return [f"{sign} {state}"]
    fewest = line.get("Orang", line.get("Orang, paling sedikit"))
    most = line.get("Orang, paling banyak", fewest)
    people = f"{fewest} orang" if fewest == most else f"{fewest}–{most} orang"
    mark = {"baca dengan hati-hati": " *", "masih indikatif": " ~"}.get(line["Cara membaca"], "")
    told, asked = line.get("Kompetensi yang ada skornya"), line.get("dari")
    some = "" if told == asked else f" {told} dari {asked} kompetensi"
    return [f"{sign} {state} {mean} {span} {people}{mark}{some}"]


def group_sheet(noor: FlaskClient, asked: str) -> bytes:
    return bytes(noor.get(f"/reports/competencies.xlsx{asked}").data)


def test_the_file_of_who_needs_help_equals_the_page(noor: FlaskClient) -> None:
    html = noor.get("/reports/competencies/help").get_data(as_text=True)
    found = re.findall(r"<tr><th scope=.row.><a [^>]*>([^<]+)</a></th>.*?<td[^>]*>([^<]*)</td></tr>", html, re.S)
    lines = read_xlsx(noor.get("/reports/competencies/help.xlsx").data)
    head = next(index for index, line in enumerate(lines) if line[:1] == ["Nama"])
    assert [(line[0], line[4]) for line in lines[head + 1 :]] == found
    assert len(found) == 3


def test_a_file_of_the_demonstration_says_so(app: Flask, noor: FlaskClient) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], demo=True)
    answer = noor.get(f"{FILE}.csv")
    assert read_csv(answer.data)[1][0] == "CONTOH"
    assert 'filename="contoh-skor-kompetensi-' in answer.headers["Content-Disposition"]
    assert read_xlsx(noor.get(f"{FILE}.xlsx").data)[1][0] == "CONTOH"


def test_the_head_is_in_the_readers_language(noor: FlaskClient) -> None:
    post(noor, "/language", language="en", back="/")
    head = read_csv(noor.get(f"{FILE}.csv").data)[4]
    assert head[5] == "Competency one"


def test_other_endings_are_not_found(noor: FlaskClient) -> None:
    assert noor.get(f"{FILE}.pdf").status_code == 404


@pytest.mark.parametrize(("texts", "expected"), [(FORMULAS, True), (TEXTS, False)])
def test_what_a_spreadsheet_would_reckon_with_is_known(texts: list[str], expected: bool) -> None:
    assert [looks_like_formula(text) for text in texts] == [expected] * len(texts)


def test_a_csv_puts_an_apostrophe_before_a_formula_and_leaves_the_rest() -> None:
    lines = read_csv(csv_bytes([[text, -1, 2.5, None] for text in FORMULAS + TEXTS]))
    assert lines == [[f"'{text}", "-1", "2.5", ""] for text in FORMULAS] + [[text, "-1", "2.5", ""] for text in TEXTS]


def test_an_excel_file_stores_every_text_as_a_text() -> None:
    texts = [*FORMULAS, *filter(None, TEXTS), "#N/A"]
    rows = [["Judul"], ["=KEPALA()", "Angka"], *([text, 1] for text in texts), ["NUL\x00\x0b", -1.5]]
    sheet = load_workbook(BytesIO(xlsx_bytes("Lembar", rows, head=2))).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells[:2]] == [True, True]
    assert sheet.cell(row=sheet.max_row, column=1).value == "NUL"
    assert sheet.cell(row=sheet.max_row, column=2).value == -1.5
    assert sheet["A1"].font.bold
    assert sheet["B2"].font.bold
    assert not sheet["A3"].font.bold
