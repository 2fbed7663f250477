"""What a finished attempt comes to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum
from typing import Final, NamedTuple, Protocol

from app.content.activities import Feedback, QuizSettings
from app.questions.base import Grade, Outcome, Question
from app.quizzes.rules.answering import AnswerRow, SlotState
from app.quizzes.rules.certainty import ASSUMED, Certainty, SureAnswer, asks_certainty, certainty_fraction
from app.quizzes.rules.grading import passes
from app.quizzes.rules.layout import Place
from app.quizzes.rules.review import key_opened_at
from app.quizzes.rules.starting import AttemptState

_JUDGED: Final = (Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG)
_UNCOUNTED: Final = (Outcome.NOT_MARKED, Outcome.LEFT_OUT)  # no points are at stake


class SlotMark(NamedTuple):
    """What one slot came to. `fraction` of its points, below 0 only where the question takes points away.

    None where it waits for a person's mark, is never marked, or was left out.
    """

    slot: int  # from 1
    question: str  # its address
    competency: str | None
    fraction: float | None
    points: float
    outcome: Outcome
    answered_at: datetime | None  # of the answer that counted, of several the first; None: there is none
    key_opened_at: datetime | None  # since when its key may be seen; None: not yet
    certainty: Certainty | None = None  # None: not asked, or there is no answer that can be understood
    first_fraction: float | None = None  # where it was done or tried again, what its first answer was worth
    difficulty: str | None = None  # as the question's author said it; None: nothing was said
    guess: float = 0.0  # what a blind guess at the question earns on the average, 0..1


@dataclass(frozen=True, slots=True)
class HandIn:
    """When an attempt is marked, under which settings, and whether that settles the quiz (passed or used up)."""

    settings: QuizSettings
    at: datetime
    settled: bool
    closes: datetime | None = None  # when the quiz closes for the person; None: never


def grade_slot(question: Question, state: SlotState) -> Grade:
    """What the answer that stands is worth; in interactive mode, what all tries come to. Done again, the newest."""
    state = state.counting
    if state.earned is not None:
        return state.earned
    response = question.response_of(state.response)
    return question.unanswered if response is None else question.grade(response)


def first_fraction(question: Question, state: SlotState) -> float | None:
    """What the first answer was worth by itself, where more followed it: the question was done again, or tried again
    after it was said to be wrong. None: the mark says it.
    """
    first = _first_grade(question, state.first).fraction
    return first if state.redone is not None or first != grade_slot(question, state).fraction else None


def _first_grade(question: Question, state: SlotState) -> Grade:
    """Of a slot that was not done again; in interactive mode, of its first try alone."""
    tried = _first_try(state)
    response = question.response_of(tried.response) if tried else None
    return grade_slot(question, state) if response is None else question.grade(response)


def _first_try(state: SlotState) -> AnswerRow | None:
    """The answer that was checked first; None where none was, or not in interactive mode."""
    return next(iter(state.checked), None)


def certainty_told(question: Question, state: SlotState, grade: Grade, feedback: Feedback) -> Certainty | None:
    """How sure a learner was of an answer; the lowest where that was not told. None: not asked, or no answer."""
    if not asks_certainty(question, feedback) or state.counted is None or grade.outcome not in _JUDGED:
        return None
    return state.counted.certainty or ASSUMED


def certainties(
    feedback: Feedback, questions: Iterable[Question], states: Iterable[SlotState], grades: Iterable[Grade]
) -> list[Certainty | None] | None:
    """How sure the learner was, slot by slot; None where the quiz does not ask."""
    if feedback != "certainty":
        return None
    slots = zip(questions, states, grades, strict=True)
    return [certainty_told(question, state, grade, feedback) for question, state, grade in slots]


class Certain(Protocol):
    """What one slot came to, and how sure the learner was."""

    @property
    def fraction(self) -> float | None: ...
    @property
    def outcome(self) -> str: ...
    @property
    def points(self) -> float: ...
    @property
    def certainty(self) -> Certainty | None: ...


def certainty_answers(slots: Iterable[Certain]) -> list[SureAnswer]:
    """Marked slots as certainty marking counts them. One that was credited counts with the highest certainty; what was
    answered without being asked for one, a person marked: it counts by what it is worth alone. What has no mark does
    not count.
    """
    return [_sure_answer(slot, slot.fraction) for slot in slots if slot.fraction is not None]


def _sure_answer(slot: Certain, fraction: float) -> SureAnswer:
    if slot.outcome == Outcome.CREDITED:
        return SureAnswer(fraction, Certainty.HIGH, slot.points)
    if slot.certainty is None and slot.outcome in _JUDGED:
        return SureAnswer(fraction, ASSUMED, slot.points, asked=False)
    return SureAnswer(fraction, slot.certainty, slot.points)


class Result(NamedTuple):
    """What an attempt comes to once it was handed in. `fraction` is None and `passed` False where every question that
    would count was left out; both are None while a person's mark is waited for.
    """

    state: AttemptState  # SUBMITTED while one is, else FINISHED
    fraction: float | None
    passed: bool | None


def attempt_result(
    grades: Sequence[Grade],
    places: Sequence[Place],
    certainties: Sequence[Certainty | None] | None,
    pass_percent: float,
) -> Result:
    """The result of an attempt; the arguments as for `attempt_fraction`, the pass mark 0.0 .. 100.0."""
    if any(grade.fraction is None and grade.outcome not in _UNCOUNTED for grade in grades):
        return Result(AttemptState.SUBMITTED, None, None)
    fraction = attempt_fraction(grades, places, certainties)
    return Result(AttemptState.FINISHED, fraction, passes(fraction, pass_percent))


def attempt_fraction(
    grades: Sequence[Grade], places: Sequence[Place], certainties: Sequence[Certainty | None] | None = None
) -> float | None:
    """The attempt's share of all points: sum(fraction * points) / sum(points), 0.0 .. 1.0; 0.0 without questions.

    What is never marked or was left out does not count on either side. None while a slot waits for a person's mark, or
    where nothing but left out questions would count. `certainties`, of each slot, only where the quiz asks for them:
    then it is `certainty_fraction`.
    """
    slots = [
        _Slot(grade.fraction, grade.outcome, place.points, told)
        for grade, place, told in zip(grades, places, certainties or [None] * len(places), strict=True)
        if grade.outcome not in _UNCOUNTED
    ]
    left_out = not slots and any(grade.outcome is Outcome.LEFT_OUT for grade in grades)
    if left_out or any(slot.fraction is None for slot in slots):
        return None
    if certainties is not None:
        return certainty_fraction(certainty_answers(slots))
    possible = fsum(slot.points for slot in slots)
    earned = fsum((slot.fraction or 0.0) * slot.points for slot in slots)
    return min(1.0, max(0.0, earned / possible)) if possible > 0 else 0.0


class _Slot(NamedTuple):
    fraction: float | None
    outcome: Outcome
    points: float
    certainty: Certainty | None


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
            answered_at=_answered_at(state.first),
            key_opened_at=key_opened_at(
                hand_in.settings,
                checked_at=_checked_at(state.first),
                finished_at=hand_in.at,
                settled=hand_in.settled,
                closes=hand_in.closes,
            ),
            certainty=certainty_told(question, state, grade, hand_in.settings.feedback),
            first_fraction=first_fraction(question, state),
            difficulty=question.said_difficulty,
            guess=question.blind_score(),
        )
        for slot, (question, place, state, grade) in enumerate(
            zip(questions, places, states, grades, strict=True), start=1
        )
    ]


def _answered_at(state: SlotState) -> datetime | None:
    given = _first_try(state) or (state.counted if state.answered else None)
    return given.saved_at if given else None


def _checked_at(state: SlotState) -> datetime | None:
    return state.counted.saved_at if state.counted and state.final else None
