"""What handing in and marking by hand store alike. Never commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, update

from app.catalogue.queries import get_published
from app.db import write
from app.progress.operations import store_completion
from app.quizzes.models import Attempt, Mark
from app.quizzes.queries import Sheet, attempts_at
from app.quizzes.rules.grading import quiz_grade
from app.quizzes.rules.review import opens_earlier_keys

_ATTEMPT = Attempt.__table__
_MARK = Mark.__table__
FINISH = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id == bindparam("attempt_id"))
    .values(
        state=bindparam("standing"),
        finished_at=bindparam("at"),
        fraction=bindparam("share"),
        passed=bindparam("reached"),
    )
)
_OPEN_EARLIER_KEYS = (
    update(_MARK)
    .where(
        _MARK.c.key_opened_at.is_(None),
        _MARK.c.attempt_id.in_(
            select(_ATTEMPT.c.id).where(
                _ATTEMPT.c.person_id == bindparam("person_id"),
                _ATTEMPT.c.course_slug == bindparam("course"),
                _ATTEMPT.c.quiz_id == bindparam("quiz"),
            )
        ),
    )
    .values(key_opened_at=bindparam("at"))
)


def store_course_completion(sheet: Sheet, at: datetime) -> None:
    """Note the course as completed where its rule is met. It follows the course as served now, not as pinned."""
    served = get_published(sheet.course.slug)
    store_completion(sheet.person_id, served.course, served.revision_id, now=at)


def store_keys_opened_by_passing(sheet: Sheet, at: datetime) -> None:
    """Once the quiz is passed by the attempts as they are now: keys that were kept back open."""
    attempts = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    grade = quiz_grade(attempts, sheet.quiz.settings)
    if grade is not None and grade.passed:
        store_opened_keys(sheet, at)


def store_opened_keys(sheet: Sheet, at: datetime) -> None:
    """Once the quiz is settled: keys that were kept back open, unless its closing date decides."""
    if sheet.limits.closes is None and opens_earlier_keys(sheet.quiz.settings):
        facts = {"person_id": sheet.person_id, "course": sheet.course.slug, "quiz": sheet.quiz.id, "at": at}
        write(_OPEN_EARLIER_KEYS, facts)
