"""What a phone says, with an answer that arrived, of those that did not: stored with it, told on the live page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from app.quizzes.models import Answer
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.ground.statements import statements
from tests.learn.test_quiz_journey import begin, fields, work
from tests.learn.walker import Walker

LIVE = "/teaching/courses/contoh/live/tes"
WAITING = re.compile(r"(\d+) belum terkirim \(\d\d\.\d\d( WITA)?\)")


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


def test_the_trainer_sees_how_many_answers_waited_when_the_phone_was_last_heard(
    app: Flask, cast: Cast, db: SQLAlchemy
) -> None:
    siti, rahmat = Walker.of(app), Walker.of(app, "rahmat")
    begin(siti, "tes")
    attempt = work(siti, cast, db)
    told = []
    for slot, unsent in enumerate([None, "2", "0", "1234", "-1"], start=1):
        more = {} if unsent is None else {"unsent": unsent}
        with statements(app) as asked:
            siti.save(slot, {**fields(attempt, slot), **more})
        assert len(asked) <= 4
        found = WAITING.search(rahmat.open(LIVE))
        told.append(found and found[1])
    assert told == [None, "2", None, None, None]
    db.session.rollback()
    assert db.session.scalars(select(Answer.unsent).order_by(Answer.slot)).all() == [None, 2, 0, None, None]
