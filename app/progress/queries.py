"""Reads of what was done: one statement for a shelf, one for a course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Row, String, bindparam, case, func, literal, null, select, type_coerce, union_all

from app.content.course import Course, Quiz
from app.db import UtcTime, read
from app.people.models import CohortCourse, CohortMember
from app.progress.models import CourseCompletion, LessonDone
from app.progress.rules import NOTHING_DONE, CourseFacts, QuizFact, TaskFact
from app.quizzes.models import Attempt
from app.quizzes.rules.grading import quiz_grade
from app.surveys.models import SurveyTaken
from app.tasks.models import TaskVersion
from app.tasks.rules import TaskState

_PERSON = bindparam("person_id")


def _statement(*, one_course: bool) -> CompoundSelect[Any]:
    """What a person did (in one course: and whether a cohort enrolled them) in rows of one shape named by `what`."""
    lesson, attempt, completion = LessonDone.__table__.c, Attempt.__table__.c, CourseCompletion.__table__.c
    survey, task, later = SurveyTaken.__table__.c, TaskVersion.__table__.c, TaskVersion.__table__.alias().c
    newest = ~select(1).where(
        later.person_id == task.person_id, later.course_slug == task.course_slug, later.task_id == task.task_id,
        later.number > task.number,
    ).exists()  # fmt: skip
    nothing = null()
    parts = [
        select(
            literal("lesson").label("what"), lesson.course_slug.label("course"), lesson.lesson_id.label("activity"),
            lesson.done_at.label("at"), literal(0).label("number"), literal("").label("state"),
            type_coerce(nothing, Attempt.fraction.type).label("fraction"), literal(0).label("passed"),
            literal(0).label("attempt_id"),
        ).where(lesson.person_id == _PERSON),
        select(
            literal("attempt"), attempt.course_slug, attempt.quiz_id,
            type_coerce(func.coalesce(attempt.finished_at, attempt.started_at), UtcTime),
            attempt.number, attempt.state, attempt.fraction, case((attempt.passed, 1), else_=0), attempt.id,
        ).where(attempt.person_id == _PERSON, attempt.state != "deleted"),
        select(
            literal("completed"), completion.course_slug, literal(""), completion.completed_at,
            literal(0), literal(""), nothing, literal(0), literal(0),
        ).where(completion.person_id == _PERSON),
        select(
            literal("survey"), survey.course_slug, survey.survey_id, survey.handed_in_at,
            literal(0), literal(""), nothing, literal(0), literal(0),
        ).where(survey.person_id == _PERSON),
        select(
            literal("task"), task.course_slug, task.task_id,
            type_coerce(func.coalesce(task.handed_in_at, task.saved_at), UtcTime),
            literal(0), task.state, nothing, literal(0), literal(0),
        ).where(task.person_id == _PERSON, newest),
    ]  # fmt: skip
    if one_course:
        course = bindparam("course")
        parts = [
            part.where(table.course_slug == course)
            for part, table in zip(parts, (lesson, attempt, completion, survey, task), strict=True)
        ]
        member, listed = CohortMember.__table__.c, CohortCourse.__table__.c
        enrolled = select(
            literal("enrolled"), listed.course_slug, literal("", String), type_coerce(nothing, UtcTime),
            literal(0), literal("", String), nothing, literal(0), literal(0),
        ).where(
            member.cohort_id == listed.cohort_id, member.person_id == _PERSON, listed.course_slug == course
        )  # fmt: skip
        parts.append(enrolled)
    return union_all(*parts)


_SHELF = _statement(one_course=False)
_COURSE = _statement(one_course=True)


def facts_of(person_id: int, served: Iterable[Course]) -> Mapping[str, CourseFacts]:
    """What a person did in these courses, by slug; one without an entry was not begun."""
    rows = defaultdict(list)
    for row in read(_SHELF, {"person_id": person_id}):
        rows[row.course].append(row)
    return {course.slug: _fold(rows[course.slug], course) for course in served if course.slug in rows}


def standing_in(person_id: int, course: Course) -> tuple[bool, CourseFacts]:
    """Whether a cohort enrolled the person in the course, which is as it is served, and what they did in it."""
    rows = read(_COURSE, {"person_id": person_id, "course": course.slug})
    return any(row.what == "enrolled" for row in rows), _fold(rows, course) if rows else NOTHING_DONE


def _fold(rows: Iterable[Row[Any]], course: Course) -> CourseFacts:
    lessons, attempts, tasks, surveys, completed = {}, defaultdict(list), {}, {}, None
    for row in rows:
        if row.what == "lesson":
            lessons[row.activity] = row.at
        elif row.what == "attempt":
            attempts[row.activity].append(row)
        elif row.what == "survey":
            surveys[row.activity] = row.at
        elif row.what == "completed":
            completed = row.at
        elif row.what == "task":
            tasks[row.activity] = TaskFact(TaskState(row.state), row.at)
    quizzes = {quiz: _quiz(each, course, quiz) for quiz, each in attempts.items()}
    return CourseFacts(lessons, quizzes, completed, tasks, surveys)


def _quiz(attempts: Sequence[Row[Any]], course: Course, quiz_id: str) -> QuizFact:
    quiz = course.activity(quiz_id)
    grade = quiz_grade(attempts, quiz.settings) if isinstance(quiz, Quiz) else None
    return QuizFact(
        best=grade.fraction if grade else None,
        passed=grade is not None and grade.passed,
        open_attempt=next((row.attempt_id for row in attempts if row.state == "in_progress"), None),
        touched_at=max(row.at for row in attempts),
        waiting=any(row.state == "submitted" for row in attempts),
    )
