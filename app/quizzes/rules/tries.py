"""Interactive mode: an answer is checked, a hint follows, another try costs a penalty.

Source of the formulas: Moodle 4.1, behaviours interactive and interactivecountback, and `compute_final_grade` of its
matching, gap and cloze questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final, TypeAlias

from app.questions.base import EPSILON, Grade, Hint, Outcome, Part

PENALTY: Final = 1 / 3  # of the points, for each try before the one that counts

Parts: TypeAlias = Sequence[Part]


@dataclass(frozen=True, slots=True)
class TryPlan:
    """How often a question may be tried: once, and once more after each hint. `penalty` 0.0 .. 1.0 for each try."""

    hints: tuple[Hint, ...] = ()
    penalty: float = PENALTY

    @property
    def tries(self) -> int:
        """How many tries there are."""
        return len(self.hints) + 1


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of several: its grade, and what its parts earn (() for a kind without parts)."""

    grade: Grade
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands after the answers checked so far."""

    used: int  # tries
    left: int
    closed: bool  # right, or no try is left
    fraction: float | None  # 0.0 .. 1.0 of the points once closed; None while it is open
    hint: Hint | None = None  # what is shown now; None before the first check and once closed
    number_correct: int | None = None  # of the parts; None where it is not to be told
    cleared: tuple[int, ...] = ()  # indexes of the parts to empty


def costs_a_try(grade: Grade) -> bool:
    """Whether checking an answer uses up a try: not where nothing was given or understood, or a person must mark it."""
    return grade.outcome in (Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG)


def standing(plan: TryPlan, checked: Sequence[Answered]) -> Standing:
    """The question after these checks, oldest first. What came after it was closed, or costs no try, is left out."""
    tried = _tried(plan, checked)
    used = len(tried)
    left = plan.tries - used
    if tried and (_is_right(tried[-1]) or left == 0):
        return Standing(used, left, closed=True, fraction=_fraction(plan, tried, before=used - 1))
    if not tried:
        return Standing(0, left, closed=False, fraction=None)
    hint, parts = plan.hints[used - 1], tried[-1].parts
    return Standing(
        used,
        left,
        closed=False,
        fraction=None,
        hint=hint,
        number_correct=number_correct(parts) if hint.show_number_correct and parts else None,
        cleared=wrong_parts(parts) if hint.clear_wrong else (),
    )


def final_fraction(plan: TryPlan, checked: Sequence[Answered], saved: Answered | None = None) -> float:
    """What the question comes to at hand-in, 0.0 .. 1.0 of its points; 0.0 where nothing was answered.

    `saved` is an answer saved after the last check and not checked itself: it counts as one more try. Without parts
    every try used before lowers the answer that stands by the penalty, so a partly right one that was checked and left
    alone has paid for the try it did not take; with parts each pays for its own tries.
    """
    tried = _tried(plan, checked)
    if tried and (_is_right(tried[-1]) or len(tried) == plan.tries):
        return _fraction(plan, tried, before=len(tried) - 1)
    before = len(tried)
    if saved is not None and costs_a_try(saved.grade):
        tried = [*tried, saved]
    return _fraction(plan, tried, before=before) if tried else 0.0


def count_back(tries: Sequence[Parts], penalty: float) -> float:
    """The fraction 0.0 .. 1.0 of an answer whose parts pay for their own tries.

    A part that earns f since the try k (from 0) and to the end earns max(0, f - k * penalty); the parts are averaged by
    weight. So what was right at once and stayed right loses nothing, and what was right once and changed pays for it.
    """
    tries = [each for each in tries if each]
    if not tries:
        return 0.0
    last = tries[-1]
    earned = fsum(
        part.weight * max(0.0, part.fraction - penalty * _settled_at(tries, index)) for index, part in enumerate(last)
    )
    possible = fsum(part.weight for part in last)
    return min(1.0, earned / possible) if possible > 0 else 0.0


def wrong_parts(parts: Parts) -> tuple[int, ...]:
    """Indexes of the parts that do not earn all they can."""
    return tuple(index for index, part in enumerate(parts) if part.fraction <= 1 - EPSILON)


def number_correct(parts: Parts) -> int:
    """How many parts earn all they can."""
    return len(parts) - len(wrong_parts(parts))


def _settled_at(tries: Sequence[Parts], index: int) -> int:
    """The try (from 0) since which a part has earned what it earns in the last one."""
    settled = len(tries) - 1
    while settled > 0 and _fraction_at(tries[settled - 1], index) == _fraction_at(tries[-1], index):
        settled -= 1
    return settled


def _fraction_at(parts: Parts, index: int) -> float | None:
    return parts[index].fraction if index < len(parts) else None


def _tried(plan: TryPlan, checked: Sequence[Answered]) -> list[Answered]:
    """The checks that used up a try, up to the one that closed the question."""
    tried: list[Answered] = []
    for each in checked:
        if costs_a_try(each.grade) and len(tried) < plan.tries and not (tried and _is_right(tried[-1])):
            tried.append(each)
    return tried


def _fraction(plan: TryPlan, tried: Sequence[Answered], *, before: int) -> float:
    """What the last of the tries earns, `before` others having gone before it."""
    if tried[-1].parts:
        return count_back([each.parts for each in tried], plan.penalty)
    return max(0.0, (tried[-1].grade.fraction or 0.0) - plan.penalty * before)


def _is_right(answered: Answered) -> bool:
    return answered.grade.outcome is Outcome.RIGHT
