"""Draw the form of a test that comes in two, once a person and pair: when the first of both tests is begun."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam, select

from app.content.activities import Quiz, TestForm
from app.content.course import Course
from app.content.pairs import Forms
from app.db import insert_unless_there, read, read_one
from app.people.queries.cohorts import newest_cohort_with
from app.quizzes.models import Attempt, FormTaken
from app.quizzes.rules.drawing import Turn, next_turn

NO_COHORT: Final = 0
_FORM: Final = FormTaken.__table__.c
_ATTEMPT: Final = Attempt.__table__.c
_OF_PAIR: Final = (_FORM.course_slug == bindparam("course"), _FORM.pair == bindparam("pair"))
_OWN: Final = select(_FORM.first_form).where(_FORM.person_id == bindparam("person_id"), *_OF_PAIR)
_LAST: Final = (
    select(_FORM.turn, _FORM.first_form)
    .where(*_OF_PAIR, _FORM.cohort_id == bindparam("cohort"), _FORM.turn.is_not(None))
    .order_by(_FORM.turn.desc())
    .limit(1)
)
_BEGUN: Final = (
    select(_ATTEMPT.quiz_id)
    .where(
        _ATTEMPT.person_id == bindparam("person_id"),
        _ATTEMPT.course_slug == bindparam("course"),
        _ATTEMPT.state != "deleted",
    )
    .order_by(_ATTEMPT.id)
)


def store_own_form(person_id: int, course: Course, quiz: Quiz, *, coin: bool, now: datetime) -> Quiz:
    """The form of a quiz that is this person's, drawn now where it was not before; a quiz of one form itself.

    Balanced among the members of the person's newest cohort with the course, and among all who are in none. Who had
    begun one of the tests before there were two forms keeps the form of that one. Of two draws at once UNIQUE lets one
    have the turn, and the other takes the next. Never commits.
    """
    forms = course.forms.get(quiz.id)
    if forms is None:
        return quiz
    whose = {"person_id": person_id, "course": course.slug, "pair": forms.pair or ""}
    while (own := read_one(_OWN, whose)) is None:
        insert_unless_there(FormTaken.__table__, _drawn(whose, course, forms, coin=coin, now=now))
    return course.form_for(quiz, {forms.pair: cast("TestForm", own.first_form)})


def _drawn(whose: dict[str, Any], course: Course, forms: Forms, *, coin: bool, now: datetime) -> dict[str, Any]:
    cohort, begun = NO_COHORT, _form_begun(whose, course, forms)
    turn = None
    if begun is None:
        cohort = newest_cohort_with(whose["person_id"], course.slug) or NO_COHORT
        last = read_one(_LAST, {"course": whose["course"], "pair": whose["pair"], "cohort": cohort})
        turn = next_turn(Turn(last.turn, last.first_form) if last else None, coin=coin)
    return {
        "person_id": whose["person_id"],
        "course_slug": whose["course"],
        "pair": whose["pair"],
        "first_form": turn.first if turn else begun,
        "cohort_id": cohort,
        "turn": turn.number if turn else None,
        "taken_at": now,
    }


def _form_begun(whose: dict[str, Any], course: Course, forms: Forms) -> TestForm | None:
    """The form before of who has an attempt at a test of the pair already; None of everybody else."""
    rows = read(_BEGUN, {"person_id": whose["person_id"], "course": course.slug})
    met = [(other, row.quiz_id) for row in rows if (other := course.forms.get(row.quiz_id))]
    return next((other.first_of(quiz_id) for other, quiz_id in met if other.pair == forms.pair), None)
