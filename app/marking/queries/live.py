"""Who works on a quiz right now: one statement over the attempts under way, whatever else there ever was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, null, select
from sqlalchemy.orm import aliased

from app.db import db
from app.marking.queries.reach import attempts_within
from app.people.models import Person
from app.people.permissions import Scope
from app.quizzes.models import UNDER_WAY, Answer, Attempt
from app.quizzes.rules.starting import AttemptFact, AttemptState

SHOWN: Final = 300  # attempts on one page


@dataclass(frozen=True, slots=True)
class LiveAttempt:
    """An attempt under way as it is stored, and how far it is. `slot` and `heard_at` are of the newest answer (None:
    none was given yet); `answered` of `slots` hold one.
    """

    attempt: AttemptFact
    person_id: int
    name: str
    slots: int
    answered: int
    slot: int | None
    heard_at: datetime | None


def attempts_under_way(course_slug: str, quiz_id: str, within: Scope) -> tuple[LiveAttempt, ...]:
    """Those of a quiz that are in reach, by name; SHOWN at most, and one more where there are more."""
    row, later, newest = aliased(Answer), aliased(Answer), aliased(Answer)
    replaced = select(1).where(later.attempt_id == row.attempt_id, later.slot == row.slot, later.seq == row.seq + 1)
    answered = (
        select(func.count())
        .where(row.attempt_id == Attempt.id, row.response.is_not(null()), ~replaced.exists())
        .correlate(Attempt)
        .scalar_subquery()
    )
    last = select(func.max(row.id)).where(row.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    chosen = (
        select(
            Attempt.id,
            Attempt.number,
            Attempt.state,
            Attempt.started_at,
            Attempt.own_end,
            Attempt.person_id,
            Person.name,
            func.json_array_length(Attempt.layout).label("slots"),
            answered.label("answered"),
            newest.slot,
            newest.saved_at,
        )
        .join(Person, Person.id == Attempt.person_id)
        .outerjoin(newest, newest.id == last)
        .where(
            Attempt.course_slug == course_slug,
            Attempt.quiz_id == quiz_id,
            UNDER_WAY,  # as the index of these few has it
            attempts_within(within),
        )
        .order_by(Person.name, Attempt.id)
        .limit(SHOWN + 1)
    )
    return tuple(
        LiveAttempt(
            AttemptFact(each.id, each.number, AttemptState(each.state), each.started_at, own_end=each.own_end),
            *each[5:],
        )
        for each in db.session.execute(chosen)
    )
