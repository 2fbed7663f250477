"""What people and cohorts were granted at a quiz, as far as a trainer reaches, and to whom more may be granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, exists, or_, select

from app.db import db, read_one
from app.errors import NotFound
from app.people.models import Cohort, CohortCourse, Person
from app.people.permissions import Scope
from app.people.queries import people_within, work_within
from app.people.rules.names import normal_phone, normal_user_name
from app.quizzes.granting import Whom
from app.quizzes.models import Attempt, OverrideRow
from app.quizzes.queries import LARGEST_ID
from app.quizzes.rules.limits import Grant


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """What was granted to a person or a cohort at one quiz. `user_name` "" for a cohort."""

    id: int
    course_slug: str
    quiz_id: str
    whom: Whom
    name: str
    user_name: str
    grant: Grant
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody to whom something may be granted: a person or a cohort."""

    id: int
    name: str


_OVERRIDE: Final = OverrideRow.__table__.c
_LISTED: Final = (
    select(*_OVERRIDE, Person.__table__.c.name, Person.__table__.c.user_name, Cohort.__table__.c.name.label("cohort"))
    .select_from(OverrideRow.__table__)
    .outerjoin(Person.__table__, Person.__table__.c.id == _OVERRIDE.person_id)
    .outerjoin(Cohort.__table__, Cohort.__table__.c.id == _OVERRIDE.cohort_id)
)
_OF_WHOM: Final = _LISTED.where(
    _OVERRIDE.course_slug == bindparam("course"),
    _OVERRIDE.quiz_id == bindparam("quiz"),
    or_(_OVERRIDE.person_id == bindparam("person"), _OVERRIDE.cohort_id == bindparam("cohort")),
).with_for_update(of=OverrideRow.__table__)


def overrides_at(course_slug: str, quiz_id: str, within: Scope) -> tuple[OverrideFact, ...]:
    """What was granted at a quiz, cohorts first, in reach.

    Whoever has the course reaches all of it; whoever has people, what was granted to them.
    """
    chosen = _LISTED.where(
        OverrideRow.course_slug == course_slug,
        OverrideRow.quiz_id == quiz_id,
        work_within(within, OverrideRow.course_slug),
    ).order_by(Cohort.name.is_(None), Cohort.name, Person.name, OverrideRow.id)
    return tuple(_fact(row) for row in db.session.execute(chosen))


def get_override(override_id: int, within: Scope) -> OverrideFact:
    """One of them. Raises NotFound."""
    chosen = _LISTED.where(OverrideRow.id == override_id, work_within(within, OverrideRow.course_slug))
    row = db.session.execute(chosen).one_or_none() if override_id <= LARGEST_ID else None
    if row is None:
        raise NotFound
    return _fact(row)


def override_of(course_slug: str, quiz_id: str, whom: Whom) -> OverrideFact | None:
    """What was granted to a person or a cohort; None where nothing was. Kept from others until its transaction ends."""
    values = {"course": course_slug, "quiz": quiz_id, "person": whom.person_id, "cohort": whom.cohort_id}
    row = read_one(_OF_WHOM, values)
    return _fact(row) if row else None


def learner_named(login: str, course_slug: str, within: Scope, region: str) -> Named | None:
    """The person of this user name or phone, in reach; None where there is none."""
    phone = normal_phone(login, region) or ""
    return _learner(or_(Person.user_name == normal_user_name(login), Person.phone == phone), course_slug, within)


def learner_numbered(person_id: int | None, course_slug: str, within: Scope) -> Named | None:
    """The person of this id, in reach; None where there is none."""
    return None if person_id is None else _learner(Person.id == person_id, course_slug, within)


def cohorts_with(course_slug: str, within: Scope) -> tuple[Named, ...]:
    """The cohorts that learn a course, by name; none for whoever has not the whole course."""
    if not has_course(course_slug, within):
        return ()
    chosen = (
        select(Cohort.id, Cohort.name)
        .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
        .where(CohortCourse.course_slug == course_slug)
        .order_by(Cohort.name)
    )
    return tuple(Named(row.id, row.name) for row in db.session.execute(chosen))


def has_course(course_slug: str, within: Scope) -> bool:
    """Whether a scope reaches all of a course, and with it its cohorts."""
    return within.everything or course_slug in within.courses


def _learner(who: ColumnElement[bool], course_slug: str, within: Scope) -> Named | None:
    reached = people_within(within)
    if course_slug in within.courses:
        took = exists().where(Attempt.person_id == Person.id, Attempt.course_slug == course_slug)
        granted = exists().where(OverrideRow.person_id == Person.id, OverrideRow.course_slug == course_slug)
        reached = or_(reached, took, granted)
    row = db.session.execute(select(Person.id, Person.name).where(who, reached)).one_or_none()
    return None if row is None else Named(row.id, row.name)


def _fact(row: Any) -> OverrideFact:
    minutes = None if row.minutes is None else timedelta(minutes=row.minutes)
    return OverrideFact(
        row.id,
        row.course_slug,
        row.quiz_id,
        Whom(row.person_id, row.cohort_id),
        row.cohort or row.name,
        row.user_name or "",
        Grant(row.opens_at, row.closes_at, minutes, row.attempts),
        row.changed_at,
    )
