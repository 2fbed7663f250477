"""What a learner may see of marks, feedback, key and explanation, and since when the key was to be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.content.course import QuizSettings


@dataclass(frozen=True, slots=True)
class Reveal:
    """What is shown of one question beside the question itself. The total of a finished attempt is always shown."""

    marks: bool = False  # how many of its points were earned
    answers: bool = False  # one's own answer
    correctness: bool = False  # whether that was right
    feedback: bool = False  # what the author says to it
    key: bool = False  # the right answer
    explanation: bool = False  # why


NOTHING: Final = Reveal()
WHILE_ANSWERING: Final = Reveal(answers=True)


@dataclass(frozen=True, slots=True)
class Moment:
    """When one question is looked at: was it checked, was the attempt handed in, and may its key be seen by now?"""

    checked: bool = False
    finished: bool = False
    key_open: bool = False


def reveal(settings: QuizSettings, moment: Moment) -> Reveal:
    """What may be shown now. Feedback goes with the key: what an author says to a wrong answer puts it right."""
    if not (moment.finished or (moment.checked and settings.feedback == "immediate")):
        return WHILE_ANSWERING
    key = moment.key_open
    return Reveal(
        marks=settings.show_marks,
        answers=settings.show_answers,
        correctness=settings.show_marks,
        feedback=key,
        key=key,
        explanation=key,
    )


def key_at_check(settings: QuizSettings) -> bool:
    """Whether checking a question opens its key at once."""
    return settings.feedback == "immediate" and settings.key_after == "question"


def key_opened_at(
    settings: QuizSettings, *, checked_at: datetime | None, finished_at: datetime, settled: bool
) -> datetime | None:
    """Since when the key of one slot of a finished attempt may be seen; None: not yet, or never.

    `checked_at` None: it was not checked. `settled`: the quiz is passed, or its attempts are used up, by `finished_at`.
    """
    match settings.key_after:
        case "question":
            return checked_at if checked_at is not None and key_at_check(settings) else finished_at
        case "passed_or_used_up":
            return finished_at if settled else None
        case "never":
            return None


def settled(settings: QuizSettings, passed: Iterable[bool | None]) -> bool:
    """Whether a quiz needs no further attempt, or allows none. `passed`: of each finished attempt."""
    outcomes = list(passed)
    return any(outcomes) or (settings.attempts is not None and len(outcomes) >= settings.attempts)
