"""Which attempts there are, and whether another may be started."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.errors import N_, Refusal


class AttemptState(StrEnum):
    """Where an attempt stands; stored as text."""

    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"  # its time is up: it may be handed in for a while, not answered
    SUBMITTED = "submitted"  # handed in, waits for a person's marks
    FINISHED = "finished"
    ABANDONED = "abandoned"  # never handed in: it has no result
    DELETED = "deleted"  # taken out by a trainer: it counts nowhere, and nobody gets its number


OPEN: Final = frozenset({AttemptState.IN_PROGRESS, AttemptState.OVERDUE})  # not yet handed in


class AttemptsUsedUp(Refusal):
    """Every attempt the quiz allows was made."""

    def __init__(self, limit: int) -> None:
        super().__init__(N_("Kesempatan Anda untuk kuis ini sudah habis (%(limit)s kali).", limit=limit))


@dataclass(frozen=True, slots=True)
class AttemptFact:
    """One attempt of a person at a quiz. `fraction` (0.0 .. 1.0) and `passed` are None until it is finished.

    `finished_at` is when it was handed in, whether or not it still waits for marks.
    """

    id: int
    number: int  # from 1
    state: AttemptState
    started_at: datetime
    finished_at: datetime | None = None
    fraction: float | None = None
    passed: bool | None = None
    revision_id: int = 0  # of the course, as it was when the attempt began
    own_end: datetime | None = None  # until when it is worked on, given to it alone; None: the limits decide

    @property
    def voided(self) -> bool:
        """Whether it has no result because every question that would count was left out."""
        return self.state is AttemptState.FINISHED and self.fraction is None and self.passed is not None


@dataclass(frozen=True, slots=True)
class Begin:
    """A new attempt is to be made, under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class GoTo:
    """The attempt that was meant is there already."""

    attempt_id: int


def start_decision(attempts: Sequence[AttemptFact], limit: int | None, wanted: int | None = None) -> Begin | GoTo:
    """What pressing "start" leads to: the attempt in progress, or a new one. `limit` None: as often as one likes.

    `wanted` is the number the pressed button stood for, where it is known: a button pressed twice, or again from a page
    that is out of date, leads to the attempt it made, finished or not. Raises AttemptsUsedUp.
    """
    for each in attempts:
        if each.number == wanted:
            return GoTo(each.id)
    current = in_progress(attempts)
    if current is not None:
        return GoTo(current.id)
    if limit is not None and attempts_left(attempts, limit) == 0:
        raise AttemptsUsedUp(limit)
    return Begin(next_number(attempts))


def next_number(attempts: Iterable[AttemptFact]) -> int:
    """The number a further attempt would have."""
    return max((each.number for each in attempts), default=0) + 1


def in_progress(attempts: Iterable[AttemptFact]) -> AttemptFact | None:
    """The attempt to go on with, or to hand in; None where there is none."""
    return next((each for each in attempts if each.state in OPEN), None)


def attempts_left(attempts: Sequence[AttemptFact], limit: int | None) -> int | None:
    """How many more may be started; None: as many as one likes. One in progress is used, one taken out is not."""
    used = sum(each.state is not AttemptState.DELETED for each in attempts)
    return None if limit is None else max(0, limit - used)
