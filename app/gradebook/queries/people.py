"""Who learns a course, as far as a trainer reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select

from app.content.course import Course
from app.db import Key, Part, db, part_in_order
from app.errors import NotFound
from app.gradebook.rules.at_risk import Membership
from app.people.models import Cohort, CohortCourse, CohortMember, GrantRow, Organisation, Person
from app.people.permissions import Role, Scope
from app.people.queries import PeopleFilter, people_within, work_within
from app.people.queries.people import people_conditions
from app.progress.queries import PEOPLE_AT_ONCE
from app.quizzes.models import Attempt, FormTaken
from app.tasks.models import TaskVersion

LARGEST_ID: Final = 2**31 - 1  # a larger number in an address names nothing


@dataclass(frozen=True, slots=True)
class CoursePerson:
    """Somebody who learns a course. `organisation` "" where none is kept."""

    id: int
    name: str
    organisation: str
    language: str
    created_at: datetime
    first_signed_in_at: datetime | None  # None: never


@dataclass(frozen=True, slots=True)
class Choice:
    """A cohort or an organisation that the list can be narrowed to."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class FirstForms:
    """How many people take form A before and B after, and how many the other way round. `pair` None: without a name."""

    pair: str | None
    a_first: int
    b_first: int


def people_ids(course: Course, wanted: PeopleFilter, within: Scope) -> list[int]:
    """Those who learn a course, by name: who is in a cohort with it and, where it is open to everybody, whatever
    learner has taken a quiz or begun a task of it.
    """
    chosen = _learning(select(Person.id), course, within).where(*people_conditions(wanted))
    return list(db.session.scalars(chosen.order_by(func.lower(Person.name), Person.id)))


def count_people(course: Course, wanted: PeopleFilter, within: Scope) -> int:
    """How many they are."""
    chosen = _learning(select(func.count()), course, within).where(*people_conditions(wanted))
    return db.session.scalar(chosen) or 0


def people_slice(course: Course, wanted: PeopleFilter, within: Scope, part: Part, *, descending: bool) -> list[int]:
    """A part of them, by name."""
    keys = [Key(each, descending) for each in (func.lower(Person.name), Person.__table__.c.id)]
    chosen = _learning(select(Person.id), course, within).where(*people_conditions(wanted))
    return [row.id for row in part_in_order(chosen, keys, part)]


def get_course_person(course: Course, person_id: int, within: Scope) -> CoursePerson:
    """One of them. Raises NotFound."""
    if (
        person_id > LARGEST_ID
        or not db.session.scalars(_learning(select(Person.id), course, within).where(Person.id == person_id)).all()
    ):
        raise NotFound
    return people_of([person_id])[0]


def people_of(ids: Collection[int]) -> list[CoursePerson]:
    """Of ids that `people_ids` gave, in their order."""
    chosen = (
        select(
            Person.id, Person.name, func.coalesce(Organisation.name, ""), Person.language, Person.created_at,
            Person.first_signed_in_at,
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.id.in_(ids))
    )  # fmt: skip
    found = {row.id: CoursePerson(*row) for row in db.session.execute(chosen)}
    return [found[each] for each in ids if each in found]


def at_once(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many of them as one statement names, and so on, in their order."""
    return (ids[start : start + PEOPLE_AT_ONCE] for start in range(0, len(ids), PEOPLE_AT_ONCE))


def phones_of(ids: Collection[int], within: Scope) -> dict[int, str]:
    """The phone numbers (E.164) of those of them whose accounts `within` reaches; who has none is left out."""
    chosen = select(Person.id, Person.phone).where(
        Person.id.in_(ids), Person.phone.is_not(None), people_within(within)
    )  # fmt: skip
    return {row.id: row.phone for row in db.session.execute(chosen)}


def memberships_of(ids: Collection[int], course: Course) -> dict[int, list[Membership]]:
    """The cohorts that learn the course, of each of them who is in any."""
    chosen = (
        select(CohortMember.person_id, Cohort.starts_on, Cohort.ends_on)
        .join(CohortCourse, CohortCourse.cohort_id == CohortMember.cohort_id)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(CohortCourse.course_slug == course.slug, CohortMember.person_id.in_(ids))
    )
    found: dict[int, list[Membership]] = {}
    for person_id, starts_on, ends_on in db.session.execute(chosen):
        found.setdefault(person_id, []).append(Membership(starts_on, ends_on))
    return found


def first_forms(course: Course, wanted: PeopleFilter, within: Scope) -> tuple[FirstForms, ...]:
    """Of those who learn the course, how many take which form first, for each pair of tests in two forms."""
    looked_for = _learning(select(Person.id), course, within).where(*people_conditions(wanted))
    chosen = (
        select(FormTaken.pair, FormTaken.first_form, func.count())
        .where(FormTaken.course_slug == course.slug, FormTaken.person_id.in_(looked_for))
        .group_by(FormTaken.pair, FormTaken.first_form)
    )
    found = Counter({(pair or None, form): count for pair, form, count in db.session.execute(chosen)})
    pairs = dict.fromkeys(each.pair for each in course.forms.values())
    for pair in pairs:
        found.update(_begun_before(course, pair, looked_for))
    return tuple(FirstForms(pair, found[pair, "A"], found[pair, "B"]) for pair in pairs)


def _begun_before(course: Course, pair: str | None, people: Select[Any]) -> Counter[tuple[str | None, str]]:
    """The same of those for whom nothing was drawn: they had begun before there were two forms."""
    forms = {quiz_id: each for quiz_id, each in course.forms.items() if each.pair == pair}
    drawn = exists().where(
        FormTaken.person_id == Attempt.person_id, FormTaken.course_slug == course.slug, FormTaken.pair == (pair or "")
    )
    first = (
        select(func.min(Attempt.id))
        .where(
            Attempt.course_slug == course.slug, Attempt.quiz_id.in_(sorted(forms)), Attempt.state != "deleted",
            Attempt.person_id.in_(people), ~drawn,
        )
        .group_by(Attempt.person_id)
    )  # fmt: skip
    counts = select(Attempt.quiz_id, func.count()).where(Attempt.id.in_(first)).group_by(Attempt.quiz_id)
    found: Counter[tuple[str | None, str]] = Counter()
    for quiz_id, count in db.session.execute(counts):
        found[pair, forms[quiz_id].first_of(quiz_id)] += count
    return found


def cohort_choices(course: Course) -> tuple[Choice, ...]:
    """The cohorts that learn the course, by name."""
    chosen = (
        select(Cohort.id, Cohort.name)
        .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
        .where(CohortCourse.course_slug == course.slug)
        .order_by(Cohort.name)
    )
    return tuple(Choice(*row) for row in db.session.execute(chosen))


def organisation_choices(course: Course, within: Scope) -> tuple[Choice, ...]:
    """Where those in reach work or read, by name."""
    of_people = _learning(select(Person.organisation_id), course, within)
    chosen = select(Organisation.id, Organisation.name).where(Organisation.id.in_(of_people))
    return tuple(Choice(*row) for row in db.session.execute(chosen.order_by(Organisation.name, Organisation.id)))


def _learning(chosen: Select[Any], course: Course, within: Scope) -> Select[Any]:
    """Of people: those with an active account who learn the course, in reach."""
    return (
        chosen.select_from(Person)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.active, _learns(course), work_within(within, literal(course.slug)))
    )


def _learns(course: Course) -> ColumnElement[bool]:
    enrolled = Person.id.in_(
        select(CohortMember.person_id)
        .join(CohortCourse, CohortCourse.cohort_id == CohortMember.cohort_id)
        .where(CohortCourse.course_slug == course.slug)
    )
    if not course.open:
        return enrolled
    took = select(Attempt.person_id).where(Attempt.course_slug == course.slug, Attempt.state != "deleted")
    made = select(TaskVersion.person_id).where(TaskVersion.course_slug == course.slug)
    learner = exists().where(GrantRow.person_id == Person.id, GrantRow.role == Role.LEARNER.value)
    return or_(enrolled, and_(learner, or_(Person.id.in_(took), Person.id.in_(made))))
