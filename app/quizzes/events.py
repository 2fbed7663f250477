"""Reads of what trainers did to attempts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import bindparam, select

from app.db import read
from app.people.models import Person
from app.quizzes.models import Attempt, AttemptEventRow
from app.quizzes.rules.changes import AttemptEvent, ChangeKind
from app.quizzes.rules.starting import AttemptState

_EVENT: Final = AttemptEventRow.__table__.c
_ATTEMPT: Final = Attempt.__table__.c
_EVENTS: Final = (
    select(
        _EVENT.seq,
        _EVENT.kind,
        _EVENT.by_id,
        _EVENT.reason,
        _EVENT.minutes,
        _EVENT.at,
        _EVENT.state,
        _EVENT.finished_at,
        _EVENT.fraction,
        _EVENT.passed,
        Person.__table__.c.name,
    )
    .join_from(AttemptEventRow.__table__, Person.__table__, Person.__table__.c.id == _EVENT.by_id)
    .where(_EVENT.attempt_id == bindparam("attempt_id"))
    .order_by(_EVENT.seq)
)
_DELETED: Final = (
    select(_EVENT.attempt_id, _EVENT.reason)
    .join_from(AttemptEventRow.__table__, Attempt.__table__, _ATTEMPT.id == _EVENT.attempt_id)
    .where(
        _ATTEMPT.person_id == bindparam("person_id"),
        _ATTEMPT.course_slug == bindparam("course"),
        _ATTEMPT.quiz_id == bindparam("quiz"),
        _ATTEMPT.state == "deleted",
        _EVENT.kind == "deleted",
    )
    .order_by(_EVENT.seq)
)


def events_of(attempt_id: int) -> tuple[AttemptEvent, ...]:
    """Everything that was done to an attempt, the oldest first."""
    return tuple(
        AttemptEvent(row.seq, ChangeKind(row.kind), *row[2:6], AttemptState(row.state), *row[7:])
        for row in read(_EVENTS, {"attempt_id": attempt_id})
    )


def deleted_for(person_id: int, course_slug: str, quiz_id: str) -> Mapping[int, str]:
    """By attempt of a person at a quiz that is taken out, why it was."""
    rows = read(_DELETED, {"person_id": person_id, "course": course_slug, "quiz": quiz_id})
    return {row.attempt_id: row.reason for row in rows}  # of two, the newer one
