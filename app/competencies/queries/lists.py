"""Learners one by one with their scores, by name, organisation or score: a page of them, or all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import FromClause, Row, Select, exists, func, select

from app.competencies.models import CompetencyScore
from app.competencies.queries.groups import people_by_state
from app.competencies.queries.learners import (
    CHUNK,
    PAGE,
    LearnerFilter,
    count_found,
    learner_conditions,
    learners_from,
)
from app.competencies.rules import State
from app.db import Key, Part, db, in_order, part_in_order
from app.paging import page_within
from app.people.models import District, Organisation, Person
from app.people.permissions import Scope
from app.people.rules.organisations import OrganisationKind

_PERSON: Final = Person.__table__
_SCORE: Final = CompetencyScore.__table__.c
_SCORED: Final = CompetencyScore.__table__.join(_PERSON, _PERSON.c.id == _SCORE.person_id)
_TOLD: Final = _SCORE.state != State.TOO_FEW.value


@dataclass(frozen=True, slots=True)
class Order:
    """How learners stand: by `name`, by `organisation`, or by a competency's id (those without a score last)."""

    by: str = "name"
    descending: bool = False


class Listed(NamedTuple):
    """What a list shows of a score: the fields of `rules.Score` of these names."""

    score: float
    low: float
    high: float
    questions: int
    state: State
    more: int | None

    @property
    def enough(self) -> bool:
        """Whether it rests on enough questions to be shown."""
        return self.state is not State.TOO_FEW


_LISTED: Final = tuple(_SCORE[name] for name in Listed._fields)
_STATES: Final = {state.value: state for state in State}


@dataclass(frozen=True, slots=True)
class LearnerFact:
    """A learner with all scores, or those in the competency that is asked for, also on too few questions."""

    id: int
    name: str
    organisation: str | None
    kind: OrganisationKind | None
    district: str | None
    last_signed_in_at: datetime | None  # None: never
    scores: Mapping[str, Listed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Learners:
    """One page of them; `page` counts from 1, `total` is of all pages."""

    rows: tuple[LearnerFact, ...]
    total: int
    page: int
    pages: int


class _Stretch(NamedTuple):
    """So many people who stand together, and in which order."""

    chosen: Select[Any]
    keys: Sequence[Key]
    count: int


def learners_page(wanted: LearnerFilter, within: Scope, order: Order, page: int) -> Learners:
    """Those who are looked for; a page beyond the last is the last."""
    stretches = _stretches(wanted, within, order)
    total = sum(each.count for each in stretches)
    page, pages = page_within(total, page, PAGE)
    first, rows = (page - 1) * PAGE, list[Row[Any]]()
    for each in stretches:
        if len(rows) < PAGE and first < each.count:
            rows += part_in_order(each.chosen, each.keys, Part(first, PAGE - len(rows), each.count))
        first = max(0, first - each.count)
    return Learners(tuple(_facts(rows, wanted)), total, page, pages)


def all_learners(wanted: LearnerFilter, within: Scope, order: Order) -> Iterator[LearnerFact]:
    """Every learner who is looked for, fetched bit by bit: their number does not matter to memory."""
    return chain.from_iterable(_people_of(each, wanted) for each in _stretches(wanted, within, order))


def _people_of(stretch: _Stretch, wanted: LearnerFilter) -> Iterator[LearnerFact]:
    chosen = stretch.chosen.order_by(*in_order(stretch.keys))
    with db.session.execute(chosen, execution_options={"yield_per": CHUNK}) as rows:
        for some in rows.partitions():  # closed where nobody reads on
            yield from _facts(some, wanted)


def _stretches(wanted: LearnerFilter, within: Scope, order: Order) -> list[_Stretch]:
    """All of them by name or by organisation; by a competency those whose score can be told, and then the others by
    name: so each part stands as an index does.
    """
    everybody = _people(_PERSON).where(*learner_conditions(wanted, within))
    if order.by == "name":
        return [_Stretch(everybody, _by_name(descending=order.descending), _count(wanted, within))]
    if order.by == "organisation":
        name = Key(func.lower(Organisation.name), order.descending)
        keys = (Key(Organisation.name.is_(None)), name, *_by_name())
        return [_Stretch(everybody, keys, _count(wanted, within))]
    by_score = (Key(_SCORE.score, order.descending), *_by_name())
    in_it = _SCORE.competency == order.by
    if wanted.competency == order.by:
        scored = _people(_SCORED).where(in_it, *learner_conditions(_of_people(wanted), within))
        states = _states(order.by, wanted, within)
        few = states.pop(State.TOO_FEW, 0)
        if wanted.state:
            scored = scored.where(_SCORE.state == wanted.state.value)
        return [
            _Stretch(scored.where(_TOLD), by_score, sum(states.values())),
            _Stretch(scored.where(~_TOLD), _by_name(), few),
        ]
    told = _people(_SCORED).where(in_it, _TOLD, *learner_conditions(wanted, within))
    known = db.session.scalar(select(func.count()).select_from(told.subquery())) or 0
    others = everybody.where(~exists().where(_SCORE.person_id == Person.id, in_it, _TOLD))
    return [_Stretch(told, by_score, known), _Stretch(others, _by_name(), _count(wanted, within) - known)]


def _people(source: FromClause) -> Select[Any]:
    columns = (
        Person.id, Person.name, Organisation.name.label("organisation"), Organisation.kind,
        District.name.label("district"), Person.last_signed_in_at,
    )  # fmt: skip
    return learners_from(select(*columns), source)


def _by_name(*, descending: bool = False) -> tuple[Key, ...]:
    return Key(func.lower(Person.name), descending), Key(_PERSON.c.id, descending)


def _count(wanted: LearnerFilter, within: Scope) -> int:
    if wanted.competency:
        return sum(_states(wanted.competency, wanted, within).values())
    return count_found(wanted, within)


def _states(competency: str, wanted: LearnerFilter, within: Scope) -> dict[State, int]:
    """Of those who are looked for, how many have a score in a competency, by its state."""
    people = _of_people(wanted)
    if people == people.of_groups:
        found = dict(people_by_state(competency, people, within))
    else:
        chosen = learners_from(select(_SCORE.state, func.count()), _SCORED).group_by(_SCORE.state)
        conditions = _SCORE.competency == competency, *learner_conditions(people, within)
        found = {_STATES[state]: count for state, count in db.session.execute(chosen.where(*conditions))}
    return {state: count for state, count in found.items() if wanted.state in (None, state)}


def _of_people(wanted: LearnerFilter) -> LearnerFilter:
    """Of what is looked for what tells people apart, whatever their scores."""
    return replace(wanted, competency="", state=None)


def _facts(rows: Sequence[Row[Any]], wanted: LearnerFilter) -> Iterator[LearnerFact]:
    scores = _scores_of([row.id for row in rows], wanted)
    for person_id, name, organisation, kind, district, seen in rows:
        yield LearnerFact(person_id, name, organisation, _kind(kind), district, seen, scores.get(person_id, {}))


def _scores_of(people: Sequence[int], wanted: LearnerFilter) -> Mapping[int, Mapping[str, Listed]]:
    """Apart from the people: a row of theirs would be repeated for each score."""
    chosen = select(_SCORE.person_id, _SCORE.competency, *_LISTED).where(_SCORE.person_id.in_(people))
    if wanted.competency:
        chosen = chosen.where(_SCORE.competency == wanted.competency)
    found: dict[int, dict[str, Listed]] = defaultdict(dict)
    for person_id, competency, score, low, high, questions, state, more in db.session.connection().execute(chosen):
        found[person_id][competency] = Listed(score, low, high, questions, _STATES[state], more)
    return found


def _kind(stored: str | None) -> OrganisationKind | None:
    return OrganisationKind(stored) if stored else None
