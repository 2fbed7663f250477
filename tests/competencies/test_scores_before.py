"""Scores and marks of an earlier release: the way up makes every score due, the way back keeps what can be kept."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from app.competencies.models import CompetencyScore
from app.competencies.operations import refold_due
from app.db import db, join_migrations, let_go
from app.marking.operations.finishing import finish_attempt
from app.people.permissions import Scope
from app.quizzes.models import Mark
from tests.competencies.histories import folded_scores, stored_scores
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.quizzes.cast import begin, give_all
from tests.quizzes.content import minute


@pytest.fixture
def start() -> Start:
    """There is a course to answer."""
    return PUBLISHED


def test_an_earlier_score_is_made_anew_with_the_difficulty_that_its_questions_have(app: Flask, cast: Cast) -> None:
    with app.app_context():
        work = begin(cast.siti, "latihan")
        give_all(work, right=True)
        finish_attempt(work.id, within=Scope(cast.siti), now=minute(3))
        before = stored_scores(cast.siti)
        let_go()
        join_migrations(app)
        downgrade(revision="0014")
        assert len(db.session.execute(text("SELECT score, questions FROM competency_score")).all()) == len(before)
        let_go()
        upgrade()
        assert set(db.session.execute(select(Mark.difficulty, Mark.guess)).tuples()) == {(None, None)}
        assert set(db.session.scalars(select(CompetencyScore.state))) == {"too_few"}
        db.session.rollback()
        assert refold_due(now=minute(3)) == 1
        assert stored_scores(cast.siti) == before == folded_scores(cast.siti, minute(3))
        assert "easy" in set(db.session.scalars(select(Mark.difficulty)))
        assert None not in set(db.session.scalars(select(Mark.guess)))
