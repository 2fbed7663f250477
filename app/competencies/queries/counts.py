"""What is summed over people: whose scores, and what each adds."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, exists, func, select

from app.competencies.models import CompetencyScore
from app.competencies.rules import State
from app.people.models import GrantRow, Person
from app.people.permissions import Role

_SCORE: Final = CompetencyScore.__table__.c
_PERSON: Final = Person.__table__.c
SUMS: Final = (
    "people", "mastered", "needs_support", "uncertain", "too_few", "score_sum", "square_sum", "variance_sum",
)  # fmt: skip
COUNTED: Final = (
    _PERSON.active,
    exists().where(GrantRow.person_id == _PERSON.id, GrantRow.role == Role.LEARNER.value),
)
"""Whose scores are counted, as conditions on the table `person`: active learners'."""


def _hundredths(value: ColumnElement[float]) -> ColumnElement[int]:
    return cast(func.round(value * 100), BigInteger)


def measures() -> tuple[ColumnElement[int], ...]:
    """What one row of the projection adds to each of SUMS. A score on too few answers is only counted as such."""
    enough = _SCORE.state != State.TOO_FEW.value
    score = _hundredths(_SCORE.score)
    values = {
        "people": case((enough, 1), else_=0),
        **{each.value: case((_SCORE.state == each.value, 1), else_=0) for each in State},
        "score_sum": case((enough, score), else_=0),
        "square_sum": case((enough, score * score), else_=0),
        "variance_sum": case((enough, _hundredths(_SCORE.sd * _SCORE.sd)), else_=0),
    }
    return tuple(values[name].label(name) for name in SUMS)


def summed(columns: Any) -> tuple[ColumnElement[int], ...]:
    """Those columns added up, under the names of SUMS."""
    # PostgreSQL adds bigints up to a numeric, which would arrive as a Decimal
    return tuple(cast(func.sum(columns[name]), BigInteger).label(name) for name in SUMS)


def counted_scores() -> Select[Any]:
    """The projection's rows of those who are counted, with what each adds."""
    return (
        select(_PERSON.organisation_id, _SCORE.competency, *measures())
        .join_from(Person.__table__, CompetencyScore.__table__, _SCORE.person_id == _PERSON.id)
        .where(*COUNTED)
    )
