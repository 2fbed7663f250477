"""Kinds of organisation, sub-districts or organisations by competency: what their people's scores come to.

What can be told from organisations alone is read from the sums that are kept; where a cohort or a course is asked for,
the sums are made of its people's scores when asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, exists, func, null, or_, select

from app.competencies.models import CompetencyCount, CompetencyScore
from app.competencies.queries.counts import measures, summed
from app.competencies.queries.learners import (
    LearnerFilter,
    learner_conditions,
    learners_from,
    organisation_conditions,
)
from app.competencies.rules import Mean, State, mean_of
from app.db import db
from app.paging import page_within
from app.people.models import District, Organisation, Person
from app.people.permissions import Scope
from app.people.queries.places import organisations_within
from app.people.rules.organisations import KIND_LABELS, OrganisationKind

PAGE: Final = 50  # organisations on one page

GroupKey: TypeAlias = OrganisationKind | int | None


class Grouping(StrEnum):
    """What stands in the rows."""

    KINDS = "kinds"
    DISTRICTS = "districts"
    ORGANISATIONS = "organisations"


@dataclass(frozen=True, slots=True)
class Cell:
    """A group in a competency. `mean` None: nobody has enough answers. `states`: people by state, none left out."""

    mean: Mean | None
    states: Mapping[State, int]

    @property
    def people(self) -> int:
        """Those whose score can be told."""
        return self.mean.people if self.mean else 0


@dataclass(frozen=True, slots=True)
class Group:
    """A row. `key`: a kind, or the id of a sub-district or organisation; None: people without an organisation.

    `name` None: the kind's label says it, or nothing does. A competency without any score has no cell.
    """

    key: GroupKey
    name: str | None
    district: str | None  # of an organisation
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Groups:
    """One page of the rows; `page` counts from 1, `total` is of all pages."""

    rows: tuple[Group, ...]
    total: int
    page: int = 1
    pages: int = 1


_COUNT: Final = CompetencyCount.__table__.c
_SCORE: Final = CompetencyScore.__table__.c
_KEYS: Final[Mapping[Grouping, ColumnElement[Any]]] = {
    Grouping.KINDS: Organisation.__table__.c.kind,
    Grouping.DISTRICTS: Organisation.__table__.c.district_id,
    Grouping.ORGANISATIONS: Organisation.__table__.c.id,
}


def groups_page(grouping: Grouping, wanted: LearnerFilter, within: Scope, page: int) -> Groups:
    """The groups in reach that the filter leaves, by name; organisations in pages, a page beyond the last is the last.

    Of the filter only what tells groups apart is asked: cohort, sub-district, kind and organisation.
    """
    wanted = wanted.of_groups
    if grouping is not Grouping.ORGANISATIONS:
        rows = all_groups(grouping, wanted, within)
        return Groups(rows, len(rows))
    chosen = _organisations(wanted, within)
    total = db.session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
    page, pages = page_within(total, page, PAGE)
    named = db.session.execute(chosen.limit(PAGE).offset((page - 1) * PAGE)).all()
    here = Organisation.id.in_([row.id for row in named])
    cells = _cells(grouping, wanted, within, or_(here, Organisation.id.is_(None)) if page == pages else here)
    return Groups(_rows([tuple(row) for row in named], cells), total, page, pages)


def all_groups(grouping: Grouping, wanted: LearnerFilter, within: Scope) -> tuple[Group, ...]:
    """The same, all pages of it."""
    wanted = wanted.of_groups
    if grouping is Grouping.KINDS:
        named: list[tuple[Any, ...]] = [(kind, None, None) for kind in KIND_LABELS if wanted.kind in (None, kind)]
    elif grouping is Grouping.DISTRICTS:
        named = [(*row, None) for row in db.session.execute(_districts(wanted, within))]
    else:
        named = [tuple(row) for row in db.session.execute(_organisations(wanted, within))]
    return _rows(named, _cells(grouping, wanted, within))


def whole_group(wanted: LearnerFilter, within: Scope) -> Mapping[str, Cell]:
    """All whom the filter leaves as one group: its cells by competency."""
    return _cells(None, wanted.of_groups, within).get(None, {})


def people_by_state(competency: str, wanted: LearnerFilter, within: Scope) -> Mapping[State, int]:
    """Of the same, how many have a score in one competency, by its state."""
    cells = _cells(None, wanted.of_groups, within, competency=competency).get(None, {})
    return cells[competency].states if competency in cells else {}


def _organisations(wanted: LearnerFilter, within: Scope) -> Select[Any]:
    """Organisations with anybody who is looked for, by name: id, name, sub-district."""
    return (
        select(Organisation.id, Organisation.name, District.name.label("district"))
        .join(District, District.id == Organisation.district_id)
        .where(exists().where(Person.organisation_id == Organisation.id, *learner_conditions(wanted, within)))
        .order_by(func.lower(Organisation.name), Organisation.id)
    )


def _districts(wanted: LearnerFilter, within: Scope) -> Select[Any]:
    """Sub-districts with anybody who is looked for, by name."""
    return (
        select(District.id, District.name)
        .where(
            exists().where(
                Organisation.district_id == District.id,
                Person.organisation_id == Organisation.id,
                *learner_conditions(wanted, within),
            )
        )
        .order_by(func.lower(District.name), District.id)
    )


Cells: TypeAlias = Mapping[GroupKey, Mapping[str, Cell]]


def _cells(
    grouping: Grouping | None,
    wanted: LearnerFilter,
    within: Scope,
    narrowed: ColumnElement[bool] | None = None,
    *,
    competency: str = "",
) -> Cells:
    kept = wanted.cohort_id is None and not within.courses
    key = _KEYS[grouping] if grouping else None
    sums = _kept_sums if kept else _sums_of_people
    chosen = sums(key, wanted, within, competency)
    found: dict[GroupKey, dict[str, Cell]] = defaultdict(dict)
    for row in db.session.execute(chosen if narrowed is None else chosen.where(narrowed)):
        group = OrganisationKind(row.key) if grouping is Grouping.KINDS and row.key else row.key
        states = {state: getattr(row, state.value) for state in State}
        if sum(states.values()):
            found[group][row.competency] = Cell(_mean(row), states)
    return found


def _kept_sums(key: ColumnElement[Any] | None, wanted: LearnerFilter, within: Scope, competency: str) -> Select[Any]:
    """The kept sums, where the filter and the scope only tell organisations apart; without a key those of all."""
    chosen = (
        select(_named(key), _COUNT.competency, *summed(_COUNT))
        .select_from(CompetencyCount.__table__)
        .outerjoin(Organisation, Organisation.id == _COUNT.organisation_id)
        .where(*organisation_conditions(wanted), *_in(_COUNT.competency, competency))
        .group_by(*_by(key), _COUNT.competency)
    )
    return chosen if within.everything else chosen.where(organisations_within(within))


def _sums_of_people(
    key: ColumnElement[Any] | None, wanted: LearnerFilter, within: Scope, competency: str
) -> Select[Any]:
    """The same made of the scores of those who are looked for."""
    each = (
        learners_from(select(Organisation.id.label("organisation_id"), _SCORE.competency, *measures()))
        .join(CompetencyScore.__table__, _SCORE.person_id == Person.id)
        .where(*learner_conditions(wanted, within), *_in(_SCORE.competency, competency))
        .subquery()
    )
    return (
        select(_named(key), each.c.competency, *summed(each.c))
        .select_from(each)
        .outerjoin(Organisation, Organisation.id == each.c.organisation_id)
        .group_by(*_by(key), each.c.competency)
    )


def _in(column: ColumnElement[str], competency: str) -> tuple[ColumnElement[bool], ...]:
    return (column == competency,) if competency else ()


def _named(key: ColumnElement[Any] | None) -> ColumnElement[Any]:
    return (null() if key is None else key).label("key")


def _by(key: ColumnElement[Any] | None) -> tuple[ColumnElement[Any], ...]:
    return () if key is None else (key,)


def _mean(row: Row[Any]) -> Mean | None:
    """From hundredths."""
    if not row.people:
        return None
    return mean_of(row.people, row.score_sum / 100, row.square_sum / 100**2, row.variance_sum / 100)


def _rows(named: Sequence[tuple[Any, ...]], cells: Cells) -> tuple[Group, ...]:
    """The named groups with their cells, and people without an organisation last, where there are scores of any."""
    rows = [Group(key, name, district, cells.get(key, {})) for key, name, district in named]
    return tuple([*rows, Group(None, None, None, cells[None])] if None in cells else rows)
