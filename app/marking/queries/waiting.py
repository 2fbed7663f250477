"""Answers that wait for a person's mark, as the one who asks may mark them: not their own, not those they marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from app.db import UtcTime, db
from app.marking.models import MarkChange
from app.marking.queries.reach import attempts_within
from app.people.models import Cohort, CohortMember, Person
from app.people.permissions import Scope
from app.questions.base import Outcome
from app.quizzes.models import Attempt, Mark

LIMIT: Final = 2000  # answers of one quiz looked at together


@dataclass(frozen=True, slots=True)
class WaitingQuiz:
    """A quiz with answers to mark."""

    course_slug: str
    quiz_id: str
    answers: int
    oldest: datetime  # when the first of them was handed in


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """One answer to mark."""

    question: str  # its address
    handed_in_at: datetime
    attempt_id: int
    slot: int
    name: str

    @property
    def place(self) -> tuple[str, datetime, int, int]:
        """Where it stands in its queue: answers to one question follow each other, the oldest first."""
        return (self.question, self.handed_in_at, self.attempt_id, self.slot)


@dataclass(frozen=True, slots=True)
class WaitingCohort:
    """A cohort whose members wait."""

    id: int
    name: str


def waiting_quizzes(within: Scope) -> tuple[WaitingQuiz, ...]:
    """Every quiz with answers to mark, the one that waits longest first."""
    oldest = func.min(Attempt.finished_at, type_=UtcTime)
    chosen = (
        _joined(select(Attempt.course_slug, Attempt.quiz_id, func.count(), oldest))
        .where(*_waiting(within))
        .group_by(Attempt.course_slug, Attempt.quiz_id)
        .order_by(oldest)
    )
    return tuple(WaitingQuiz(*row) for row in db.session.execute(chosen))


def waiting_answers(
    course_slug: str, quiz_id: str, within: Scope, cohort_id: int | None = None
) -> tuple[WaitingAnswer, ...]:
    """A quiz's answers to mark in the order of its queue; `cohort_id` None: of whichever cohort."""
    columns = (Mark.question, Attempt.finished_at, Attempt.id, Mark.slot, Person.name)
    chosen = _joined(select(*columns)).where(*_waiting(within), *_of(course_slug, quiz_id))
    if cohort_id is not None:
        members = select(CohortMember.person_id).where(CohortMember.cohort_id == cohort_id)
        chosen = chosen.where(Attempt.person_id.in_(members))
    chosen = chosen.order_by(Attempt.finished_at, Attempt.id, Mark.slot).limit(LIMIT)
    return tuple(sorted((WaitingAnswer(*row) for row in db.session.execute(chosen)), key=lambda each: each.place))


def waiting_cohorts(course_slug: str, quiz_id: str, within: Scope) -> tuple[WaitingCohort, ...]:
    """The cohorts whose members have answers in the quiz's queue, by name."""
    chosen = (
        _joined(select(Cohort.id, Cohort.name))
        .join(CohortMember, CohortMember.person_id == Attempt.person_id)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(*_waiting(within), *_of(course_slug, quiz_id))
        .distinct()
        .order_by(Cohort.name)
    )
    return tuple(WaitingCohort(*row) for row in db.session.execute(chosen))


def _joined(chosen: Select[Any]) -> Select[Any]:
    return (
        chosen.select_from(Attempt)
        .join(Mark, Mark.attempt_id == Attempt.id)
        .join(Person, Person.id == Attempt.person_id)
    )


def _waiting(within: Scope) -> tuple[ColumnElement[bool], ...]:
    marked = select(1).where(
        MarkChange.attempt_id == Mark.attempt_id,
        MarkChange.slot == Mark.slot,
        MarkChange.marker_id == within.person_id,
    )
    return (
        Attempt.state == literal_column("'submitted'"),  # as the index of these few has it
        Mark.outcome == Outcome.NEEDS_MARKING.value,
        Attempt.person_id != within.person_id,
        ~marked.exists(),
        attempts_within(within),
    )


def _of(course_slug: str, quiz_id: str) -> tuple[ColumnElement[bool], ...]:
    return (Attempt.course_slug == course_slug, Attempt.quiz_id == quiz_id)
