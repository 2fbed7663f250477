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

_ROW, _LATER, _NEWEST = aliased(Answer), aliased(Answer), aliased(Answer)
_REPLACED: Final = select(1).where(
    _LATER.attempt_id == _ROW.attempt_id, _LATER.slot == _ROW.slot, _LATER.seq == _ROW.seq + 1
)
_ANSWERED: Final = (
    select(func.count())
    .where(_ROW.attempt_id == Attempt.id, _ROW.response.is_not(null()), ~_REPLACED.exists())
    .correlate(Attempt)
    .scalar_subquery()
)
_LAST: Final = select(func.max(_ROW.id)).where(_ROW.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
_LIVE: Final = (
    select(
        Attempt.id,
        Attempt.number,
        Attempt.state,
        Attempt.started_at,
        Attempt.own_end,
        Attempt.person_id,
        Person.name,
        func.json_array_length(Attempt.layout).label("slots"),
        _ANSWERED.label("answered"),
        _NEWEST.slot,
        _NEWEST.saved_at,
        _NEWEST.unsent,
    )
    .join(Person, Person.id == Attempt.person_id)
    .outerjoin(_NEWEST, _NEWEST.id == _LAST)
    .where(UNDER_WAY)  # as the index of these few has it
    .order_by(Person.name, Attempt.id)
    .limit(SHOWN + 1)
)


@dataclass(frozen=True, slots=True)
class LiveAttempt:
    """An attempt under way as it is stored, and how far it is. `slot` and `heard_at` are of the newest answer (None:
    none was given yet); `answered` of `slots` hold one. `unsent`: how many others still waited on the phone that sent
    the newest, then (None: it did not say).
    """

    attempt: AttemptFact
    person_id: int
    name: str
    slots: int
    answered: int
    slot: int | None
    heard_at: datetime | None
    unsent: int | None


def attempts_under_way(course_slug: str, quiz_id: str, within: Scope) -> tuple[LiveAttempt, ...]:
    """Those of a quiz that are in reach, by name; SHOWN at most, and one more where there are more."""
    chosen = _LIVE.where(
        Attempt.course_slug == course_slug, Attempt.quiz_id == quiz_id, attempts_within(within)
    )  # fmt: skip
    return tuple(
        LiveAttempt(
            AttemptFact(each.id, each.number, AttemptState(each.state), each.started_at, own_end=each.own_end),
            *each[5:],
        )
        for each in db.session.execute(chosen)
    )
