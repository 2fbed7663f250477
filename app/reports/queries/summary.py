"""What an office tells of a group on one sheet: courses finished, and the weakest competency."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from app.competencies.queries.groups import whole_group
from app.competencies.queries.learners import LearnerFilter, learner_conditions, learners_from
from app.competencies.rules import Mean
from app.db import db
from app.people.models import CohortCourse, CohortMember, Person
from app.people.permissions import Scope
from app.progress.models import CourseCompletion


@dataclass(frozen=True, slots=True)
class Required:
    """Of those whose cohorts have courses, how many completed every one of these courses."""

    people: int
    finished: int


def required_courses(wanted: LearnerFilter, within: Scope) -> Required:
    """A cohort's courses are required of its members; where a cohort is asked for, that one's alone."""
    completed = exists().where(
        CourseCompletion.person_id == Person.id, CourseCompletion.course_slug == CohortCourse.course_slug
    )
    missing = _course(wanted, ~completed.correlate(Person, CohortCourse))
    chosen = learners_from(select(func.count(), func.count().filter(~missing)))
    row = db.session.execute(chosen.where(_course(wanted), *learner_conditions(wanted, within))).one()
    return Required(*map(int, row))


def weakest_competency(wanted: LearnerFilter, within: Scope, competencies: Collection[str]) -> tuple[str, Mean] | None:
    """Of these competencies the one with the lowest mean of scores on enough answers; None where there is none."""
    cells = whole_group(wanted, within)
    means = {name: cells[name].mean for name in competencies if name in cells}
    told = [(name, mean) for name, mean in means.items() if mean]
    return min(told, key=lambda pair: (pair[1].score, pair[0]), default=None)


def _course(wanted: LearnerFilter, *more: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a person has a required course (of which `more` holds)."""
    asked = [] if wanted.cohort_id is None else [CohortCourse.cohort_id == wanted.cohort_id]
    joined = and_(CohortMember.cohort_id == CohortCourse.cohort_id, CohortMember.person_id == Person.id)
    return exists().where(joined, *asked, *more).correlate(Person)
