"""The first attempts of those who took a test before and the one after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Row, case, func, literal, select, union_all

from app.competencies.queries.learners import LearnerFilter, learner_conditions, learners_from
from app.db import db
from app.people.models import District, Organisation, Person
from app.people.permissions import Scope
from app.people.queries.people import work_within
from app.people.rules.organisations import OrganisationKind
from app.quizzes.models import Attempt, Mark
from app.reports.rules.gain import AskedTwice, TookBoth
from app.reports.rules.pairs import Pair

_BEFORE: Final = 0
_AFTER: Final = 1
_MARK: Final = Mark.__table__.c
# Of an answer that was done again the first counts.
_FRACTION: Final = func.coalesce(_MARK.first_fraction, _MARK.fraction)
_WITHIN_0_1: Final = case((_FRACTION < 0, 0.0), (_FRACTION > 1, 1.0), else_=_FRACTION)


def took_both(
    pair: Pair, wanted: LearnerFilter, within: Scope, only: Collection[int] | None = None
) -> tuple[TookBoth, ...]:
    """Everybody in reach whose first attempt after began once their first attempt before was handed in, by name; `only`
    those of these ids, where they are given.

    Attempts that were abandoned or taken out do not count; who waits for a person's mark is not there yet.
    """
    both = _both(pair, wanted, within, only)
    chosen = (
        select(
            both, Person.name, Organisation.name.label("organisation"), Organisation.kind,
            District.name.label("district"),
        )
        .join(Person, Person.id == both.c.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(District, District.id == Organisation.district_id)
        .order_by(func.lower(Person.name), Person.id)
    )  # fmt: skip
    return tuple(_took(row, pair) for row in db.session.execute(chosen))


def asked_twice(pair: Pair, wanted: LearnerFilter, within: Scope) -> tuple[AskedTwice, ...]:
    """The questions that some of them met before and some after, by address."""
    both = _both(pair, wanted, within)
    attempts = union_all(
        select(both.c.before_id.label("attempt_id"), literal(_BEFORE).label("side")),
        select(both.c.after_id, literal(_AFTER)),
    ).subquery("sides")
    chosen = (
        select(_MARK.question, attempts.c.side, func.count(), func.sum(_WITHIN_0_1))
        .join_from(attempts, Mark.__table__, _MARK.attempt_id == attempts.c.attempt_id)
        .where(_FRACTION.is_not(None), _MARK.outcome.not_in(("credited", "left_out")))
        .group_by(_MARK.question, attempts.c.side)
        .order_by(_MARK.question)
    )
    return tuple(_twice(db.session.execute(chosen)))


def _twice(rows: Iterable[Row[Any]]) -> Iterable[AskedTwice]:
    sides: dict[str, dict[int, tuple[float, int]]] = defaultdict(dict)
    for question, side, people, right in rows:
        sides[question][side] = (float(right), people)
    for question, told in sides.items():
        if len(told) == 2:
            yield AskedTwice(question, *told[0], *told[1])


def _both(pair: Pair, wanted: LearnerFilter, within: Scope, only: Collection[int] | None = None) -> CTE:
    """A row for each person: both attempts, their quizzes and what they came to."""
    first = _first(pair, wanted, within, only).c

    def of(side: int, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.max(case((first.side == side, column)))

    begun, handed_in = of(_AFTER, first.started_at), of(_BEFORE, first.finished_at)
    return (
        select(
            first.person_id,
            of(_BEFORE, first.id).label("before_id"),
            of(_BEFORE, first.quiz_id).label("before_quiz"),
            of(_BEFORE, first.fraction).label("before_fraction"),
            of(_AFTER, first.id).label("after_id"),
            of(_AFTER, first.quiz_id).label("after_quiz"),
            of(_AFTER, first.fraction).label("after_fraction"),
        )
        .where(first.turn == 1)
        .group_by(first.person_id)
        .having(func.count(first.fraction) == 2, begun >= handed_in)  # NULL, not marked yet, is not counted
        .cte("both")
    )


def _first(pair: Pair, wanted: LearnerFilter, within: Scope, only: Collection[int] | None) -> CTE:
    """Each learner's attempts at either side, numbered by `turn`."""
    side = case((Attempt.quiz_id.in_(sorted(pair.before)), _BEFORE), else_=_AFTER)
    turn = func.row_number().over(partition_by=(Attempt.person_id, side), order_by=(Attempt.started_at, Attempt.id))
    reached = work_within(within, literal(pair.slug))
    learners = learners_from(select(Person.id)).where(reached, *learner_conditions(wanted, within))
    columns = Attempt.id, Attempt.person_id, Attempt.quiz_id, Attempt.fraction, Attempt.started_at, Attempt.finished_at
    chosen = select(*columns, side.label("side"), turn.label("turn")).where(
        Attempt.person_id.in_(learners if only is None else learners.where(Person.id.in_(only))),
        Attempt.course_slug == pair.slug,
        Attempt.quiz_id.in_(sorted([*pair.before, *pair.after])),
        Attempt.state.in_(("submitted", "finished")),
    )
    return chosen.cte("first")


def _took(row: Row[Any], pair: Pair) -> TookBoth:
    return TookBoth(
        row.person_id,
        row.name,
        row.organisation,
        OrganisationKind(row.kind) if row.kind else None,
        row.district,
        100 * row.before_fraction,
        100 * row.after_fraction,
        pair.before[row.before_quiz],
        pair.after[row.after_quiz],
    )
