"""What a finished attempt comes to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum
from typing import NamedTuple

from app.content.course import QuizSettings
from app.questions.base import EPSILON, Grade, Outcome, Question
from app.quizzes.rules.answering import Action, SlotState
from app.quizzes.rules.layout import Place
from app.quizzes.rules.review import key_opened_at


class SlotMark(NamedTuple):
    """What one slot came to. `fraction` of its points, below 0 only where the question takes points away.

    None where it waits for a person's mark, or is never marked.
    """

    slot: int  # from 1
    question: str  # its address
    competency: str | None
    fraction: float | None
    points: float
    outcome: Outcome
    answered_at: datetime | None  # of the answer that counted; None: there is none
    key_opened_at: datetime | None  # since when its key may be seen; None: not yet


@dataclass(frozen=True, slots=True)
class HandIn:
    """When an attempt was handed in, under which settings, and whether that settles the quiz (passed or used up)."""

    settings: QuizSettings
    at: datetime
    settled: bool


def grade_slot(question: Question, state: SlotState) -> Grade:
    """What the answer that stands is worth."""
    response = question.response_of(state.response)
    return question.unanswered if response is None else question.grade(response)


def attempt_fraction(grades: Sequence[Grade], places: Sequence[Place]) -> float | None:
    """The attempt's share of all points: sum(fraction * points) / sum(points), 0.0 .. 1.0; 0.0 without questions.

    What is never marked does not count on either side. None while a slot waits for a person's mark.
    """
    counted = [
        (grade.fraction, place.points)
        for grade, place in zip(grades, places, strict=True)
        if grade.outcome is not Outcome.NOT_MARKED
    ]
    possible = fsum(points for _, points in counted)
    earned = []
    for fraction, points in counted:
        if fraction is None:
            return None
        earned.append(fraction * points)
    return min(1.0, max(0.0, fsum(earned) / possible)) if possible > 0 else 0.0


def passes(fraction: float | None, pass_percent: float) -> bool:
    """Whether a share of the points reaches the pass mark (0.0 .. 100.0); rounding never costs it.

    None, a share that is not known yet, does not.
    """
    return fraction is not None and fraction >= pass_percent / 100 - EPSILON


def slot_marks(
    questions: Iterable[Question], places: Iterable[Place], states: Iterable[SlotState], grades: Iterable[Grade],
    hand_in: HandIn,
) -> list[SlotMark]:  # fmt: skip
    """The marks of an attempt, slot 1 first."""
    return [
        SlotMark(
            slot,
            place.question,
            question.competency,
            grade.fraction,
            place.points,
            grade.outcome,
            answered_at=state.counted.saved_at if state.counted and state.answered else None,
            key_opened_at=key_opened_at(
                hand_in.settings,
                checked_at=state.counted.saved_at if state.counted and state.counted.action is Action.CHECK else None,
                finished_at=hand_in.at,
                settled=hand_in.settled,
            ),
        )
        for slot, (question, place, state, grade) in enumerate(
            zip(questions, places, states, grades, strict=True), start=1
        )
    ]
