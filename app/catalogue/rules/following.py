"""What a course becomes where only what all courses share has changed: pure."""

from __future__ import annotations

from app.content.activities import Quiz
from app.content.course import Course
from app.content.differences import renewed


def changed_quizzes(before: Course, after: Course) -> int:
    """How many quizzes ask learners something else, or may draw something else."""
    return sum(not _same(quiz, before, after) for quiz in after.quizzes)


def _same(quiz: Quiz, before: Course, after: Course) -> bool:
    return before.activity(quiz.id) == quiz and not renewed(before, after, quiz.id, quiz.addresses)
