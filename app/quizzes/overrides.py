"""Reads of what people and cohorts were granted at quizzes, as the limits that follow for one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta, tzinfo
from typing import Any, Final

from flask import current_app
from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.sql.selectable import Join

from app.content.activities import Quiz, QuizSettings
from app.db import read
from app.people.models import CohortMember
from app.quizzes.models import Attempt, OverrideRow
from app.quizzes.rules.limits import NOTHING_GRANTED, Grant, Limits, effective_limits

_ATTEMPT: Final = Attempt.__table__
_OVERRIDE: Final = OverrideRow.__table__
_MEMBER: Final = CohortMember.__table__.c

# Named apart from an attempt's own columns, beside which they stand.
GRANTED: Final = (
    _OVERRIDE.c.id.label("grant_id"),
    _OVERRIDE.c.person_id.label("grant_person"),
    _OVERRIDE.c.opens_at.label("grant_opens"),
    _OVERRIDE.c.closes_at.label("grant_closes"),
    _OVERRIDE.c.minutes.label("grant_minutes"),
    _OVERRIDE.c.attempts.label("grant_attempts"),
)


def _granted_to(person_id: Any) -> ColumnElement[bool]:
    cohorts = select(_MEMBER.cohort_id).where(_MEMBER.person_id == person_id)
    return or_(_OVERRIDE.c.person_id == person_id, _OVERRIDE.c.cohort_id.in_(cohorts))


def attempts_with_grants() -> Join:
    """Attempts, each beside every GRANTED that concerns it: one row at least, further ones for further grants."""
    same_quiz = and_(
        _OVERRIDE.c.course_slug == _ATTEMPT.c.course_slug,
        _OVERRIDE.c.quiz_id == _ATTEMPT.c.quiz_id,
        _granted_to(_ATTEMPT.c.person_id),
    )
    return _ATTEMPT.outerjoin(_OVERRIDE, same_quiz)


AT_QUIZ: Final = select(*GRANTED).where(
    _OVERRIDE.c.course_slug == bindparam("course"),
    _OVERRIDE.c.quiz_id == bindparam("quiz"),
    _granted_to(bindparam("person_id")),
)
_ANY_AT_QUIZ: Final = (
    select(_OVERRIDE.c.id)
    .where(_OVERRIDE.c.course_slug == bindparam("course"), _OVERRIDE.c.quiz_id == bindparam("quiz"))
    .limit(1)
)
_EVERYBODY_AT_QUIZ: Final = (
    select(*GRANTED, _MEMBER.person_id.label("member"))
    .select_from(_OVERRIDE.outerjoin(CohortMember.__table__, _MEMBER.cohort_id == _OVERRIDE.c.cohort_id))
    .where(_OVERRIDE.c.course_slug == bindparam("course"), _OVERRIDE.c.quiz_id == bindparam("quiz"))
)


def limits_of(settings: QuizSettings, rows: Iterable[Any]) -> Limits:
    """What holds for one person, from rows with GRANTED that concern them; a row without a grant says nothing."""
    granted = [(row.grant_person, _grant(row)) for row in rows if row.grant_id is not None]
    own = next((grant for person, grant in granted if person is not None), NOTHING_GRANTED)
    return effective_limits(settings, _zone(), own, [grant for person, grant in granted if person is None])


def limits_at(person_id: int, course_slug: str, quiz: Quiz) -> Limits:
    """What holds for a person at a quiz."""
    return limits_of(quiz.settings, read(AT_QUIZ, {"person_id": person_id, "course": course_slug, "quiz": quiz.id}))


def limits_of_all(people: Iterable[int], course_slug: str, quiz: Quiz) -> dict[int, Limits]:
    """What holds for each of some people at a quiz, in one statement."""
    rows = read(_EVERYBODY_AT_QUIZ, {"course": course_slug, "quiz": quiz.id})
    return {
        person: limits_of(quiz.settings, [row for row in rows if person in (row.grant_person, row.member)])
        for person in set(people)
    }


def anything_granted(course_slug: str, quiz_id: str) -> bool:
    """Whether anybody was granted anything at a quiz."""
    return bool(read(_ANY_AT_QUIZ, {"course": course_slug, "quiz": quiz_id}))


def _grant(row: Any) -> Grant:
    minutes = None if row.grant_minutes is None else timedelta(minutes=row.grant_minutes)
    return Grant(row.grant_opens, row.grant_closes, minutes, row.grant_attempts)


def _zone() -> tzinfo:
    zone: tzinfo = current_app.extensions["settings"].time_zone
    return zone
