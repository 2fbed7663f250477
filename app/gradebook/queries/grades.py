"""Grades of a course: what quizzes and tasks gave, what was changed by hand, and how they count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select

from app.content.activities import Quiz, TestForm
from app.content.course import Course
from app.db import db, read
from app.gradebook.models import Gradebook, GradebookWeight, GradeOverride
from app.gradebook.queries.people import CoursePerson, at_once, people_of
from app.gradebook.rules.grades import (
    Cell,
    Earned,
    GradeChange,
    GradedActivity,
    Total,
    Weighting,
    graded_activities,
    sorted_ids,
    total,
)
from app.people.models import Person
from app.progress.queries import GRADED, facts_of_people
from app.progress.rules import NOTHING_DONE, CourseFacts, is_pretest
from app.quizzes.rules.grading import passes
from app.tasks.models import TaskVerdict, TaskVersion

BY_NAME: Final = "name"
BY_TOTAL: Final = "total"

_BOOK: Final = Gradebook.__table__.c
_WEIGHT: Final = GradebookWeight.__table__.c
_CHANGE: Final = GradeOverride.__table__.c
_PERSON: Final = Person.__table__.c
_WEIGHTING: Final = (
    select(_BOOK.missing_as_zero, _BOOK.saves, _WEIGHT.activity_id, _WEIGHT.weight)
    .select_from(
        Gradebook.__table__.outerjoin(GradebookWeight.__table__, _WEIGHT.course_slug == _BOOK.course_slug)
    )
    .where(_BOOK.course_slug == bindparam("course"))
)  # fmt: skip
_CHANGES: Final = select(
    _CHANGE.person_id, _CHANGE.activity_id, _CHANGE.seq, _CHANGE.fraction, _CHANGE.excluded, _CHANGE.reason,
    _CHANGE.by_id, _CHANGE.at, _PERSON.name,
).join_from(GradeOverride.__table__, Person.__table__, _PERSON.id == _CHANGE.by_id)  # fmt: skip
_OF_CELL: Final = _CHANGES.where(
    _CHANGE.person_id == bindparam("person_id"),
    _CHANGE.course_slug == bindparam("course"),
    _CHANGE.activity_id == bindparam("activity"),
).order_by(_CHANGE.seq)


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One person's line: a cell for every graded activity of the course, by its id, and what they come to."""

    person: CoursePerson
    cells: Mapping[str, Cell]
    total: Total


def weighting_of(course: Course) -> Weighting:
    """How a course counts now."""
    pretests = frozenset(each.id for each in graded_activities(course) if is_pretest(each))
    rows = read(_WEIGHTING, {"course": course.slug})
    if not rows:
        return Weighting(pretests=pretests)
    weights = {row.activity_id: row.weight for row in rows if row.activity_id is not None}
    return Weighting(weights, rows[0].missing_as_zero, rows[0].saves, pretests)


def changes_of_cell(person_id: int, course_slug: str, activity_id: str) -> list[GradeChange]:
    """Everything that was decided on one person's activity, the first first."""
    values = {"person_id": person_id, "course": course_slug, "activity": activity_id}
    return [_change(row) for row in read(_OF_CELL, values)]


def grade_rows(ids: Sequence[int], course: Course, weighting: Weighting) -> Iterator[GradeRow]:
    """The lines of these people, in their order. Four statements for as many as are read at once: their number does not
    matter to memory.
    """
    graded = graded_activities(course)
    named = [each.id for each in graded]
    for some in at_once(ids):
        cells = _cells(some, course, graded)
        for person in people_of(some):
            of_person = cells[person.id]
            yield GradeRow(person, of_person, total(of_person, named, weighting))


def ids_by(ids: Sequence[int], course: Course, weighting: Weighting, by: str, *, descending: bool) -> list[int]:
    """People's ids, which come by name, in the order of a column: BY_NAME, BY_TOTAL or an activity's id.

    Those without a grade there come last whichever way. Other columns than the name read everybody's grades.
    """
    if by != BY_TOTAL and by not in {each.id for each in graded_activities(course)}:
        return list(reversed(ids)) if descending else list(ids)
    return sorted_ids(column_values(ids, course, weighting)[by], descending=descending)


def column_values(
    ids: Sequence[int], course: Course, weighting: Weighting
) -> Mapping[str, list[tuple[int, float | None]]]:
    """What each of these people has in each column but the name, 0.0 .. 1.0, in their order."""
    graded = graded_activities(course)
    named = [each.id for each in graded]
    found: dict[str, list[tuple[int, float | None]]] = {by: [] for by in (BY_TOTAL, *named)}
    for some in at_once(ids):
        for person_id, cells in _cells(some, course, graded).items():
            found[BY_TOTAL].append((person_id, total(cells, named, weighting).fraction))
            for each in named:
                found[each].append((person_id, cells[each].fraction))
    return found


def cell_of(person_id: int, course: Course, activity: GradedActivity) -> Cell:
    """One cell."""
    return _cells([person_id], course, [activity])[person_id][activity.id]


def _cells(ids: Collection[int], course: Course, graded: Sequence[GradedActivity]) -> dict[int, dict[str, Cell]]:
    facts, judged, changed = facts_of_people(ids, course, GRADED), _judged(ids, course), _changed(ids, course)
    return {
        person_id: {
            each.id: Cell(
                _earned(each, facts.get(person_id, NOTHING_DONE), judged.get((person_id, each.id))),
                changed.get((person_id, each.id)),
                _form(each, course, facts.get(person_id, NOTHING_DONE)),
            )
            for each in graded
        }
        for person_id in ids
    }


def _form(activity: GradedActivity, course: Course, facts: CourseFacts) -> TestForm | None:
    forms = course.forms.get(activity.id)
    if forms is None or forms.pair not in facts.forms or not isinstance(activity, Quiz):
        return None
    return course.form_for(activity, facts.forms).settings.form


def _earned(activity: GradedActivity, facts: CourseFacts, judged: float | None) -> Earned:
    if isinstance(activity, Quiz):
        quiz = facts.quizzes.get(activity.id)
        return Earned(quiz.best, quiz.passed, quiz.waiting) if quiz else Earned()
    task = facts.tasks.get(activity.id)
    if task is None:
        return Earned()
    return Earned(judged, passed=task.done and passes(judged, activity.pass_percent), waiting=task.waiting)


def _judged(ids: Collection[int], course: Course) -> dict[tuple[int, str], float]:
    """What the newest verdict on the newest judged version of each task gave, by person and task."""
    chosen = (
        select(TaskVersion.person_id, TaskVersion.task_id, TaskVerdict.fraction)
        .join(TaskVerdict, TaskVerdict.version_id == TaskVersion.id)
        .where(TaskVersion.person_id.in_(ids), TaskVersion.course_slug == course.slug)
        .order_by(TaskVersion.number, TaskVerdict.seq)
    )
    return {(person_id, task_id): fraction for person_id, task_id, fraction in db.session.execute(chosen)}


def _changed(ids: Collection[int], course: Course) -> dict[tuple[int, str], GradeChange]:
    """The newest decision on each activity of each person."""
    found: dict[tuple[int, str], GradeChange] = {}
    chosen = _CHANGES.where(_CHANGE.person_id.in_(ids), _CHANGE.course_slug == course.slug).order_by(_CHANGE.seq)
    for row in db.session.execute(chosen):
        found[row.person_id, row.activity_id] = _change(row)
    return found


def _change(row: Any) -> GradeChange:
    return GradeChange(row.seq, row.fraction, row.excluded, row.reason, row.by_id, row.at, row.name)
