"""Reads of what was done: one statement for a shelf, one for a course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Row, Select, String, bindparam, case, func, literal, null, select, type_coerce, union_all

from app.content.activities import Quiz, TestForm
from app.content.course import Course
from app.db import UtcTime, db, read
from app.people.models import CohortCourse, CohortMember
from app.progress.models import CourseCompletion, LessonDone
from app.progress.rules import NOTHING_DONE, CourseFacts, Done, QuizFact, TaskFact
from app.quizzes.models import Attempt, FormTaken
from app.quizzes.rules.grading import quiz_grade
from app.surveys.models import SurveyTaken
from app.tasks.models import TaskVersion
from app.tasks.rules import TaskState

HANDED_IN: Final = ("submitted", "finished")  # states of an attempt
GRADED: Final = frozenset({"attempt", "task", "form"})  # what grades rest on, of what people do
PEOPLE_AT_ONCE: Final = 500  # a statement names each of them once for every table
_PERSON: Final = bindparam("person_id")
_BY_ID: Final = attrgetter("attempt_id")


def _did() -> dict[str, tuple[Any, Select[Any]]]:
    """The tables of what a person did, each with its rows of one shape, by what they tell."""
    lesson, attempt, completion = LessonDone.__table__.c, Attempt.__table__.c, CourseCompletion.__table__.c
    survey, task, later = SurveyTaken.__table__.c, TaskVersion.__table__.c, TaskVersion.__table__.alias().c
    ended = type_coerce(func.coalesce(attempt.finished_at, attempt.started_at), UtcTime)
    attempts = _rows(
        "attempt", attempt.course_slug, attempt.quiz_id, ended, number=attempt.number, state=attempt.state,
        fraction=attempt.fraction, passed=case((attempt.passed, 1), else_=0), attempt_id=attempt.id,
    ).where(attempt.state != "deleted")  # fmt: skip
    newest = ~select(1).where(
        later.person_id == task.person_id, later.course_slug == task.course_slug, later.task_id == task.task_id,
        later.number > task.number,
    ).exists()  # fmt: skip
    worked = type_coerce(func.coalesce(task.handed_in_at, task.saved_at), UtcTime)
    form = FormTaken.__table__.c
    completed = _rows("completed", completion.course_slug, literal("", String), completion.completed_at)
    return {
        "lesson": (lesson, _rows("lesson", lesson.course_slug, lesson.lesson_id, lesson.done_at)),
        "attempt": (attempt, attempts),
        "completed": (completion, completed),
        "survey": (survey, _rows("survey", survey.course_slug, survey.survey_id, survey.handed_in_at)),
        "task": (task, _rows("task", task.course_slug, task.task_id, worked, state=task.state).where(newest)),
        "form": (form, _rows("form", form.course_slug, form.pair, form.taken_at, state=form.first_form)),
    }


def _rows(what: str, course: Any, activity: Any, at: Any, **more: Any) -> Select[Any]:
    """Rows of one table; what only other tables tell is empty in them."""
    nothing = {
        "number": literal(0),
        "state": literal("", String),
        "fraction": type_coerce(null(), Attempt.fraction.type),
        "passed": literal(0),
        "attempt_id": literal(0),
    }
    told = {"what": literal(what), "course": course, "activity": activity, "at": at, **nothing, **more}
    return select(*(value.label(name) for name, value in told.items()))


def _of_one_course() -> Iterator[Select[Any]]:
    course = bindparam("course")
    for table, rows in _did().values():
        yield rows.where(table.person_id == _PERSON, table.course_slug == course)
    member, listed = CohortMember.__table__.c, CohortCourse.__table__.c
    enrolled = _rows("enrolled", listed.course_slug, literal("", String), type_coerce(null(), UtcTime))
    yield enrolled.where(
        member.cohort_id == listed.cohort_id, member.person_id == _PERSON, listed.course_slug == course
    )  # fmt: skip


_SHELF: Final = union_all(*(rows.where(table.person_id == _PERSON) for table, rows in _did().values()))
_COURSE: Final = union_all(*_of_one_course())  # and whether a cohort enrolled the person


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


def done_by(person_id: int) -> tuple[Done, ...]:
    """Lessons read and attempts handed in by a person, in all courses, the first one first."""
    found = [
        Done(row.what, row.course, row.activity, row.at, row.fraction, row.attempt_id)
        for row in read(_SHELF, {"person_id": person_id})
        if row.what == "lesson" or (row.what == "attempt" and row.state in HANDED_IN)
    ]
    return tuple(sorted(found, key=lambda done: (done.at, done.attempt_id)))


def facts_of_people(people: Collection[int], course: Course, only: Collection[str] = ()) -> Mapping[int, CourseFacts]:
    """What each of some people (PEOPLE_AT_ONCE at most) did in a course as it is served, in one statement; who did
    nothing has no entry. `only`: no more of it than this.
    """
    chosen = union_all(
        *(
            rows.add_columns(table.person_id).where(table.person_id.in_(people), table.course_slug == course.slug)
            for what, (table, rows) in _did().items()
            if what in only or not only
        )
    )
    found = defaultdict(list)
    for row in db.session.execute(chosen).all():  # at once: one by one costs half as much again
        found[row.person_id].append(row)
    return {person_id: _fold(rows, course) for person_id, rows in found.items()}


def _fold(rows: Iterable[Row[Any]], course: Course) -> CourseFacts:
    lessons, attempts, tasks, surveys, completed = {}, defaultdict(list), {}, {}, None
    forms: dict[str | None, TestForm] = {}
    for row in rows:
        if row.what == "lesson":
            lessons[row.activity] = row.at
        elif row.what == "attempt":
            attempts[course.listed_as(row.activity)].append(row)
        elif row.what == "survey":
            surveys[row.activity] = row.at
        elif row.what == "completed":
            completed = row.at
        elif row.what == "task":
            tasks[row.activity] = TaskFact(TaskState(row.state), row.at)
        elif row.what == "form":
            forms[row.activity or None] = row.state
    quizzes = {quiz: _quiz(each, course, quiz) for quiz, each in attempts.items()}
    return CourseFacts(lessons, quizzes, completed, tasks, surveys, {**_begun(attempts.values(), course), **forms})


def _begun(attempts: Iterable[Sequence[Row[Any]]], course: Course) -> dict[str | None, TestForm]:
    """The form before, by pair, of who began one before there were two: their first attempt tells."""
    met = sorted((row for each in attempts for row in each if row.activity in course.forms), key=_BY_ID, reverse=True)
    return {(forms := course.forms[row.activity]).pair: forms.first_of(row.activity) for row in met}


def _quiz(attempts: Sequence[Row[Any]], course: Course, quiz_id: str) -> QuizFact:
    quiz = course.activity(quiz_id)
    grade = quiz_grade(attempts, quiz.settings) if isinstance(quiz, Quiz) else None
    return QuizFact(
        best=grade.fraction if grade else None,
        passed=grade is not None and grade.passed,
        open_attempt=next((row.attempt_id for row in attempts if row.state == "in_progress"), None),
        touched_at=max(row.at for row in attempts),
        waiting=any(row.state == "submitted" for row in attempts),
        handed_in=any(row.state in HANDED_IN for row in attempts),
    )
