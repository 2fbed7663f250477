"""Regrades that were made: of a quiz, of one attempt for its learner, and what each of them moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, func, or_, select

from app.db import read, read_one
from app.errors import NotFound
from app.marking.models import RegradeMark, RegradeResult, RegradeRow
from app.marking.rules.decisions import Decision
from app.marking.rules.marks import Result
from app.marking.rules.regrading import Exchange, MarkValue, ResultExchange
from app.people.models import Person
from app.questions.base import Outcome
from app.quizzes.models import Attempt
from app.quizzes.queries import LARGEST_ID
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.starting import AttemptState

_REGRADE: Final = RegradeRow.__table__.c
_MARK: Final = RegradeMark.__table__.c
_RESULT: Final = RegradeResult.__table__.c
_ATTEMPT: Final = Attempt.__table__.c
_PERSON: Final = Person.__table__.c
_UNDOER: Final = Person.__table__.alias()

_COUNT: Final = (
    select(func.count()).where(_RESULT.regrade_id == _REGRADE.id, ~_RESULT.at_hand_in).correlate(RegradeRow.__table__)
)
_REGRADES: Final = select(
    _REGRADE.id,
    _REGRADE.course_slug,
    _REGRADE.quiz_id,
    _REGRADE.revision_id,
    _REGRADE.decisions,
    _REGRADE.reason,
    _REGRADE.made_at,
    _PERSON.name.label("made_by"),
    _REGRADE.undone_at,
    _UNDOER.c.name.label("undone_by"),
    _COUNT.scalar_subquery().label("moved"),
).select_from(
    RegradeRow.__table__.outerjoin(Person.__table__, _PERSON.id == _REGRADE.made_by).outerjoin(
        _UNDOER, _UNDOER.c.id == _REGRADE.undone_by
    )
)
_ONE: Final = _REGRADES.where(_REGRADE.id == bindparam("regrade"))
_OF_QUIZ: Final = _REGRADES.where(
    _REGRADE.course_slug == bindparam("course"), _REGRADE.quiz_id == bindparam("quiz")
).order_by(_REGRADE.id.desc())

_OTHER_SINCE: Final = (
    select(_REGRADE.id)
    .where(
        _REGRADE.course_slug == bindparam("course"),
        _REGRADE.quiz_id == bindparam("quiz"),
        or_(
            and_(_REGRADE.made_at > bindparam("at"), _REGRADE.undone_at.is_(None)),
            and_(_REGRADE.made_at <= bindparam("at"), _REGRADE.undone_at > bindparam("at")),
        ),
    )
    .limit(1)
)

_MARKS: Final = select(RegradeMark.__table__).where(_MARK.regrade_id == bindparam("regrade"))
_RESULTS: Final = (
    select(RegradeResult.__table__, _ATTEMPT.number, _PERSON.name)
    .join_from(RegradeResult.__table__, Attempt.__table__, _ATTEMPT.id == _RESULT.attempt_id)
    .join(Person.__table__, _PERSON.id == _ATTEMPT.person_id)
    .where(_RESULT.regrade_id == bindparam("regrade"))
    .order_by(_RESULT.attempt_id)
)
_later: Final = RegradeMark.__table__.alias()
_SINCE: Final = (
    select(_REGRADE.id)
    .join_from(
        RegradeMark.__table__,
        _later,
        (_later.c.attempt_id == _MARK.attempt_id)
        & (_later.c.slot == _MARK.slot)
        & (_later.c.regrade_id > _MARK.regrade_id),
    )
    .join(RegradeRow.__table__, _REGRADE.id == _later.c.regrade_id)
    .where(_MARK.regrade_id == bindparam("regrade"), _REGRADE.undone_at.is_(None))
    .limit(1)
)
_NOTICES: Final = (
    select(_REGRADE.made_at, _REGRADE.reason, _RESULT.old_fraction, _RESULT.new_fraction)
    .join_from(RegradeResult.__table__, RegradeRow.__table__, _REGRADE.id == _RESULT.regrade_id)
    .where(_RESULT.attempt_id == bindparam("attempt_id"), ~_RESULT.at_hand_in, _REGRADE.undone_at.is_(None))
    .order_by(_REGRADE.id)
)


@dataclass(frozen=True, slots=True)
class RegradeFact:
    """A regrade. `made_by` and `undone_by` are names; None: somebody at the shell, or not undone (`undone_at` None).

    `revision_id`: whose keys; None: decisions alone. `moved`: how many attempts that were handed in before it changed.
    """

    id: int
    course_slug: str
    quiz_id: str
    revision_id: int | None
    decisions: Mapping[str, Decision]
    reason: str
    made_at: datetime
    made_by: str | None
    undone_at: datetime | None
    undone_by: str | None
    moved: int


@dataclass(frozen=True, slots=True)
class MovedResult:
    """An attempt's result before and after a regrade. `at_hand_in`: it was handed in after what was decided."""

    attempt_id: int
    number: int
    name: str
    at_hand_in: bool
    old: Result
    new: Result


@dataclass(frozen=True, slots=True)
class Notice:
    """What a learner is told of a regrade: when, why, and the result (0.0 .. 1.0) before and after; None: there was
    none.
    """

    at: datetime
    reason: str
    old: float | None
    new: float | None


def get_regrade(regrade_id: int) -> RegradeFact:
    """One regrade. Raises NotFound."""
    row = read_one(_ONE, {"regrade": regrade_id}) if regrade_id <= LARGEST_ID else None
    if row is None:
        raise NotFound
    return _fact(row)


def regrades_of(course_slug: str, quiz_id: str) -> list[RegradeFact]:
    """Every regrade of a quiz, the newest first, those that were undone too."""
    return [_fact(row) for row in read(_OF_QUIZ, {"course": course_slug, "quiz": quiz_id})]


def marks_moved(regrade_id: int) -> dict[int, dict[int, Exchange]]:
    """The marks that a regrade exchanged, by attempt and slot."""
    found: dict[int, dict[int, Exchange]] = defaultdict(dict)
    for row in read(_MARKS, {"regrade": regrade_id}):
        found[row.attempt_id][row.slot] = Exchange(_mark(row, "old"), _mark(row, "new"))
    return found


def moved_results(regrade_id: int) -> list[MovedResult]:
    """The results that a regrade touched, the first attempt first."""
    return [
        MovedResult(row.attempt_id, row.number, row.name, row.at_hand_in, *_sides(row))
        for row in read(_RESULTS, {"regrade": regrade_id})
    ]


def results_moved(regrade_id: int) -> dict[int, ResultExchange]:
    """The same by attempt, as undoing needs them."""
    return {each.attempt_id: ResultExchange(each.old, each.new) for each in moved_results(regrade_id)}


def regraded_since(regrade_id: int) -> bool:
    """Whether a later regrade that stands changed one of the same marks."""
    return bool(read(_SINCE, {"regrade": regrade_id}))


def graded_otherwise_since(course_slug: str, quiz_id: str, at: datetime) -> bool:
    """Whether a quiz's marks follow other keys or decisions now than they did at that moment."""
    return bool(read(_OTHER_SINCE, {"course": course_slug, "quiz": quiz_id, "at": at}))


def notices_of(attempt_id: int) -> list[Notice]:
    """What its learner is told of the regrades that changed an attempt, the first first."""
    return [Notice(*row) for row in read(_NOTICES, {"attempt_id": attempt_id})]


def _fact(row: Row[Any]) -> RegradeFact:
    values = row._asdict()
    return RegradeFact(**{**values, "decisions": {name: Decision(each) for name, each in row.decisions.items()}})


def _mark(row: Row[Any], side: str) -> MarkValue:
    fraction, outcome, certainty, first = (getattr(row, f"{side}_{name}") for name in MarkValue._fields)
    return MarkValue(fraction, Outcome(outcome), None if certainty is None else Certainty(certainty), first)


def _sides(row: Row[Any]) -> tuple[Result, Result]:
    old = Result(AttemptState(row.old_state), row.old_fraction, row.old_passed)
    return old, Result(AttemptState(row.new_state), row.new_fraction, row.new_passed)
