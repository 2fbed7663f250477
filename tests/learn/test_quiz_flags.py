"""Questions their learner is unsure of: flagged with a plain box, shown in words, never a mark."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.quizzes.models import Answer, Attempt
from tests.ground.cast import Cast
from tests.ground.database import ATTEMPTS, Start
from tests.ground.statements import statements
from tests.learn.walker import Walker

QUIZ = "/courses/percobaan/rerata"


@pytest.fixture
def start() -> Start:
    """Quizzes that differ in what an attempt can be."""
    return ATTEMPTS


def begin(app: Flask) -> Walker:
    siti = Walker.of(app)
    siti.open(QUIZ)
    siti.send(f"{QUIZ}/attempts")
    return siti


def test_a_flag_is_set_and_cleared_without_scripts_and_said_in_words(app: Flask, cast: Cast) -> None:
    siti = begin(app)
    assert ", ragu-ragu" not in siti.html
    siti.answer(1, {"flag": ["no", "yes"]}, go="next")
    page = siti.answer(2, {"choice": "true", "flag": ["no", "yes"]}, go="previous")
    assert page.count(", ragu-ragu") == 2 and 'value="yes" checked' in page
    assert "belum dijawab, ragu-ragu" in page and "sudah dijawab, ragu-ragu" in page
    siti.answer(1, {"flag": ["no"]}, go="overview")
    page = siti.main()
    assert "1 soal ditandai ragu-ragu:" in page and "?slot=2" in page and page.count(">Ragu-ragu<") == 1
    siti.send(siti.path.replace("/overview", "/finish"))
    assert ">Ragu-ragu<" not in siti.main()
    with app.app_context():
        assert db.session.scalar(select(func.count(Answer.id))) == 1  # the flags left no rows among the answers
        assert db.session.scalar(select(Attempt.fraction)) == 0.5


def test_a_script_keeps_a_flag_with_the_answer_or_alone(app: Flask, cast: Cast) -> None:
    siti = begin(app)
    assert "✓ Tersimpan" in siti.save(1, {"flag": ["no", "yes"]}).get_data(as_text=True)
    assert "✓ Tersimpan pukul" in siti.save(1, {"choice": "true", "flag": ["no", "yes"]}).get_data(as_text=True)
    with statements(app) as asked:
        siti.save(1, {"choice": "false", "flag": ["no", "yes"]})
    assert len(asked) <= 4
    assert 'value="yes" checked' in siti.open(f"{siti.path}?slot=1")


def test_a_page_that_asks_for_no_flag_leaves_it_as_it_is(app: Flask, cast: Cast) -> None:
    siti = begin(app)
    siti.answer(1, {"flag": ["no", "yes"]}, go="stay")
    assert 'value="yes" checked' in siti.answer(1, {"choice": "true"}, go="stay")
