"""Attempts made before flags, sequential quizzes and redoing: what the way up and the way back leave of them."""

from __future__ import annotations

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from app.db import db, join_migrations, let_go
from app.marking.operations.finishing import finish_attempt
from app.people.permissions import Scope
from app.quizzes.models import Answer, Mark
from app.quizzes.operations import answer_question
from tests.ground.cast import Cast
from tests.quizzes.cast import begin, give, posted, sheet
from tests.quizzes.content import minute


def test_an_earlier_attempt_has_no_flags_stands_at_its_first_question_and_keeps_its_marks(
    app: Flask, cast: Cast
) -> None:
    with app.app_context():
        work = begin(cast.siti, "latihan")
        give(work, 1, right=False, now=minute(1), check=True)
        answer_question(work.id, 1, posted({}, shown=1, wanted="redo"), within=Scope(cast.siti), now=minute(2))
        finish_attempt(work.id, within=Scope(cast.siti), now=minute(3))
        let_go()
        join_migrations(app)
        downgrade(revision="0006")
        assert db.session.execute(text("SELECT action FROM answer ORDER BY seq")).scalars().all() == ["check", "save"]
        let_go()
        upgrade()
        before = sheet(work.id, cast.siti)
        assert (before.flagged, before.reached, before.fact.fraction) == (frozenset(), 1, 0.0)
        assert db.session.scalars(select(Mark.first_fraction)).all() == [None] * len(work.places)
        assert db.session.scalars(select(Answer.action).order_by(Answer.seq)).all() == ["check", "save"]
