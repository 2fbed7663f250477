"""All questions on one page: one form without scripts, each slot by the same rule; and the script that saves each."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.learn.quiz_all import posted_by_slot
from app.people.permissions import Scope
from app.quizzes.queries import get_sheet, slots_of
from tests.ground.cast import Cast
from tests.ground.database import ATTEMPTS, Start
from tests.ground.statements import statements
from tests.learn.walker import Walker

QUIZ = "/courses/percobaan/sehalaman"
_SLOT = re.compile(r'<input type="hidden" name="(s\d+-(?:page|seen))" value="([^"]*)"')


@pytest.fixture
def start() -> Start:
    """Quizzes that differ in what an attempt can be."""
    return ATTEMPTS


def begin(app: Flask) -> Walker:
    siti = Walker.of(app)
    siti.open(QUIZ)
    siti.send(f"{QUIZ}/attempts")
    return siti


def fill(siti: Walker, fields: dict[str, Any], status: int = 200, **buttons: str) -> str:
    """Send the whole page, as its form does."""
    return siti.send("/attempts/1/answers", {**dict(_SLOT.findall(siti.html)), **fields, **buttons}, status)


def responses(app: Flask, siti: int) -> list[Any]:
    with app.app_context():
        return [state.response for state in slots_of(get_sheet(1, within=Scope(siti)))]


ALL = {
    "s1-choice": "true", "s1-certainty": "3", "s1-flag": ["no", "yes"], "s2-choice": ["0", "1"], "s3-text": "bebas",
}  # fmt: skip


def test_one_form_keeps_every_answer_and_none_is_mixed_up_with_another(app: Flask, cast: Cast) -> None:
    siti = begin(app)
    page = siti.html
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]*)"', siti.main()))
    assert names == {"form_token"} | {
        f"s{slot}-{name}" for slot, own in enumerate(
            (["choice"], ["choice"], ["text"], ["choice-0", "choice-1", "choice-2"]), start=1
        ) for name in (*own, "page", "seen", "flag", "certainty")
    }  # fmt: skip
    assert "<code>name=" in page and 's3-text"</code>' not in page  # what an author wrote stays as it is
    with statements(app) as asked:
        siti.client.post("/attempts/1/answers", data=siti.filled({**dict(_SLOT.findall(page)), **ALL, "go": "stay"}))
    assert len(asked) <= 3 + 3 + 2  # three answers, a flag with the look before it
    assert responses(app, cast.siti) == [{"choice": True}, {"choices": [0, 1]}, {"text": "bebas"}, None]
    page = siti.open("/attempts/1")
    assert page.count("✓ Tersimpan pukul") == 3 and page.count("checked") == 5 and 'value="bebas"' in page
    fill(siti, ALL, go="stay")
    assert "Masih ada 1 soal" in fill(siti, ALL, go="overview") and "#soal-4" in siti.main()
    siti.send("/attempts/1/finish")
    assert "Soal demi soal" in siti.main() and "Menulis" in siti.main()


def test_an_answer_refused_loses_no_other_and_both_are_shown(app: Flask, cast: Cast) -> None:
    siti = begin(app)
    other = Walker.of(app)
    other.open("/attempts/1")
    fill(siti, {"s3-text": "dari HP"}, go="stay")
    page = fill(other, {"s1-choice": "false", "s3-text": "dari laptop"}, status=409, go="overview")
    assert "Yang tersimpan: <strong>dari HP" in page and "Jawaban dari halaman ini: <strong>dari laptop" in page
    assert responses(app, cast.siti) == [{"choice": False}, None, {"text": "dari HP"}, None]
    fill(other, {"s1-choice": "false", "s3-text": "dari laptop"}, go="stay")
    assert responses(app, cast.siti)[2] == {"text": "dari laptop"}


def test_an_attempt_goes_on_where_another_device_left_it(app: Flask, cast: Cast) -> None:
    phone = begin(app)
    fill(phone, {"s2-choice": ["1"]}, go="leave")
    laptop = Walker.of(app)
    assert "Lanjutkan kuis" in laptop.open(QUIZ)
    laptop.open("/attempts/1")
    assert re.search(r'name="s2-choice" value="1" checked', laptop.html)
    fill(laptop, {"s2-choice": ["0", "1"]}, go="stay")
    assert responses(app, cast.siti)[1] == {"choices": [0, 1]}


def test_a_slot_that_the_page_did_not_show_is_not_emptied_and_nonsense_is_nothing() -> None:
    form = MultiDict(
        [("s2-seen", "1"), ("s2-text", "a"), ("s3-text", "b"), ("s0-seen", "1"), ("s9x-seen", "1"), ("go", "stay")]
    )
    found = posted_by_slot(form)
    assert list(found) == [2]
    assert (found[2].fields, found[2].shown_seq, found[2].unsure) == ({"text": ["a"]}, 1, None)
    assert posted_by_slot(MultiDict([("s1-seen", "x")]))[1].shown_seq == -1
