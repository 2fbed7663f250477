"""The preview tells a trainer everything a quiz does with a question: hints and tries, points, bands."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.ground.database import MODES, Start
from tests.ground.html import valid_html


@pytest.fixture
def start() -> Start:
    """Quizzes with hints, and with certainty."""
    return MODES


def read(client: FlaskClient, quiz: str) -> str:
    text = client.get(f"/teaching/courses/modus/preview/{quiz}").get_data(as_text=True)
    valid_html(text)
    return " ".join(text[text.index("<main") : text.index("</main>")].split())


def test_hints_stand_folded_with_the_tries_they_allow_and_what_these_cost(rahmat: FlaskClient) -> None:
    first, second = read(rahmat, "interaktif").split("<section ")[1:]
    seen, _, folded = first.partition("<details><summary>Petunjuk")
    assert "petunjukrahasia" not in seen
    assert "3 kesempatan; setiap kesempatan yang terpakai mengurangi nilai soal 25%." in folded
    told = ["petunjukrahasia01", "petunjukrahasia02", "Yang salah dikosongkan"]
    assert sorted(told, key=folded.index) == told
    assert "2 kesempatan" in second and "nilai soal 33%" in second and "Jumlah yang benar disebutkan." in second


def test_what_is_said_to_a_result_and_who_marks_is_told_too(rahmat: FlaskClient) -> None:
    page = read(rahmat, "interaktif")
    assert "Boleh diulang kapan saja" in page and "1 poin" in page
    assert page.index("mulai 80") < page.index("Bagus sekali.") < page.index("mulai 50") < page.index("mulai 0")
    assert "Dinilai oleh pengajar" in read(rahmat, "sekali-coba")
    certain = read(rahmat, "yakin")
    assert "seberapa yakin ia" in certain and "3 kesempatan" in certain and "Petunjuk" not in certain


def test_what_fingers_make_easier_loads_its_script_and_nothing_else_does(rahmat: FlaskClient) -> None:
    for quiz, wanted in (("interaktif", True), ("yakin", False)):
        page = rahmat.get(f"/teaching/courses/modus/preview/{quiz}").get_data(as_text=True)
        assert ("/static/drag.js" in page) is wanted and ("/static/pointer.css" in page) is wanted
        assert "/static/hotspot.js" not in page
