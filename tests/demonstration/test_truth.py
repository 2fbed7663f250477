"""What a demonstration holds is what the real rules make of it: over the sample courses and over the real ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock
from app.catalogue.queries import course_at, published
from app.competencies.models import CompetencyScore
from app.competencies.operations import rebuild
from app.db import begin_write, db
from app.demonstration.operations.fill import SITIS_COURSE, recommended_path
from app.marking.rules.marks import HandIn, attempt_fraction, grade_slot, slot_marks
from app.people.models import CohortMember, Person
from app.people.permissions import Scope
from app.progress.models import CourseCompletion
from app.progress.queries import standing_in
from app.progress.rules import Standing, course_progress, meets_completion
from app.quizzes.models import Attempt, Mark
from app.quizzes.queries import get_sheet, slots_of
from app.quizzes.rules.grading import passes
from app.quizzes.rules.review import settled
from tests.ground.database import DEMONSTRATION, SAMPLE_COURSES, Start

SMALL = replace(DEMONSTRATION, name="demonstration-sample", courses=SAMPLE_COURSES)
# The sample courses have quizzes of every preset, the real ones those that are shown on both kinds of database.
FILLED = {
    "sqlite-sample courses": ("sqlite", SMALL),
    "sqlite-real courses": ("sqlite", DEMONSTRATION),
    "postgresql-real courses": ("postgresql", DEMONSTRATION),
}
pytestmark = pytest.mark.parametrize(("databases", "start"), list(FILLED.values()), ids=list(FILLED), indirect=True)


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Start:
    """A filled demonstration."""
    chosen: Start = request.param
    return chosen


@pytest.fixture
def office(app: Flask) -> Iterator[Flask]:
    """The demonstration with a context open."""
    with app.app_context():
        yield app


def test_siti_stands_at_the_beginning_of_a_second_module(office: Flask) -> None:
    siti = db.session.scalars(select(Person).where(Person.user_name == "siti")).one()
    path = recommended_path()
    course = next((each.course for each in path if each.course.code == SITIS_COURSE), path[-1].course)
    enrolled, facts = standing_in(siti.id, course)
    standings = course_progress(course, facts).standings
    first = len(course.modules[0].activities)
    assert enrolled
    assert set(standings[:first]) == {Standing.DONE}
    assert set(standings[first:]) <= {Standing.NOT_STARTED}


def test_every_mark_is_what_regrading_its_answers_gives(office: Flask) -> None:
    finished = db.session.scalars(select(Attempt).where(Attempt.finished_at.is_not(None)).order_by(Attempt.id)).all()
    assert len(finished) > 100
    by_quiz = defaultdict(list)
    for attempt in finished:
        by_quiz[attempt.person_id, attempt.course_slug, attempt.quiz_id].append(attempt)
    for attempt in finished:
        sheet = get_sheet(attempt.id, within=Scope(attempt.person_id))
        states = slots_of(sheet)
        questions = [sheet.question(slot) for slot in range(1, len(sheet.places) + 1)]
        grades = [grade_slot(question, state) for question, state in zip(questions, states, strict=True)]
        assert attempt.fraction == pytest.approx(attempt_fraction(grades, sheet.places))
        assert attempt.passed == passes(attempt.fraction, sheet.quiz.settings.pass_percent)
        siblings = by_quiz[attempt.person_id, attempt.course_slug, attempt.quiz_id]
        done = settled(sheet.quiz.settings, siblings, sheet.quiz.settings)
        last = max(each.finished_at for each in siblings if each.finished_at) if done else attempt.finished_at
        expected = slot_marks(questions, sheet.places, states, grades, HandIn(sheet.quiz.settings, last, done))
        stored = db.session.execute(select(Mark.__table__).where(Mark.attempt_id == attempt.id).order_by(Mark.slot))
        kept_open = sheet.quiz.settings.review.after.tells_key
        for mark, row in zip(expected, stored.mappings(), strict=True):
            told = mark._asdict() | ({"key_opened_at": row["key_opened_at"]} if kept_open else {})
            assert {"attempt_id": attempt.id, **told} == dict(row)


def test_the_scores_are_what_folding_the_marks_gives(office: Flask) -> None:
    def scores() -> list[tuple[Any, ...]]:
        table = CompetencyScore.__table__.c
        columns = (table.person_id, table.competency, table.score, table.questions)
        return [tuple(row) for row in db.session.execute(select(*columns).order_by(*columns[:2]))]

    kept = scores()
    assert kept
    begin_write()
    db.session.execute(update(CompetencyScore).values(score=-1.0))
    db.session.commit()
    rebuild(now=clock.now())
    assert scores() == kept


def test_courses_are_completed_exactly_where_their_rule_is_met(office: Flask) -> None:
    completed = {
        tuple(row) for row in db.session.execute(select(CourseCompletion.person_id, CourseCompletion.course_slug))
    }
    met = set()
    for (person_id,) in db.session.execute(select(CohortMember.person_id)).all():
        for slug, each in published().items():
            course = course_at(each.revision_id)
            _, facts = standing_in(person_id, course)
            if meets_completion(course, course_progress(course, facts)):
                met.add((person_id, slug))
    assert completed == met
    assert completed
