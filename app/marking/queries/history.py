"""What people said of answers: of one, and of a whole attempt for its learner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select

from app.db import UtcTime, read
from app.marking.models import MarkChange
from app.marking.rules.by_hand import HandMark, QuestionDecided, counted_marks
from app.people.models import Person
from app.questions.outcomes import DECIDED
from app.quizzes.models import Attempt
from app.quizzes.queries import Sheet, marks_of

_CHANGE: Final = MarkChange.__table__.c
_ATTEMPT: Final = Attempt.__table__.c
_CHANGES: Final = (
    select(
        _CHANGE.slot,
        _CHANGE.seq,
        _CHANGE.marker_id,
        _CHANGE.decides,
        _CHANGE.fraction,
        _CHANGE.levels,
        _CHANGE.comment,
        _CHANGE.marked_at,
        Person.__table__.c.name,
    )
    .join_from(MarkChange.__table__, Person.__table__, Person.__table__.c.id == _CHANGE.marker_id)
    .where(_CHANGE.attempt_id == bindparam("attempt_id"))
    .order_by(_CHANGE.slot, _CHANGE.seq)
)
_OF_ONE: Final = _CHANGES.where(_CHANGE.slot == bindparam("slot"))
_MARKED: Final = (
    select(_CHANGE.attempt_id, func.max(_CHANGE.marked_at, type_=UtcTime).label("at"))
    .join_from(MarkChange.__table__, Attempt.__table__, _ATTEMPT.id == _CHANGE.attempt_id)
    .where(
        _ATTEMPT.person_id == bindparam("person_id"),
        _ATTEMPT.course_slug == bindparam("course"),
        _ATTEMPT.quiz_id == bindparam("quiz"),
    )
    .group_by(_CHANGE.attempt_id)
)


def history_of(attempt_id: int, slot: int) -> tuple[HandMark, ...]:
    """Every mark that people gave one answer, the oldest first."""
    return tuple(_mark(row) for row in read(_OF_ONE, {"attempt_id": attempt_id, "slot": slot}))


def histories_of(attempt_id: int) -> Mapping[int, Sequence[HandMark]]:
    """The same for every slot of an attempt that has any."""
    found: dict[int, list[HandMark]] = defaultdict(list)
    for row in read(_CHANGES, {"attempt_id": attempt_id}):
        found[row.slot].append(_mark(row))
    return found


def marks_that_count(attempt_id: int, markers: int) -> Mapping[int, Sequence[HandMark]]:
    """By slot, the marks given by hand that make its mark; none for a slot that still waits."""
    counted = {slot: counted_marks(each, markers) for slot, each in histories_of(attempt_id).items()}
    return {slot: each for slot, each in counted.items() if each}


def last_marked(person_id: int, course_slug: str, quiz_id: str) -> Mapping[int, datetime]:
    """By attempt of a person at a quiz, when somebody last marked in it; none where nobody did."""
    rows = read(_MARKED, {"person_id": person_id, "course": course_slug, "quiz": quiz_id})
    return {row.attempt_id: row.at for row in rows}


def is_marked_by_hand(sheet: Sheet, slot: int) -> bool:
    """Whether a person marks this slot: its question asks for that, and something was answered.

    Raises NotFound, QuestionDecided.
    """
    if not sheet.question(slot).by_hand:
        return False
    mark = marks_of(sheet.id)[slot]
    if mark.outcome in DECIDED:
        raise QuestionDecided
    return mark.answered_at is not None


def _mark(row: Row[Any]) -> HandMark:
    return HandMark(*row[1:])
