"""What all attempts at a quiz come to, by each method."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.content.activities import Grading
from app.quizzes.rules.grading import QuizGrade, quiz_grade
from app.quizzes.rules.starting import AttemptFact, AttemptState
from tests.quizzes.content import START, TEST, minute


def done(number: int, fraction: float, *, passed: bool | None = None) -> AttemptFact:
    passed = fraction >= 0.7 if passed is None else passed
    return AttemptFact(number, number, AttemptState.FINISHED, START, minute(5), fraction, passed)


def unfinished(number: int, state: AttemptState) -> AttemptFact:
    return AttemptFact(number, number, state, START)


MIXED = [done(1, 0.4), done(2, 0.9), done(3, 0.6)]
GIVEN_UP = [unfinished(1, AttemptState.ABANDONED), done(2, 0.8), unfinished(3, AttemptState.ABANDONED)]
WAITING = [done(1, 0.8), unfinished(2, AttemptState.SUBMITTED), unfinished(3, AttemptState.IN_PROGRESS)]


@pytest.mark.parametrize(
    ("method", "attempts", "grade"),
    [
        ("highest", MIXED, QuizGrade(0.9, passed=True)),
        ("average", MIXED, QuizGrade(1.9 / 3, passed=False)),
        ("first", MIXED, QuizGrade(0.4, passed=False)),
        ("last", MIXED, QuizGrade(0.6, passed=False)),
        ("first", MIXED[::-1], QuizGrade(0.4, passed=False)),  # by their numbers, whatever their order
        ("average", [done(1, 0.5), done(2, 0.9)], QuizGrade(0.7, passed=True)),
        ("last", [done(1, 0.1), done(2, 0.7)], QuizGrade(0.7, passed=True)),
        # passed by the pass mark of its time, though a later one asks for more
        ("highest", [done(1, 0.5, passed=True), done(2, 0.6)], QuizGrade(0.6, passed=True)),
        ("first", [done(1, 0.5, passed=True), done(2, 0.6)], QuizGrade(0.5, passed=True)),
        ("average", [done(1, 0.5, passed=True)], QuizGrade(0.5, passed=False)),
    ],
)
def test_the_method_says_which_attempts_make_the_grade(
    method: Grading, attempts: list[AttemptFact], grade: QuizGrade
) -> None:
    found = quiz_grade(attempts, replace(TEST, grading=method))
    assert found is not None
    assert (found.fraction, found.passed) == (pytest.approx(grade.fraction), grade.passed)


@pytest.mark.parametrize("method", ["highest", "average", "first", "last"])
@pytest.mark.parametrize("attempts", [GIVEN_UP, WAITING])
def test_what_was_abandoned_or_waits_never_takes_a_grade_away(method: Grading, attempts: list[AttemptFact]) -> None:
    assert quiz_grade(attempts, replace(TEST, grading=method)) == QuizGrade(0.8, passed=True)


@pytest.mark.parametrize("attempts", [[], GIVEN_UP[:1], WAITING[1:]])
def test_there_is_no_grade_before_the_first_result(attempts: list[AttemptFact]) -> None:
    assert quiz_grade(attempts, TEST) is None
