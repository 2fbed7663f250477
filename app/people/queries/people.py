"""Accounts as the office sees them, always within a scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, false, func, or_, select, true

from app.db import db
from app.errors import NotFound
from app.paging import page_within
from app.people.models import CohortCourse, CohortMember, District, GrantRow, Organisation, Person
from app.people.permissions import Action, Grant, Role, Scope, ScopeKind, scope_for
from app.people.queries.places import DistrictFact, OrganisationFact, ids
from app.people.rules.names import normal_phone, normal_user_name
from app.people.rules.organisations import OrganisationKind

PAGE: Final = 50  # people on one page


@dataclass(frozen=True, slots=True)
class PersonFact:
    """An account as the office sees it; nothing of its password."""

    id: int
    name: str
    user_name: str
    phone: str | None
    language: str
    active: bool
    must_change_password: bool
    created_at: datetime
    first_signed_in_at: datetime | None
    last_signed_in_at: datetime | None
    organisation: OrganisationFact | None
    grants: tuple[Grant, ...]

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held, whatever its scope."""
        return frozenset(grant.role for grant in self.grants)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """What is looked for; None, "" and False ask nothing."""

    text: str = ""  # part of a name or user name, or a whole phone number
    organisation_id: int | None = None
    district_id: int | None = None
    kind: OrganisationKind | None = None
    cohort_id: int | None = None
    never_signed_in: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of those found. `page` counts from 1; `total` is of all pages."""

    people: tuple[PersonFact, ...]
    total: int
    page: int
    pages: int


_PERSON: Final = (
    select(
        Person.id,
        Person.name,
        Person.user_name,
        Person.phone,
        Person.language,
        Person.active,
        Person.must_change_password,
        Person.created_at,
        Person.first_signed_in_at,
        Person.last_signed_in_at,
        Organisation.id.label("organisation_id"),
        Organisation.name.label("organisation_name"),
        Organisation.kind,
        District.id.label("district_id"),
        District.name.label("district_name"),
    )
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .outerjoin(District, District.id == Organisation.district_id)
)


def people_within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Person` rows that a scope sets; a scope of nothing but oneself reaches oneself.

    For statements that select from or join `Person`; the rest it brings along in sub-selects.
    """
    if scope.everything:
        return true()
    reached: list[ColumnElement[bool]] = []
    if scope.organisations:
        reached.append(Person.organisation_id.in_(ids(scope.organisations)))
    if scope.places:
        standing = select(Organisation.id).where(Organisation.district_id.in_(ids(scope.places)))
        reached.append(Person.organisation_id.in_(standing))
    if scope.courses:
        learning = (
            select(CohortMember.person_id)
            .join(CohortCourse, CohortCourse.cohort_id == CohortMember.cohort_id)
            .where(CohortCourse.course_slug.in_(sorted(scope.courses)))
        )
        reached.append(Person.id.in_(learning))
    return or_(*reached) if reached else Person.id == scope.person_id


def work_within(scope: Scope, course_slug: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that a scope sets on what people did, told by the column with its course, joined with `Person`.

    Who is given a course reaches everybody's work in it, and nothing that its learners do elsewhere.
    """
    if scope.everything:
        return true()
    reached: list[ColumnElement[bool]] = []
    if scope.courses:
        reached.append(course_slug.in_(sorted(scope.courses)))
    if scope.organisations or scope.places:
        reached.append(people_within(replace(scope, courses=frozenset())))
    return or_(*reached) if reached else false()


def get_person(person_id: int, within: Scope) -> PersonFact:
    """An account in reach, active or not. Raises NotFound."""
    row = db.session.execute(_PERSON.where(Person.id == person_id, people_within(within))).one_or_none()
    if row is None:
        raise NotFound
    return _facts([row])[0]


def person_named(login: str, region: str = "ID") -> PersonFact | None:
    """The account with this user name or phone: for commands, which reach everybody. None where there is none."""
    matching = or_(Person.user_name == normal_user_name(login), Person.phone == (normal_phone(login, region) or ""))
    row = db.session.execute(_PERSON.where(matching)).one_or_none()
    return _facts([row])[0] if row else None


def find_people(wanted: PeopleFilter, within: Scope, page: int = 1, region: str = "ID") -> PeoplePage:
    """Those who match all that is asked, by name. A page beyond the last is the last."""
    matching = [people_within(within), *people_conditions(wanted, region)]
    counted = (
        select(func.count(Person.id))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(*matching)
    )
    total = db.session.scalar(counted) or 0
    page, pages = page_within(total, page, PAGE)
    chosen = _PERSON.where(*matching).order_by(Person.name, Person.id).limit(PAGE).offset((page - 1) * PAGE)
    return PeoplePage(_facts(db.session.execute(chosen).all()), total, page, pages)


def namesakes(name: str, organisation_id: int | None) -> tuple[PersonFact, ...]:
    """Accounts of the same name (letters' case aside) at the same organisation: perhaps the same person."""
    return people_facts(
        func.lower(Person.name) == name.lower(), Person.organisation_id.is_not_distinct_from(organisation_id)
    )


def people_facts(*conditions: ColumnElement[bool]) -> tuple[PersonFact, ...]:
    """Everybody who meets the conditions on `Person`, by name. The scope is one of them."""
    chosen = _PERSON.where(*conditions).order_by(Person.name, Person.id)
    return _facts(db.session.execute(chosen).all())


def grants_of(person_id: int) -> tuple[Grant, ...]:
    """A person's grants, oldest first."""
    return _grants([person_id]).get(person_id, ())


def scope_of(action: Action, person_id: int) -> Scope | None:
    """How far somebody may do an action who is not the one that asks; None: not at all, or their account is closed."""
    found = people_facts(Person.id == person_id, Person.active)
    return scope_for(action, person_id, found[0].grants) if found else None


def people_conditions(wanted: PeopleFilter, region: str = "ID") -> Iterable[ColumnElement[bool]]:
    """The conditions that are asked for, on `Person` joined (outer) with `Organisation`."""
    text = wanted.text.strip()
    if text:
        parts = [Person.name.icontains(text, autoescape=True), Person.user_name.icontains(text, autoescape=True)]
        phone = normal_phone(text, region)
        yield or_(*parts, Person.phone == phone) if phone else or_(*parts)
    if wanted.organisation_id is not None:
        yield Organisation.id == wanted.organisation_id
    if wanted.district_id is not None:
        yield Organisation.district_id == wanted.district_id
    if wanted.kind is not None:
        yield Organisation.kind == wanted.kind.value
    if wanted.cohort_id is not None:
        yield exists().where(CohortMember.person_id == Person.id, CohortMember.cohort_id == wanted.cohort_id)
    if wanted.never_signed_in:
        yield Person.first_signed_in_at.is_(None)


def _facts(rows: Iterable[Any]) -> tuple[PersonFact, ...]:
    rows = list(rows)
    grants = _grants([row.id for row in rows])
    return tuple(
        PersonFact(*row[:10], _organisation(row), grants.get(row.id, ()))  # type: ignore[call-arg]  # ten columns in order
        for row in rows
    )


def _organisation(row: Any) -> OrganisationFact | None:
    if row.organisation_id is None:
        return None
    district = DistrictFact(row.district_id, row.district_name)
    return OrganisationFact(row.organisation_id, row.organisation_name, OrganisationKind(row.kind), district)


def _grants(person_ids: list[int]) -> dict[int, tuple[Grant, ...]]:
    if not person_ids:
        return {}
    chosen = select(GrantRow).where(GrantRow.person_id.in_(person_ids)).order_by(GrantRow.id)
    found: defaultdict[int, list[Grant]] = defaultdict(list)
    for row in db.session.execute(chosen.with_only_columns(*GrantRow.__table__.c)):
        found[row.person_id].append(Grant(Role(row.role), ScopeKind(row.scope_kind), row.scope_id))
    return {person_id: tuple(grants) for person_id, grants in found.items()}
