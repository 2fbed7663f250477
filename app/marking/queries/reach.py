"""Whose attempts a trainer sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true

from app.db import db
from app.errors import NotFound
from app.people.models import Person
from app.people.permissions import Scope
from app.people.queries import people_within
from app.quizzes.models import Attempt
from app.quizzes.queries import LARGEST_ID, Sheet, get_sheet


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody else's attempt as its trainer opens it."""

    sheet: Sheet
    name: str  # of whose it is


def attempts_within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Attempt` joined with `Person` that a scope sets."""
    return within_course(scope, Attempt.course_slug)


def within_course(scope: Scope, course_slug: Any) -> ColumnElement[bool]:
    """The condition that a scope sets on rows of one person in one course: `Person` joined with this column.

    Who is given a course reaches everybody's in it, and nothing that its learners do elsewhere.
    """
    if scope.everything:
        return true()
    reached: list[ColumnElement[bool]] = []
    if scope.courses:
        reached.append(course_slug.in_(sorted(scope.courses)))
    if scope.organisations or scope.places:
        reached.append(people_within(replace(scope, courses=frozenset())))
    return or_(*reached) if reached else false()


def get_reached(attempt_id: int, within: Scope) -> Reached:
    """An attempt in a trainer's reach. Raises NotFound."""
    chosen = (
        select(Person.id, Person.name)
        .join(Attempt, Attempt.person_id == Person.id)
        .where(Attempt.id == attempt_id, attempts_within(within))
    )
    row = db.session.execute(chosen).one_or_none() if attempt_id <= LARGEST_ID else None
    if row is None:
        raise NotFound
    return Reached(get_sheet(attempt_id, within=Scope(row.id)), row.name)
