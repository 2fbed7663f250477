"""How a score is made of graded answers. Pure, so that another way of scoring can take its place.

A score is 100 times the mean fraction over the distinct questions of a competency. Each question counts once: by the
first answer the person gave to it, and only where its key had not been shown to that person before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import fsum
from typing import Final

MINIMUM: Final = 5  # questions; a score that rests on fewer is not shown
FEW_PEOPLE: Final = 5  # a mean over fewer people is to be read with care
STEPS: Final = (50, 60, 75)  # where the tint of a score changes; none of them is a mark for passing
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class GradedSlot:
    """One question of a finished attempt of one person.

    `competency` is what the attempt's revision said, None where it named none. `fraction` of the points may leave 0..1;
    None where it waits for a person's mark, is never marked, or was decided on for everybody.
    `answered_at` None: left blank. `key_opened_at`: since when the person may see the key of this slot; None: not yet.
    """

    question: str  # its address
    competency: str | None
    fraction: float | None
    answered_at: datetime | None
    key_opened_at: datetime | None
    attempt_id: int
    slot: int
    revision_id: int


@dataclass(frozen=True, slots=True)
class Check:
    """A question whose key was shown, though no mark says so: in an attempt still open, reopened or taken out."""

    question: str  # its address
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Score:
    """`score` 0.0 .. 100.0 over `questions` distinct questions (at least one)."""

    score: float
    questions: int

    @property
    def enough(self) -> bool:
        """Whether it rests on enough questions to be shown."""
        return self.questions >= MINIMUM

    @property
    def tint(self) -> int:
        """Its tint, 0 where it is not shown."""
        return tint(self.score) if self.enough else 0


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean (0.0 .. 100.0) of the scores of those `people` whose score is shown."""

    score: float
    people: int

    @property
    def few(self) -> bool:
        """Whether it is to be read with care."""
        return self.people < FEW_PEOPLE

    @property
    def tint(self) -> int:
        """Its tint."""
        return tint(self.score)


def evidence_of(slots: Iterable[GradedSlot], checks: Iterable[Check] = ()) -> list[GradedSlot]:
    """The answers of one person that count: of each question the first, unless its key was opened before, elsewhere.

    `slots` are all of the person's slots with the questions concerned, blanks and those without a mark included: they
    are no evidence, but they can open a key. In the order they were answered.
    """
    by_question: dict[str, list[GradedSlot]] = defaultdict(list)
    for slot in slots:
        by_question[slot.question].append(slot)
    checked: dict[str, list[datetime]] = defaultdict(list)
    for check in checks:
        checked[check.question].append(check.checked_at)
    found = [_first_answer(each, checked.get(question, ())) for question, each in by_question.items()]
    return sorted((slot for slot in found if slot is not None), key=_given)


def competency_scores(evidence: Iterable[GradedSlot]) -> dict[str, Score]:
    """Each competency's score over the evidence of one person; none for a competency without evidence."""
    fractions: dict[str, list[float]] = defaultdict(list)
    for slot in evidence:
        if slot.competency is not None and slot.fraction is not None:
            fractions[slot.competency].append(min(1.0, max(0.0, slot.fraction)))
    # fsum: the same number whatever the order of the rows
    return {name: Score(100 * fsum(each) / len(each), len(each)) for name, each in fractions.items()}


def touched_with(competencies: Iterable[str], slots: Iterable[GradedSlot]) -> frozenset[str]:
    """`competencies`, and those that other revisions gave to the same questions: an answer may move between them."""
    return frozenset(competencies) | {slot.competency for slot in slots if slot.competency is not None}


def tint(score: float) -> int:
    """The tint of a score as it is shown, in whole numbers: 1 (low) .. 4 (high). 0 stands for a score not shown."""
    return 1 + sum(round(score) >= limit for limit in STEPS)


def _first_answer(slots: Sequence[GradedSlot], checked: Sequence[datetime]) -> GradedSlot | None:
    """The first marked answer of these slots of one question; None where there is none or its key was open by then."""
    marked = (slot for slot in slots if slot.answered_at is not None and slot.fraction is not None)
    first = min(marked, key=_given, default=None)
    if first is None or first.answered_at is None:
        return None
    elsewhere = [slot.key_opened_at for slot in slots if slot is not first and slot.key_opened_at is not None]
    return None if any(opened < first.answered_at for opened in (*elsewhere, *checked)) else first


def _given(slot: GradedSlot) -> tuple[datetime, int, int]:
    """When an answer was given; those of one moment in the order of their attempts."""
    return (slot.answered_at or _NEVER, slot.attempt_id, slot.slot)
