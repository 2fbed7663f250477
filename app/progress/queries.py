"""Reads of what was done: one statement for a shelf, one for a course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import CompoundSelect, Row, String, bindparam, case, func, literal, null, select, type_coerce, union_all

from app.db import UtcTime, read
from app.people.models import CohortCourse, CohortMember
from app.progress.models import CourseCompletion, LessonDone
from app.progress.rules import NOTHING_DONE, CourseFacts, QuizFact, TaskFact
from app.quizzes.models import Attempt
from app.tasks.models import TaskVersion
from app.tasks.rules import TaskState

_PERSON = bindparam("person_id")
_TASK = "task:"


def _statement(*, one_course: bool) -> CompoundSelect[Any]:
    """What a person did (in one course: and whether a cohort enrolled them) in rows of one shape named by `what`."""
    lesson, attempt, completion = LessonDone.__table__.c, Attempt.__table__.c, CourseCompletion.__table__.c
    task, later = TaskVersion.__table__.c, TaskVersion.__table__.alias().c
    newest = ~select(1).where(
        later.person_id == task.person_id, later.course_slug == task.course_slug, later.task_id == task.task_id,
        later.number > task.number,
    ).exists()  # fmt: skip
    nothing = null()
    parts = [
        select(
            literal("lesson").label("what"), lesson.course_slug.label("course"), lesson.lesson_id.label("activity"),
            lesson.done_at.label("at"), type_coerce(nothing, Attempt.fraction.type).label("best"),
            literal(0).label("passed"), literal(0).label("open_attempt"), literal(0).label("waiting"),
        ).where(lesson.person_id == _PERSON),
        select(
            literal("quiz"), attempt.course_slug, attempt.quiz_id,
            type_coerce(func.max(func.coalesce(attempt.finished_at, attempt.started_at)), UtcTime),
            func.max(attempt.fraction), func.max(case((attempt.passed, 1), else_=0)),
            func.max(case((attempt.state == "in_progress", attempt.id), else_=0)),
            func.max(case((attempt.state == "submitted", 1), else_=0)),
        ).where(attempt.person_id == _PERSON).group_by(attempt.course_slug, attempt.quiz_id),
        select(
            literal("completed"), completion.course_slug, literal(""), completion.completed_at,
            nothing, literal(0), literal(0), literal(0),
        ).where(completion.person_id == _PERSON),
        select(
            # The state stands in the name of the row: one column less for all the others.
            literal(_TASK) + task.state, task.course_slug, task.task_id,
            type_coerce(func.coalesce(task.handed_in_at, task.saved_at), UtcTime),
            nothing, literal(0), literal(0), literal(0),
        ).where(task.person_id == _PERSON, newest),
    ]  # fmt: skip
    if one_course:
        course = bindparam("course")
        parts = [
            part.where(table.course_slug == course)
            for part, table in zip(parts, (lesson, attempt, completion, task), strict=True)
        ]
        member, listed = CohortMember.__table__.c, CohortCourse.__table__.c
        enrolled = select(
            literal("enrolled"), listed.course_slug, literal("", String), type_coerce(nothing, UtcTime),
            nothing, literal(0), literal(0), literal(0),
        ).where(
            member.cohort_id == listed.cohort_id, member.person_id == _PERSON, listed.course_slug == course
        )  # fmt: skip
        parts.append(enrolled)
    return union_all(*parts)


_SHELF = _statement(one_course=False)
_COURSE = _statement(one_course=True)


def facts_of(person_id: int) -> Mapping[str, CourseFacts]:
    """What a person did, by course slug; a course without an entry was not begun."""
    rows = defaultdict(list)
    for row in read(_SHELF, {"person_id": person_id}):
        rows[row.course].append(row)
    return {slug: _fold(each) for slug, each in rows.items()}


def standing_in(person_id: int, course_slug: str) -> tuple[bool, CourseFacts]:
    """Whether a cohort enrolled the person in the course, and what they did in it."""
    rows = read(_COURSE, {"person_id": person_id, "course": course_slug})
    return any(row.what == "enrolled" for row in rows), _fold(rows) if rows else NOTHING_DONE


def _fold(rows: Iterable[Row[Any]]) -> CourseFacts:
    lessons, quizzes, tasks, completed = {}, {}, {}, None
    for row in rows:
        if row.what == "lesson":
            lessons[row.activity] = row.at
        elif row.what == "quiz":
            quizzes[row.activity] = QuizFact(
                row.best, bool(row.passed), row.open_attempt or None, row.at, waiting=bool(row.waiting)
            )
        elif row.what == "completed":
            completed = row.at
        elif row.what.startswith(_TASK):
            tasks[row.activity] = TaskFact(TaskState(row.what.removeprefix(_TASK)), row.at)
    return CourseFacts(lessons, quizzes, completed, tasks)
