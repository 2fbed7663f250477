"""The attempts of a quiz as a trainer sees them, and one of them step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.marking.queries.reach import attempts_within
from app.paging import page_within
from app.people.models import CohortMember, Person
from app.people.permissions import Scope
from app.quizzes.models import Answer, Attempt
from app.quizzes.rules.answering import StoredResponse
from app.quizzes.rules.starting import AttemptFact, AttemptState

PAGE: Final = 50  # attempts on one page

_TAKEN: Final = select(
    Attempt.id,
    Attempt.number,
    Attempt.state,
    Attempt.started_at,
    Attempt.finished_at,
    Attempt.fraction,
    Attempt.passed,
    Attempt.own_end,
    Attempt.person_id,
    Person.name,
).join(Person, Person.id == Attempt.person_id)


@dataclass(frozen=True, slots=True)
class TakenAttempt:
    """An attempt and whose it is."""

    attempt: AttemptFact
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class AttemptFilter:
    """What is looked for among the attempts of a quiz; () and None ask nothing. States as they are stored."""

    states: tuple[AttemptState, ...] = ()
    cohort_id: int | None = None


EVERY_ATTEMPT: Final = AttemptFilter()


@dataclass(frozen=True, slots=True)
class AttemptsPage:
    """One page of a quiz's attempts, the newest first. `page` counts from 1; `total` is of all pages."""

    attempts: tuple[TakenAttempt, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Step:
    """One row that an attempt left: what was done to a slot, and when. `response` None: it was emptied."""

    at: datetime
    slot: int
    action: str
    response: StoredResponse | None


def attempts_of_quiz(
    course_slug: str, quiz_id: str, within: Scope, wanted: AttemptFilter = EVERY_ATTEMPT, page: int = 1
) -> AttemptsPage:
    """The attempts at a quiz that are looked for, in reach. A page beyond the last is the last."""
    matching = [
        Attempt.course_slug == course_slug,
        Attempt.quiz_id == quiz_id,
        attempts_within(within),
        *_asked(wanted),
    ]
    counted = select(func.count(Attempt.id)).join(Person, Person.id == Attempt.person_id).where(*matching)
    total = db.session.scalar(counted) or 0
    page, pages = page_within(total, page, PAGE)
    chosen = (
        _TAKEN.where(*matching)
        .order_by(Attempt.started_at.desc(), Attempt.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    found = tuple(
        TakenAttempt(
            AttemptFact(row.id, row.number, AttemptState(row.state), *row[3:7], own_end=row.own_end),
            row.person_id,
            row.name,
        )
        for row in db.session.execute(chosen)
    )
    return AttemptsPage(found, total, page, pages)


def _asked(wanted: AttemptFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.states:
        yield Attempt.state.in_([each.value for each in wanted.states])
    if wanted.cohort_id is not None:
        members = select(CohortMember.person_id).where(CohortMember.cohort_id == wanted.cohort_id)
        yield Attempt.person_id.in_(members)


def steps_of(attempt_id: int) -> tuple[Step, ...]:
    """Everything that was done in an attempt, in its order."""
    chosen = (
        select(Answer.saved_at, Answer.slot, Answer.action, Answer.response)
        .where(Answer.attempt_id == attempt_id)
        .order_by(Answer.saved_at, Answer.id)
    )
    return tuple(Step(*row) for row in db.session.execute(chosen))
