"""Where one person stands at one quiz as of now: the attempts made, and what holds for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.catalogue.queries import course_at
from app.content.activities import Quiz
from app.content.course import Course
from app.db import read
from app.quizzes.overrides import AT_QUIZ, limits_of
from app.quizzes.queries import attempts_at
from app.quizzes.rules.limits import Limits
from app.quizzes.rules.starting import OPEN, AttemptFact
from app.quizzes.rules.timing import as_of


@dataclass(frozen=True, slots=True)
class StandingAt:
    """`attempts` as they are by now, each under the revision it began with; `limits` by the quiz as it is served."""

    attempts: list[AttemptFact]
    limits: Limits


def standing_at(person_id: int, course: Course, quiz: Quiz, *, now: datetime) -> StandingAt:
    """One person's attempts at a quiz and the limits for the next, in two statements."""
    attempts = attempts_at(person_id, course.slug, quiz.id)
    grants = read(AT_QUIZ, {"person_id": person_id, "course": course.slug, "quiz": quiz.id})

    def by_now(attempt: AttemptFact) -> AttemptFact:
        pinned = course_at(attempt.revision_id).activity(quiz.id) if attempt.state in OPEN else None
        return as_of(attempt, limits_of(pinned.settings, grants), now) if isinstance(pinned, Quiz) else attempt

    return StandingAt([by_now(each) for each in attempts], limits_of(quiz.settings, grants))
