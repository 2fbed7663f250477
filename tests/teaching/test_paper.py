"""The page from which a quiz is printed."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.catalogue.queries import get_published
from app.people.operations import grant, revoke
from app.people.permissions import Grant, Role, ScopeKind
from tests.ground.cast import NOW, Cast
from tests.ground.database import KINDS_TO_POINT_AT, Start
from tests.ground.html import valid_html

PAPER = "/teaching/courses/jenis/paper/jenis"


@pytest.fixture
def start() -> Start:
    """A quiz with words for gaps, an order, groups, figures and a text."""
    return KINDS_TO_POINT_AT


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, text
    valid_html(text)
    return text[text.index("<main") : text.index("</main>")]


def test_the_preview_leads_to_a_sheet_whose_address_names_its_number(rahmat: FlaskClient) -> None:
    preview = read(rahmat, "/teaching/courses/jenis/preview/jenis")
    assert f'href="{PAPER}">Cetak lembar soal' in preview
    for asked in (PAPER, f"{PAPER}?seed=12", f"{PAPER}?seed=dua", f"{PAPER}?seed=123456&form=Z"):
        answer = rahmat.get(asked)
        assert answer.status_code == 303
        assert re.fullmatch(rf"{PAPER}\?seed=[1-9]\d{{5}}&form=A", answer.headers["Location"])


def test_a_sheet_has_a_place_for_the_name_and_says_how_long_and_how_much(rahmat: FlaskClient, app: Flask) -> None:
    page = read(rahmat, f"{PAPER}?seed=123456&form=B")
    for told in ("Nama", "Asal lembaga", "Tanggal", "Bentuk B", "nomor lembar 123456", "5 soal", "6 poin"):
        assert told in page
    assert "waktu 20 menit" in page and "(2 poin)" in page
    assert not re.search(r"<(input|select|textarea)", page)
    assert page == read(rahmat, f"{PAPER}?seed=123456&form=B")
    with app.app_context():
        course = get_published("jenis").course
    for question in course.questions.values():
        assert question.explanation is None or question.explanation.id not in page
    assert "Kunci jawaban" not in page


def test_the_key_stands_on_a_page_of_its_own_and_only_where_it_is_asked_for(rahmat: FlaskClient) -> None:
    page = read(rahmat, f"{PAPER}?seed=123456&form=A&key=1")
    _, _, key = page.partition('<section class="sheet-key"')
    assert "1. senyum; 2. keperluan" in key
    assert re.search(r"\d\. Menaruh", key) and "1. Kiri" in key and "Meja (" in key


def test_only_who_may_preview_the_course_prints_it(rahmat: FlaskClient, app: Flask, cast: Cast) -> None:
    for path in ("jenis/paper/tidak-ada", "tidak-ada/paper/jenis"):
        assert rahmat.get(f"/teaching/courses/{path}").status_code == 404
    with app.app_context():
        grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "lain"), now=NOW)
        revoke(cast.rahmat, Grant(Role.TRAINER))
    assert rahmat.get(f"{PAPER}?seed=123456").status_code == 404


def test_before_it_starts_a_quiz_says_how_much_data_its_figures_cost(rahmat: FlaskClient, app: Flask) -> None:
    page = rahmat.get("/courses/jenis/jenis").get_data(as_text=True)
    assert "gambar paling banyak 1 KB data" in page
