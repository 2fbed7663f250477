"""Which learners the office looks for, within a scope, and how many they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, exists, func, select

from app.competencies.models import CompetencyScore
from app.competencies.queries.counts import COUNTED
from app.competencies.rules import State
from app.db import db
from app.people.models import Cohort, CohortMember, District, Organisation, Person
from app.people.permissions import Scope
from app.people.queries.people import PeopleFilter, people_conditions, people_within

PAGE: Final = 50  # learners on one page
CHUNK: Final = 1000  # people fetched at a time where all are read

_SCORE: Final = CompetencyScore.__table__.c
_ASKED: Final = CompetencyScore.__table__.alias("asked").c  # whoever asks may have joined the table itself


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
class Counts:
    """Of the learners that are looked for, signed in or not."""

    people: int
    signed_in: int  # at least once
    scored: int  # with at least one score that rests on enough questions

    @property
    def never_signed_in(self) -> int:
        """Those who have not been here yet."""
        return self.people - self.signed_in


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


def cohort_choices() -> tuple[tuple[int, str], ...]:
    """Every cohort's id and name, the newest first."""
    newest = (Cohort.starts_on.is_(None), Cohort.starts_on.desc(), Cohort.name)
    return tuple((row.id, row.name) for row in db.session.execute(select(Cohort.id, Cohort.name).order_by(*newest)))


def learners_from(chosen: Select[Any], people: FromClause = Person.__table__) -> Select[Any]:
    """A selection from people, perhaps joined already with something else of theirs, and where they work."""
    return (
        chosen.select_from(people)
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
        asked = [_ASKED.person_id == Person.id, _ASKED.competency == wanted.competency]
        conditions.append(exists().where(*asked, *([_ASKED.state == wanted.state.value] if wanted.state else [])))
    return conditions


def organisation_conditions(wanted: LearnerFilter) -> Iterator[ColumnElement[bool]]:
    """Those of them that ask for organisations, on `Organisation` alone."""
    yield from people_conditions(PeopleFilter(district_id=wanted.district_id, kind=wanted.kind))
    if wanted.organisation_id is not None:
        yield Organisation.id == wanted.organisation_id if wanted.organisation_id else Organisation.id.is_(None)
    if name := wanted.organisation.strip():
        yield Organisation.name.icontains(name, autoescape=True)
