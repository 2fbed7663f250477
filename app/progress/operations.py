"""What a learner's steps leave behind."""

from __future__ import annotations

from datetime import datetime

from app.catalogue.queries import Published
from app.content.activities import Survey
from app.content.course import Course
from app.db import insert_unless_there, writing
from app.progress.models import CourseCompletion, LessonDone
from app.progress.queries import standing_in
from app.progress.rules import course_progress, meets_completion
from app.surveys.operations import store_answers
from app.surveys.rules.answers import Answers


def finish_lesson(person_id: int, course: Course, revision_id: int, lesson_id: str, *, now: datetime) -> bool:
    """Note that a lesson was read, once; whether this completed the course."""
    row = {"person_id": person_id, "course_slug": course.slug, "lesson_id": lesson_id, "done_at": now}
    with writing():
        insert_unless_there(LessonDone.__table__, row)
        return store_completion(person_id, course, revision_id, now=now)


def finish_survey(person_id: int, published: Published, survey: Survey, answers: Answers, *, now: datetime) -> bool:
    """Keep what somebody answered to a survey; whether this completed the course. A second time changes nothing."""
    with writing():
        if not store_answers(person_id, published, survey, answers, now=now):
            return False
        return store_completion(person_id, published.course, published.revision_id, now=now)


def store_completion(person_id: int, course: Course, revision_id: int, *, now: datetime) -> bool:
    """Note the course as completed where its rule is met for the first time; whether it was. Never commits."""
    _, facts = standing_in(person_id, course)
    if facts.completed_at is not None or not meets_completion(course, course_progress(course, facts)):
        return False
    return insert_unless_there(
        CourseCompletion.__table__,
        {"person_id": person_id, "course_slug": course.slug, "revision_id": revision_id, "completed_at": now},
    )
