"""Cohorts: their members and courses, and what they put on a person's shelf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, func, select

from app.db import db, read
from app.errors import NotFound
from app.people.models import Cohort, CohortCourse, CohortMember, Person
from app.people.permissions import Scope
from app.people.queries.people import PersonFact, people_facts, people_within


@dataclass(frozen=True, slots=True)
class CohortFact:
    """A group that learns together. Without dates it has always begun and never ends."""

    id: int
    name: str
    starts_on: date | None
    ends_on: date | None
    has_path: bool


@dataclass(frozen=True, slots=True)
class CohortCount:
    """A cohort with the number of its members in reach and of its courses."""

    cohort: CohortFact
    members: int
    courses: int


@dataclass(frozen=True, slots=True)
class ShelfCourse:
    """A course that a cohort puts on a person's shelf. `position` counts from 1, None where no order is recommended."""

    slug: str
    position: int | None
    cohort_name: str
    on_path: bool


_COHORT: Final = select(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on, Cohort.has_path)
_NEWEST_FIRST: Final = (Cohort.starts_on.is_(None), Cohort.starts_on.desc(), Cohort.name)
_COHORTS_OF: Final = (
    _COHORT.join(CohortMember, CohortMember.cohort_id == Cohort.id)
    .where(CohortMember.person_id == bindparam("person_id"))
    .order_by(*_NEWEST_FIRST)
)
_NEWEST_WITH: Final = (
    select(Cohort.id)
    .join(CohortMember, CohortMember.cohort_id == Cohort.id)
    .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
    .where(CohortMember.person_id == bindparam("person_id"), CohortCourse.course_slug == bindparam("slug"))
    .order_by(*_NEWEST_FIRST)
    .limit(1)
)
_SHELF: Final = (
    select(CohortCourse.course_slug, CohortCourse.position, Cohort.name, Cohort.has_path)
    .join(CohortMember, CohortMember.cohort_id == CohortCourse.cohort_id)
    .join(Cohort, Cohort.id == CohortCourse.cohort_id)
    .where(CohortMember.person_id == bindparam("person_id"))
    .order_by(Cohort.has_path.desc(), *_NEWEST_FIRST, CohortCourse.position)
)


_ENROLLED: Final = (
    select(func.count(Person.id.distinct()))
    .join(CohortMember, CohortMember.person_id == Person.id)
    .join(CohortCourse, CohortCourse.cohort_id == CohortMember.cohort_id)
    .where(CohortCourse.course_slug == bindparam("slug"), Person.active)
)
_EVERYBODY: Final = select(func.count(Person.id)).where(Person.active)


def count_learners(course_slug: str, *, everybody: bool) -> int:
    """How many active people have a course on their shelf. `everybody`: it is open, so all who have an account."""
    statement = _EVERYBODY if everybody else _ENROLLED
    return int(read(statement, {} if everybody else {"slug": course_slug})[0][0])


def shelf_courses(person_id: int) -> tuple[ShelfCourse, ...]:
    """The courses of the person's cohorts, each once: those on a path first and in its order, newer cohorts first."""
    found: dict[str, ShelfCourse] = {}
    for slug, position, name, has_path in read(_SHELF, {"person_id": person_id}):
        found.setdefault(slug, ShelfCourse(slug, position if has_path else None, name, has_path))
    return tuple(found.values())


def newest_cohort_with(person_id: int, course_slug: str) -> int | None:
    """The id of the newest cohort that learns a course with this person; None: the person is in none."""
    rows = read(_NEWEST_WITH, {"person_id": person_id, "slug": course_slug})
    return int(rows[0].id) if rows else None


def cohorts_of(person_id: int) -> tuple[CohortFact, ...]:
    """The cohorts a person is in, the newest first."""
    return tuple(CohortFact(*row) for row in db.session.execute(_COHORTS_OF, {"person_id": person_id}))


def cohorts(within: Scope) -> tuple[CohortCount, ...]:
    """Every cohort, the newest first. A cohort's name is nobody's secret; its members are counted only in reach."""
    members = (
        select(func.count())
        .select_from(CohortMember)
        .join(Person, Person.id == CohortMember.person_id)
        .where(CohortMember.cohort_id == Cohort.id, people_within(within))
        .correlate(Cohort)
        .scalar_subquery()
    )
    courses = (
        select(func.count())
        .select_from(CohortCourse)
        .where(CohortCourse.cohort_id == Cohort.id)
        .correlate(Cohort)
        .scalar_subquery()
    )
    chosen = _COHORT.add_columns(members.label("members"), courses.label("courses")).order_by(*_NEWEST_FIRST)
    return tuple(CohortCount(CohortFact(*row[:5]), row.members, row.courses) for row in db.session.execute(chosen))


def get_cohort(cohort_id: int) -> CohortFact:
    """One cohort. Raises NotFound."""
    row = db.session.execute(_COHORT.where(Cohort.id == cohort_id)).one_or_none()
    if row is None:
        raise NotFound
    return CohortFact(*row)


def cohort_named(name: str) -> CohortFact | None:
    """The cohort of this exact name; None where there is none."""
    row = db.session.execute(_COHORT.where(Cohort.name == name)).one_or_none()
    return CohortFact(*row) if row else None


def cohort_courses(cohort_id: int) -> tuple[str, ...]:
    """The slugs of its courses, in their order."""
    chosen = select(CohortCourse.course_slug).where(CohortCourse.cohort_id == cohort_id).order_by(CohortCourse.position)
    return tuple(db.session.scalars(chosen))


def cohort_members(cohort_id: int, within: Scope) -> tuple[PersonFact, ...]:
    """Its members in reach, by name, the inactive too."""
    joined = select(CohortMember.person_id).where(CohortMember.cohort_id == cohort_id)
    return people_facts(Person.id.in_(joined), people_within(within))
