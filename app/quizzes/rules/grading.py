"""What all of a person's attempts at a quiz come to together: the quiz's grade, by its method."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum
from typing import Protocol

from app.content.activities import QuizSettings
from app.questions.base import EPSILON


class Graded(Protocol):
    """An attempt as far as the grade asks. `fraction` (0.0 .. 1.0) and `passed` None: it has no result."""

    @property
    def number(self) -> int: ...
    @property
    def fraction(self) -> float | None: ...
    @property
    def passed(self) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class QuizGrade:
    """What a quiz came to for one person: a share of the points, 0.0 .. 1.0, and whether that passes it."""

    fraction: float
    passed: bool


def quiz_grade(attempts: Iterable[Graded], settings: QuizSettings) -> QuizGrade | None:
    """The grade by the method of `settings`, over the attempts that have a result; None before the first.

    What was abandoned, or still waits for a person's marks, neither counts nor takes anything away. An attempt passed
    by the pass mark it began under. `highest` (passed by any of them), `first` and `last` go by that; an `average` is
    measured by the pass mark of `settings`.

    Which settings: for the grade that is shown and for completing the course those of the quiz as it is served; for
    what may be seen of an attempt those of its own revision. Source: Moodle 4.1 `quiz_calculate_best_grade`, without
    the abandoned attempts it counts.
    """
    results = sorted(
        ((each.number, each.fraction, bool(each.passed)) for each in attempts if each.fraction is not None),
    )
    if not results:
        return None
    if settings.grading == "average":
        mean = fsum(fraction for _, fraction, _ in results) / len(results)
        return QuizGrade(mean, passes(mean, settings.pass_percent))
    if settings.grading == "highest":
        return QuizGrade(max(fraction for _, fraction, _ in results), any(passed for *_, passed in results))
    _, fraction, passed = results[0 if settings.grading == "first" else -1]
    return QuizGrade(fraction, passed)


def passes(fraction: float | None, pass_percent: float) -> bool:
    """Whether a share of the points reaches the pass mark (0.0 .. 100.0); rounding never costs it.

    None, a share that is not known yet, does not.
    """
    return fraction is not None and fraction >= pass_percent / 100 - EPSILON
