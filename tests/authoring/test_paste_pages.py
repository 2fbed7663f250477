"""Rahmat pastes the questions he has in Word: he sees each with its verdict, decides, and they stand in the draft."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from app.catalogue.queries import draft_reading, get_workspace
from app.content.editing import Value
from app.content.editing.finding import find_activity, find_bank
from app.people.permissions import Scope
from tests.ground.cast import post
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html

ALL = Scope(1, everything=True)
PASTE = "/authoring/contoh/paste/latihan"
TEXT = (
    "Soal untuk Selasa\n\n1. Apa nama daftar koleksi?\nA. Rak\nB. Katalog\nC. Meja\nKunci: B\n\n"
    "2. Kamus termasuk koleksi apa?\nA. Umum\nB. Rujukan\n\n3. Kelas 000 memuat karya umum. (B/S)\nJawaban: B\n"
    "4. Jelaskan manfaat katalog!"
)


@pytest.fixture
def start() -> Start:
    """There is a course."""
    return PUBLISHED


def fields_in(page: str) -> dict[str, list[str]]:
    """What the page of the pasted questions sends when nothing on it was touched."""
    found: dict[str, list[str]] = {"text": [TEXT]}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        ticks = 'type="checkbox"' in tag or 'type="radio"' in tag
        if name and value and name[1] not in ("form_token", "language") and (not ticks or " checked" in tag):
            found.setdefault(name[1], []).append(value[1])
    return found


def checked(client: FlaskClient, path: str = PASTE) -> str:
    """The page with the questions, after `Periksa`."""
    base = re.search(r'name="base" value="(\d+)"', client.get(path).get_data(as_text=True))
    assert base is not None
    answer = post(client, path, path, text=TEXT, base=base[1], do="check")
    page = answer.get_data(as_text=True)
    valid_html(page)
    assert answer.status_code == 200
    return page


def questions(holder: str) -> list[Value]:
    """The questions of a quiz or bank in the draft."""
    files = get_workspace("contoh", within=ALL).files
    found = find_bank(files, holder[5:]) if holder.startswith("bank/") else find_activity(files, holder)
    assert found is not None and isinstance(found.value["questions"], list)
    return found.value["questions"]


def test_each_question_is_shown_with_its_verdict_and_nothing_is_saved_before_all_have_keys(
    rahmat: FlaskClient, db: object
) -> None:
    before = questions("latihan")
    page = checked(rahmat)
    assert [page.count(f'<li class="{each}">') for each in ("ready", "look", "unread")] == [3, 1, 1]
    assert "Soal untuk Selasa" in page and "Kuncinya tidak ditemukan." in page and "Masukkan 4 soal" in page
    answer = post(rahmat, PASTE, PASTE, **{**fields_in(page), "do": "add", "take-4": ""})
    page = answer.get_data(as_text=True)
    valid_html(page)
    assert answer.status_code == 422 and 'id="missing-2"' in page  # its key is asked for, and what was ticked stays
    assert 'name="take-4" value="1">' in page and 'name="take-1" value="1" checked>' in page
    assert questions("latihan") == before


def test_the_chosen_questions_come_to_the_end_of_the_quiz_and_can_be_asked(rahmat: FlaskClient, db: object) -> None:
    before = questions("latihan")
    competency = "F1.satu"
    fields = {**fields_in(checked(rahmat)), "do": "add", "key-2": "1", "competency": competency, "difficulty": "hard"}
    answer = post(rahmat, PASTE, PASTE, **fields)
    assert (answer.status_code, answer.location) == (303, "/authoring/contoh/quizzes/latihan")
    added = questions("latihan")[len(before) :]
    assert questions("latihan")[: len(before)] == before
    assert [each["type"] for each in added] == ["single", "single", "true-false", "essay"]
    assert added[0] == {
        "id": "apa-nama-daftar-koleksi",
        "type": "single",
        "competency": competency,
        "difficulty": "hard",
        "text": "Apa nama daftar koleksi?",
        "options": [{"text": "Rak"}, {"text": "Katalog", "correct": "true"}, {"text": "Meja"}],
    }
    assert [each.get("correct") for each in added[1]["options"]] == [None, "true"]
    assert draft_reading(get_workspace("contoh", within=ALL)).faults == ()
    again = checked(rahmat)
    assert again.count("teks yang sama sudah ada") == 4 and "Masukkan 0 soal" in again


def test_questions_are_pasted_into_a_bank_too(rahmat: FlaskClient, db: object) -> None:
    names = sorted(path for path in get_workspace("contoh", within=ALL).files if path.startswith("bank/"))
    name = names[0].removeprefix("bank/").removesuffix(".yaml")
    path = f"/authoring/contoh/paste/bank/{name}"
    before = questions(f"bank/{name}")
    answer = post(rahmat, path, path, **{**fields_in(checked(rahmat, path)), "do": "add", "key-2": ["0", "1"]})
    assert (answer.status_code, answer.location) == (303, f"/authoring/contoh/banks/{name}")
    assert [each["type"] for each in questions(f"bank/{name}")[len(before) :]][1] == "multiple"


def test_a_text_that_was_changed_is_looked_through_again(rahmat: FlaskClient, db: object) -> None:
    before = questions("latihan")
    fields = {**fields_in(checked(rahmat)), "do": "add", "key-2": "1", "text": TEXT.replace("Katalog", "Inventaris")}
    answer = post(rahmat, PASTE, PASTE, **fields)
    assert answer.status_code == 200 and "Inventaris" in answer.get_data(as_text=True)
    assert questions("latihan") == before


def test_nothing_or_too_much_is_told_at_the_field_and_only_quizzes_and_own_banks_take_questions(
    rahmat: FlaskClient,
) -> None:
    base = re.search(r'name="base" value="(\d+)"', rahmat.get(PASTE).get_data(as_text=True))
    assert base is not None
    for text in ("", "  \n ", "x" * 200_001):
        answer = post(rahmat, PASTE, PASTE, text=text, base=base[1], do="check")
        assert answer.status_code == 422 and 'id="text-said"' in answer.get_data(as_text=True)
    for holder in ("pengantar", "tidak-ada", "bank/tidak-ada", "bank/"):
        assert rahmat.get(f"/authoring/contoh/paste/{holder}").status_code == 404
