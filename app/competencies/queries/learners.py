"""Many learners by competency, as the office sees them: read from the projection alone, within a scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, select

from app.competencies.models import CompetencyScore
from app.competencies.queries.scores import SCORE_COLUMNS, score_of
from app.competencies.rules import MINIMUM, Mean, Score, mean_of
from app.db import db
from app.people.models import Cohort, District, GrantRow, Organisation, Person
from app.people.permissions import Role, Scope
from app.people.queries.people import PeopleFilter, people_conditions, people_within
from app.people.rules.organisations import OrganisationKind

PAGE: Final = 50  # learners on one page
CHUNK: Final = 2000  # rows fetched at a time where all are read

_SCORE: Final = CompetencyScore.__table__.c
_SUMS: Final = (func.sum(_SCORE.score), func.sum(_SCORE.score * _SCORE.score), func.sum(_SCORE.sd * _SCORE.sd))


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerFilter(PeopleFilter):
    """What is looked for among learners; None, "" and False ask nothing."""

    organisation: str = ""  # part of its name


@dataclass(frozen=True, slots=True)
class Order:
    """How learners stand: by `name`, by `organisation`, or by a competency's id (those without a score last)."""

    by: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the learners that are looked for, signed in or not."""

    people: int
    signed_in: int  # at least once
    scored: int  # with at least one score that rests on enough questions

    @property
    def never_signed_in(self) -> int:
        """Those who have not been here yet."""
        return self.people - self.signed_in


@dataclass(frozen=True, slots=True)
class LearnerFact:
    """A learner with all scores, by competency; also those on too few questions."""

    id: int
    name: str
    organisation: str | None
    kind: OrganisationKind | None
    district: str | None
    last_signed_in_at: datetime | None  # None: never
    scores: Mapping[str, Score] = field(default_factory=dict)


def count_learners(wanted: LearnerFilter, within: Scope) -> Counts:
    """How many there are, whatever `never_signed_in` asks: their number is what is counted."""
    scored = exists().where(_SCORE.person_id == Person.id, _SCORE.questions >= MINIMUM)
    chosen = _from(select(
        func.count(), func.count(Person.first_signed_in_at), func.coalesce(func.sum(case((scored, 1), else_=0)), 0)
    )).where(*_learners(replace(wanted, never_signed_in=False), within))  # fmt: skip
    return Counts(*map(int, db.session.execute(chosen).one()))


def means_by_kind(wanted: LearnerFilter, within: Scope) -> Mapping[OrganisationKind | None, Mapping[str, Mean]]:
    """By kind of organisation (None: without one) the mean of each competency in which anybody has enough answers."""
    kind, competency = Organisation.kind, _SCORE.competency
    chosen = (
        _from(select(kind, competency, func.count(), *_SUMS))
        .join(CompetencyScore.__table__, _SCORE.person_id == Person.id)
        .where(_SCORE.questions >= MINIMUM, *_learners(wanted, within))
        .group_by(kind, competency)
    )
    found: dict[OrganisationKind | None, dict[str, Mean]] = {}
    for of_kind, name, *sums in db.session.execute(chosen):
        found.setdefault(_kind(of_kind), {})[name] = mean_of(*sums)
    return found


def learners_page(wanted: LearnerFilter, within: Scope, order: Order, page: int) -> tuple[LearnerFact, ...]:
    """The learners of one page, counted from 1."""
    chosen = _ordered(wanted, within, order).limit(PAGE).offset((page - 1) * PAGE)
    return tuple(_facts(db.session.execute(_with_scores(chosen))))


def all_learners(wanted: LearnerFilter, within: Scope, order: Order) -> Iterator[LearnerFact]:
    """Every learner who is looked for, fetched bit by bit: their number does not matter to memory."""
    chosen = _with_scores(_ordered(wanted, within, order))
    return _facts(db.session.execute(chosen, execution_options={"yield_per": CHUNK}))


def cohort_choices() -> tuple[tuple[int, str], ...]:
    """Every cohort's id and name, the newest first."""
    newest = (Cohort.starts_on.is_(None), Cohort.starts_on.desc(), Cohort.name)
    return tuple((row.id, row.name) for row in db.session.execute(select(Cohort.id, Cohort.name).order_by(*newest)))


def _from(chosen: Select[Any]) -> Select[Any]:
    return (
        chosen.select_from(Person)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(District, District.id == Organisation.district_id)
    )


def _learners(wanted: LearnerFilter, within: Scope) -> list[ColumnElement[bool]]:
    """The conditions on `_from`: active learners in reach who are looked for."""
    conditions = [
        Person.active,
        exists().where(GrantRow.person_id == Person.id, GrantRow.role == Role.LEARNER.value),
        people_within(within),
        *people_conditions(wanted),
    ]
    if name := wanted.organisation.strip():
        conditions.append(Organisation.name.icontains(name, autoescape=True))
    return conditions


def _ordered(wanted: LearnerFilter, within: Scope, order: Order) -> Select[Any]:
    chosen = _from(select(
        Person.id, Person.name, Organisation.name.label("organisation"), Organisation.kind,
        District.name.label("district"), Person.last_signed_in_at,
    ))  # fmt: skip
    by_name = (func.lower(Person.name), Person.id)
    keys: tuple[ColumnElement[Any], ...]
    if order.by == "name":
        keys = (_turned(by_name[0], order), Person.id)
    elif order.by == "organisation":
        keys = (Organisation.name.is_(None), _turned(func.lower(Organisation.name), order), *by_name)
    else:
        sorting = CompetencyScore.__table__.alias("sorting")
        enough = and_(
            sorting.c.person_id == Person.id, sorting.c.competency == order.by, sorting.c.questions >= MINIMUM
        )
        chosen = chosen.outerjoin(sorting, enough)
        keys = (sorting.c.score.is_(None), _turned(sorting.c.score, order), *by_name)
    position = func.row_number().over(order_by=keys).label("position")
    return chosen.add_columns(position).where(*_learners(wanted, within)).order_by(*keys)


def _turned(key: ColumnElement[Any], order: Order) -> ColumnElement[Any]:
    return key.desc() if order.descending else key.asc()


def _with_scores(chosen: Select[Any]) -> Select[Any]:
    learner = chosen.subquery("learner")
    return (
        select(*SCORE_COLUMNS, _SCORE.competency, learner)
        .outerjoin(CompetencyScore.__table__, _SCORE.person_id == learner.c.id)
        .order_by(learner.c.position)
    )


def _facts(rows: Iterable[Row[Any]]) -> Iterator[LearnerFact]:
    for _, group in groupby(rows, key=lambda row: row.position):
        of_one = list(group)
        first = of_one[0]
        scores = {row.competency: score_of(row) for row in of_one if row.competency is not None}
        yield LearnerFact(
            first.id, first.name, first.organisation, _kind(first.kind), first.district, first.last_signed_in_at, scores
        )


def _kind(stored: str | None) -> OrganisationKind | None:
    return OrganisationKind(stored) if stored else None
