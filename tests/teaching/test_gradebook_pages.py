"""A trainer's gradebook and list of who may need help, through the browser's eyes."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from openpyxl import load_workbook

from app import clock
from app.content.activities import FixedSlot
from app.figures.operations import keep_figures
from app.gradebook.rules.grades import Cell, Earned, Weighting
from app.people.models import Person
from app.people.operations import grant, revoke
from app.people.permissions import Grant, Role, ScopeKind
from app.teaching.grade_pages import Told, told_cell
from tests.gradebook.test_gradebook import learner, tried
from tests.ground.cast import Cast, form_token, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.quizzes.content import START, make_course
from tests.teaching.test_changing_pages import read, send

BOOK = "/teaching/courses/contoh/gradebook"
AT_RISK = "/teaching/courses/contoh/at-risk"
_ROW = re.compile(r'<tr><th scope="row">(.*?)</tr>', re.DOTALL)


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


@pytest.fixture
def rahmat(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> FlaskClient:
    """Rahmat at his browser; Siti failed the test three times, and a colleague of a dangerous name passed it."""
    for at in (0, 5, 10):
        tried(cast.siti, 0, at)
    tried(learner("=Badriah"), 9, 0)
    db.session.rollback()
    sign_in(client, "rahmat")
    return client


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def lines(page: str) -> list[str]:
    """The table's rows as they are read."""
    return [words(row) for row in _ROW.findall(page)]


def with_token(page: str, **fields: str) -> dict[str, str]:
    seen = re.search(r'name="seen" value="(\d+)"', page)
    return {"form_token": form_token(page), **({"seen": seen[1]} if seen else {}), **fields}


def test_a_trainer_weighs_replaces_leaves_out_and_takes_back(rahmat: FlaskClient, cast: Cast) -> None:
    page = read(rahmat, BOOK)
    assert "yang belum ada nilainya tidak ikut dihitung" in page
    assert lines(page)[1].startswith("Siti Aminah Perpustakaan Desa Melati (contoh) 0,0 1 dinilai, 2 belum ada nilai")
    path = f"{BOOK}/weights"
    typed = {"weight-latihan": "0", "weight-tes": "dua", "weight-ujian": "", "missing": "zero"}
    again = send(rahmat, path, with_token(read(rahmat, path), **typed), 422)
    assert again.count("Bobot harus bilangan bulat dari 0 sampai 1000.") == 2 and 'value="dua"' in again
    fields = with_token(again, **{**typed, "weight-tes": "3", "weight-ujian": "1"})
    send(rahmat, path, fields)
    send(rahmat, path, fields)  # pressed twice
    late = send(rahmat, path, {**fields, "weight-tes": "5"}, 409)
    assert "sudah diubah orang lain" in late and 'value="5"' in late and 'name="seen" value="1"' in late
    page = read(rahmat, BOOK)
    assert "bobot 3" in page and "dihitung 0" in page and lines(page)[0].startswith("=Badriah – 75,0 1 dinilai")

    path = f"{BOOK}/{cast.siti}/tes"
    page = read(rahmat, path)
    assert "skor kompetensi tidak ikut berubah" in page and "hitungan 0,0" in page
    wrong = send(rahmat, path, with_token(page, choice="replaced", grade="12x", reason="Ujian <lisan>"), 422)
    assert 'value="12x"' in wrong and 'id="salah-grade"' in wrong and "Ujian &lt;lisan&gt;" in wrong
    assert 'id="salah-reason"' in send(rahmat, path, with_token(page, choice="excluded", reason=" "), 422)
    assert 'id="salah-choice"' in send(rahmat, path, with_token(page, reason="Lupa memilih"), 422)
    replaced = with_token(page, choice="replaced", grade="80,5", reason="Ujian <lisan>")
    for _ in range(2):
        send(rahmat, path, replaced)
    late = send(rahmat, path, {**replaced, "grade": "70"}, 409)
    assert 'name="seen" value="1"' in late and 'value="70"' in late, "what was typed is there, to be saved again"
    assert "80,5 diganti, hitungan 0,0" in lines(read(rahmat, BOOK))[1]
    send(rahmat, path, with_token(read(rahmat, path), choice="excluded", reason="Sakit"))
    assert "tidak dihitung hitungan 0,0" in lines(read(rahmat, BOOK))[1]
    send(rahmat, path, with_token(read(rahmat, path), choice="earned", reason="Sehat lagi"))
    history = read(rahmat, path).partition('id="riwayat"')[2].partition("</ol>")[0]
    for told in (
        "Diganti menjadi 80,5",
        "Ujian &lt;lisan&gt;",
        "Tidak dihitung",
        "Kembali ke hasil hitungan",
        "Sehat lagi",
    ):
        assert told in history


def test_who_marks_a_blind_quiz_is_not_told_whose_answers_wait() -> None:
    quiz = make_course([FixedSlot("k/kuis/a")])[1]
    blind = replace(quiz, settings=replace(quiz.settings, blind=True))
    waits = Cell(Earned(None, waiting=True))
    zero = Weighting(missing_as_zero=True)
    assert told_cell(waits, quiz, zero) == Told(None, "menunggu dinilai")
    assert told_cell(waits, blind, zero) == Told(None, "belum ada nilai"), "and not that it counts as 0"


def read_xlsx(data: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).active.iter_rows()]


def test_the_files_hold_what_the_page_shows_in_its_order(rahmat: FlaskClient, cast: Cast) -> None:
    path = f"{BOOK}/{cast.siti}/latihan"
    send(rahmat, path, with_token(read(rahmat, path), choice="replaced", grade="62,5", reason="Ujian lisan"))
    asked = "?sort=total&down=1"
    shown = lines(read(rahmat, BOOK + asked))
    sheet = read_xlsx(rahmat.get(f"{BOOK}.xlsx{asked}").data)
    head = next(place for place, row in enumerate(sheet) if row[0] == "Nama")
    assert [row[0] for row in sheet[head + 1 :]] == ["=Badriah", "Siti Aminah"]
    assert sheet[head] == [
        "Nama", "Asal lembaga", "Latihan dasar", "Tes lanjut", "Ujian akhir", "Nilai akhir", "Keterangan",
    ]  # fmt: skip
    siti = sheet[-1]
    assert siti[2:6] == [62.5, 0, "belum ada nilai", 31.2] and "Latihan dasar: diganti, hitungan: belum ada" in siti[6]
    assert [cell for cell in sheet[head - 3] if cell] == [
        "Ini hasil belajar, bukan sertifikat kompetensi dari LSP/BNSP."
    ]
    for row, line in zip(sheet[head + 1 :], shown, strict=True):
        for cell in row[:6]:
            written = f"{cell:.1f}".replace(".", ",") if isinstance(cell, int | float) else cell or "–"
            assert written in line, (written, line)
    data = rahmat.get(f"{BOOK}.csv{asked}").data.decode("utf-8-sig")
    plain = list(csv.reader(StringIO(data, newline="")))
    assert plain[-2][0] == "'=Badriah" and plain[-1][2:6] == ["62.5", "0.0", "belum ada nilai", "31.2"]


def test_the_list_says_why_since_when_and_what_to_write(
    app: Flask, rahmat: FlaskClient, cast: Cast, db: SQLAlchemy
) -> None:
    db.session.get_one(Person, cast.siti).phone = "+6281234567890"
    db.session.commit()
    page = read(rahmat, AT_RISK)
    found = words(page)
    assert "Tes lanjut: kesempatan habis, nilai 0,0 (batas lulus 70)" in found and "sejak 22 November 2026" in found
    assert "salah di 3 percobaan pada soal" in found
    assert "Halo Siti Aminah, semoga sehat selalu." in page and "/courses/contoh" in page
    assert "Kesempatan untuk “Tes lanjut” sudah habis." in page and "Terima kasih, Rahmat Hidayat" in page
    assert "wa.me" not in page and "6281234567890" not in page, "trainers see no numbers"
    assert "Siti Aminah" not in read(rahmat, f"{AT_RISK}?reason=never_began")
    assert "Tidak ada yang cocok." in read(rahmat, f"{AT_RISK}?organisation=999999&days=abc")
    admin = app.test_client()
    sign_in(admin, "admin")
    assert "https://wa.me/6281234567890?text=Halo%20Siti%20Aminah" in read(admin, AT_RISK)


def test_what_lies_outside_a_trainers_scope_is_not_found(rahmat: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    grade = f"{BOOK}/{cast.siti}/tes"
    read(rahmat, f"{BOOK}/{cast.siti}/pengantar", 404)  # a lesson has no grade
    read(rahmat, f"{BOOK}/{cast.noor}/tes", 404)  # Noor does not learn here
    revoke(cast.rahmat, Grant(Role.TRAINER))
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), now=START)
    for path in (BOOK, f"{BOOK}.csv", f"{BOOK}/weights", grade, AT_RISK):
        read(rahmat, path, 404)
    token = form_token(rahmat.get("/account").get_data(as_text=True))
    for path in (f"{BOOK}/weights", grade):
        assert rahmat.post(path, data={"form_token": token, "choice": "excluded", "reason": "x"}).status_code == 404
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.ORGANISATIONS, str(cast.organisation)), now=START)
    assert len(lines(read(rahmat, BOOK))) == 1, "the people of one organisation alone"
    read(rahmat, f"{BOOK}/weights", 404)
    read(rahmat, grade)


def test_an_order_that_was_kept_is_told_with_its_moment(
    rahmat: FlaskClient, monkeypatch: pytest.MonkeyPatch, db: SQLAlchemy
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr("app.figures.queries.MANY", 1)
    assert "urutan per" not in read(rahmat, f"{BOOK}?sort=total")
    db.session.rollback()
    keep_figures(lambda: now - timedelta(minutes=40))
    assert "urutan per" in read(rahmat, f"{BOOK}?sort=total")
    assert "urutan per" not in read(rahmat, BOOK), "by name the rows are read"
