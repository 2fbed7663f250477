"""Sums over people, by organisation and competency, so that a page over a hundred thousand people reads a few rows.

The table is a ledger: a change is two added rows, what was taken away (negative) and what came. Nobody waits for a sum
that somebody else changes, and nothing has to be locked in an order; `fold_counts` makes one row again of many. Sums
are whole numbers (hundredths), so that they come to the same in whatever order they are added.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    type_coerce,
)

from app.competencies.models import CompetencyCount, CompetencyScore
from app.competencies.rules import State
from app.db import begin_write, db, write
from app.people.models import GrantRow, Person
from app.people.permissions import Role

Sign = Literal[-1, 1]

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


def _signed() -> Select[Any]:
    sign: ColumnElement[int] = type_coerce(bindparam("sign"), BigInteger)
    return (
        select(_PERSON.organisation_id, _SCORE.competency, *(cast(sign * each, BigInteger) for each in measures()))
        .join_from(Person.__table__, CompetencyScore.__table__, _SCORE.person_id == _PERSON.id)
        .where(_PERSON.id == bindparam("person_id"), *COUNTED)
    )


_COLUMNS: Final = ["organisation_id", "competency", *SUMS]
_COUNT_PERSON: Final = insert(CompetencyCount.__table__).from_select(_COLUMNS, _signed()).inline()
_COUNT: Final = (
    insert(CompetencyCount.__table__)
    .from_select(_COLUMNS, _signed().where(_SCORE.competency == bindparam("competency")))
    .inline()
)
_FORGET: Final = delete(CompetencyCount.__table__)


def _folded() -> Any:
    each = (
        select(_PERSON.organisation_id, _SCORE.competency, *measures())
        .join_from(Person.__table__, CompetencyScore.__table__, _SCORE.person_id == _PERSON.id)
        .where(*COUNTED)
        .subquery()
    )
    return select(each.c.organisation_id, each.c.competency, *summed(each.c)).group_by(
        each.c.organisation_id, each.c.competency
    )


_FOLD: Final = insert(CompetencyCount.__table__).from_select(_COLUMNS, _folded()).inline()


def store_counted(person_id: int, sign: Sign, competencies: frozenset[str] | None = None) -> None:
    """Take a person's scores out of the sums (-1) before they change, and put them in again (1) after. Never commits.

    `competencies` are those that change; None: the person does (moves, leaves, comes back, learns or does not).
    The caller holds the person's row, so that the two belong together.
    """
    if competencies is None:
        write(_COUNT_PERSON, {"person_id": person_id, "sign": sign})
        return
    for name in sorted(competencies):
        write(_COUNT, {"person_id": person_id, "sign": sign, "competency": name})


def fold_counts() -> None:
    """Make one row again of each organisation and competency, from the projection. Commits.

    Whoever hands in meanwhile waits for nobody and is counted: all is seen as it stood at one moment, and what others
    add then stays.
    """
    begin_write()
    if db.engine.dialect.name == "postgresql":  # SQLite lets one write at a time anyway
        db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    db.session.execute(_FORGET)
    db.session.execute(_FOLD)
    db.session.commit()
