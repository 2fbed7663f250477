"""Many learners by competency, as the office sees them: read from the projection alone, within a scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select

from app.competencies.models import CompetencyScore
from app.competencies.queries.counts import COUNTED
from app.competencies.rules import State
from app.db import db
from app.people.models import Cohort, CohortMember, District, Organisation, Person
from app.people.permissions import Scope
from app.people.queries.people import PeopleFilter, people_conditions, people_within
from app.people.rules.organisations import OrganisationKind

PAGE: Final = 50  # learners on one page
CHUNK: Final = 1000  # people fetched at a time where all are read

_SCORE: Final = CompetencyScore.__table__.c


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerFilter(PeopleFilter):
    """What is looked for among learners; None, "" and False ask nothing.

    An `organisation_id` of 0 asks for people without an organisation. `competency` leaves those who have a score in it,
    also on too few answers; `state` asks for one in that competency.
    """

    organisation: str = ""  # part of its name
    competency: str = ""
    state: State | None = None

    @property
    def of_groups(self) -> LearnerFilter:
        """Of all this what tells groups apart: cohort, sub-district, kind and organisation."""
        return replace(LearnerFilter(), **{name: getattr(self, name) for name in _OF_GROUPS})


_OF_GROUPS: Final = ("organisation", "organisation_id", "district_id", "kind", "cohort_id")


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


def count_learners(wanted: LearnerFilter, within: Scope) -> Counts:
    """How many are looked for, how many of them came and have a score."""
    scored = exists().where(_SCORE.person_id == Person.id, _SCORE.state != State.TOO_FEW.value)
    numbers = (func.count(), func.count(Person.first_signed_in_at), func.count().filter(scored))
    chosen = learners_from(select(*numbers)).where(*learner_conditions(wanted, within))
    return Counts(*map(int, db.session.execute(chosen).one()))


def count_found(wanted: LearnerFilter, within: Scope) -> int:
    """How many are looked for."""
    chosen = learners_from(select(func.count())).where(*learner_conditions(wanted, within))
    return db.session.scalar(chosen) or 0


def learners_page(wanted: LearnerFilter, within: Scope, order: Order, page: int) -> tuple[LearnerFact, ...]:
    """The learners of one page, counted from 1."""
    chosen = _ordered(wanted, within, order).limit(PAGE).offset((page - 1) * PAGE)
    return tuple(_facts(db.session.execute(chosen).all(), wanted))


def all_learners(wanted: LearnerFilter, within: Scope, order: Order) -> Iterator[LearnerFact]:
    """Every learner who is looked for, fetched bit by bit: their number does not matter to memory."""
    chosen = _ordered(wanted, within, order)
    with db.session.execute(chosen, execution_options={"yield_per": CHUNK}) as rows:
        for part in rows.partitions():  # closed where nobody reads on
            yield from _facts(part, wanted)


def cohort_choices() -> tuple[tuple[int, str], ...]:
    """Every cohort's id and name, the newest first."""
    newest = (Cohort.starts_on.is_(None), Cohort.starts_on.desc(), Cohort.name)
    return tuple((row.id, row.name) for row in db.session.execute(select(Cohort.id, Cohort.name).order_by(*newest)))


def learners_from(chosen: Select[Any]) -> Select[Any]:
    """A selection from people joined with where they work."""
    return (
        chosen.select_from(Person)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(District, District.id == Organisation.district_id)
    )


def learner_conditions(wanted: LearnerFilter, within: Scope) -> list[ColumnElement[bool]]:
    """The conditions on people joined (outer) with their organisation: active learners in reach who are looked for."""
    # what organisations are asked for is said by `organisation_conditions`
    of_people = PeopleFilter(text=wanted.text, never_signed_in=wanted.never_signed_in)
    conditions = [*COUNTED, people_within(within), *people_conditions(of_people), *organisation_conditions(wanted)]
    if wanted.cohort_id is not None:  # a list of ids: SQLite then begins with the cohort, not with everybody
        members = select(CohortMember.person_id).where(CohortMember.cohort_id == wanted.cohort_id)
        conditions.append(Person.id.in_(members))
    if wanted.competency:
        asked = [_SCORE.person_id == Person.id, _SCORE.competency == wanted.competency]
        conditions.append(exists().where(*asked, *([_SCORE.state == wanted.state.value] if wanted.state else [])))
    return conditions


def organisation_conditions(wanted: LearnerFilter) -> Iterator[ColumnElement[bool]]:
    """Those of them that ask for organisations, on `Organisation` alone."""
    yield from people_conditions(PeopleFilter(district_id=wanted.district_id, kind=wanted.kind))
    if wanted.organisation_id is not None:
        yield Organisation.id == wanted.organisation_id if wanted.organisation_id else Organisation.id.is_(None)
    if name := wanted.organisation.strip():
        yield Organisation.name.icontains(name, autoescape=True)


def _ordered(wanted: LearnerFilter, within: Scope, order: Order) -> Select[Any]:
    chosen = learners_from(select(
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
            sorting.c.person_id == Person.id, sorting.c.competency == order.by, sorting.c.state != State.TOO_FEW.value
        )
        chosen = chosen.outerjoin(sorting, enough)
        keys = (sorting.c.score.is_(None), _turned(sorting.c.score, order), *by_name)
    return chosen.where(*learner_conditions(wanted, within)).order_by(*keys)


def _turned(key: ColumnElement[Any], order: Order) -> ColumnElement[Any]:
    return key.desc() if order.descending else key.asc()


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
