"""Sums over people, by organisation and competency, so that a page over a hundred thousand people reads a few rows.

The table is a ledger: a change is two added rows, what was taken away (negative) and what came. Nobody waits for a sum
that somebody else changes, and nothing has to be locked in an order; `fold_counts` makes one row again of many. Sums
are whole numbers (hundredths), so that they come to the same in whatever order they are added.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, Literal

from sqlalchemy import BigInteger, Select, bindparam, cast, delete, func, insert, select, text, type_coerce

from app.competencies.models import CompetencyCount, CompetencyScore
from app.competencies.queries.counts import SUMS, counted_scores, summed
from app.db import begin_write, db, write
from app.people.models import Person

Sign = Literal[-1, 1]

MANY_CHANGES: Final = 20_000  # rows beyond one for each organisation and competency

_ROW: Final = CompetencyCount.__table__.c
_COLUMNS: Final = ["organisation_id", "competency", *SUMS]
_INTO: Final = insert(CompetencyCount.__table__)
_OF_PERSON: Final = counted_scores().where(Person.__table__.c.id == bindparam("person_id"))
_NAMED: Final = CompetencyScore.__table__.c.competency == bindparam("competency")


def _signed(scores: Select[Any]) -> Select[Any]:
    each = scores.subquery()
    sign = type_coerce(bindparam("sign"), BigInteger)
    return select(each.c.organisation_id, each.c.competency, *(cast(sign * each.c[name], BigInteger) for name in SUMS))


_COUNT_PERSON: Final = _INTO.from_select(_COLUMNS, _signed(_OF_PERSON)).inline()
_COUNT: Final = _INTO.from_select(_COLUMNS, _signed(_OF_PERSON.where(_NAMED))).inline()
_COUNT_PEOPLE: Final = _INTO.from_select(
    _COLUMNS,
    _signed(counted_scores().where(Person.__table__.c.id.in_(bindparam("people", expanding=True)))),
).inline()
_ALONE: Final = text("LOCK TABLE competency_count IN SHARE UPDATE EXCLUSIVE MODE")  # who adds rows does not wait
_FORGET: Final = delete(CompetencyCount.__table__)
_GROUPS: Final = select(_ROW.organisation_id, _ROW.competency).distinct().subquery()
_SIZE: Final = select(
    select(func.count()).select_from(CompetencyCount.__table__).scalar_subquery(),
    select(func.count()).select_from(_GROUPS).scalar_subquery(),
)
_EACH: Final = counted_scores().subquery()
_FOLD: Final = _INTO.from_select(
    _COLUMNS,
    select(_EACH.c.organisation_id, _EACH.c.competency, *summed(_EACH.c)).group_by(
        _EACH.c.organisation_id, _EACH.c.competency
    ),
).inline()


def store_counted(person_id: int, sign: Sign, competencies: Collection[str] | None = None) -> None:
    """Take a person's scores out of the sums (-1) before they change, and put them in again (1) after. Never commits.

    `competencies` are those that change; None: the person does (moves, leaves, comes back, learns or does not).
    The caller holds the person's row, so that the two belong together.
    """
    if competencies is None:
        write(_COUNT_PERSON, {"person_id": person_id, "sign": sign})
        return
    for name in sorted(competencies):
        write(_COUNT, {"person_id": person_id, "sign": sign, "competency": name})


def store_all_counted(people: Sequence[int], sign: Sign) -> None:
    """The same for all scores of some people at once."""
    db.session.execute(_COUNT_PEOPLE, {"people": people, "sign": sign})


def fold_counts() -> None:
    """Make one row again of each organisation and competency, from the projection. Commits.

    Whoever hands in meanwhile waits for nobody and is counted: all is seen as it stood at one moment, and what others
    add then stays. Of two that fold one waits for the other, and then sees what it left.
    """
    begin_write()
    if db.engine.dialect.name == "postgresql":  # SQLite lets one write at a time anyway
        db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        db.session.execute(_ALONE)  # before anything is seen
    store_folded()
    db.session.commit()


def store_folded() -> None:
    """The same within the caller's transaction, where nobody else writes: a database that is being filled."""
    db.session.execute(_FORGET)
    db.session.execute(_FOLD)


def fold_grown_counts() -> bool:
    """`fold_counts` where so many changes were added that they cost a reader time; whether it was done."""
    rows, groups = db.session.execute(_SIZE).one()
    db.session.rollback()
    if rows <= groups + MANY_CHANGES:
        return False
    fold_counts()
    return True
