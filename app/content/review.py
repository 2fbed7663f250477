"""What a quiz lets its learners see, and when: three times, six things, and a row of settings for each preset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from app.texts.local import LocalText

Preset = Literal["practice", "test", "exam"]
Time = Literal["during", "after", "closed"]
TIMES: Final[tuple[Time, ...]] = ("during", "after", "closed")


@dataclass(frozen=True, slots=True)
class Reveal:
    """What is shown of one question beside the question itself. The total of a finished attempt is always shown."""

    marks: bool = False  # how many of its points were earned
    answers: bool = False  # one's own answer
    correctness: bool = False  # whether that was right
    feedback: bool = False  # what the author says to it
    key: bool = False  # the right answer
    explanation: bool = False  # why

    @property
    def tells_key(self) -> bool:
        """Whether it can teach the right answer: what an author says to a wrong answer puts it right."""
        return self.answers and (self.key or self.feedback or self.explanation)

    def without_key(self) -> Reveal:
        """The same without whatever can teach the right answer."""
        return Reveal(self.marks, self.answers, self.correctness)


THINGS: Final = ("answers", "correctness", "marks", "feedback", "key", "explanation")
NOTHING: Final = Reveal()
OWN: Final = Reveal(marks=True, answers=True, correctness=True)
ALL: Final = Reveal(marks=True, answers=True, correctness=True, feedback=True, key=True, explanation=True)


@dataclass(frozen=True, slots=True)
class Review:
    """The matrix. Where a row shows no answers it shows nothing of the question at all.

    `during`: while the attempt is under way, of a question that was checked. `after`: from hand-in on. `closed`: once
    the quiz is over for the learner, by its closing date, or without one, once it is passed or every attempt is used.
    """

    during: Reveal
    after: Reveal
    closed: Reveal


REVIEWS: Final[Mapping[Preset, Review]] = MappingProxyType(
    {
        "practice": Review(during=ALL, after=ALL, closed=ALL),
        "test": Review(during=OWN, after=OWN, closed=ALL),
        "exam": Review(during=NOTHING, after=NOTHING, closed=NOTHING),
    }
)


@dataclass(frozen=True, slots=True)
class OverallBand:
    """What is said to a result from `percent` (0.0 .. 100.0 of the points) up to the next band."""

    percent: float
    text: LocalText
