"""Which answers of a person count: of each question the first, and only where its key had not been shown before.

No later answer takes the first one's place: not while it waits for a person's mark, so that a score does not hang on
the order in which answers are marked, and not when it is too old, for by then the key was known.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class GradedSlot:
    """One question of a finished attempt of one person.

    `competency` and `difficulty` (easy, medium, hard) are what the attempt's revision said, None where it named none.
    `fraction` of the points may leave 0..1; None where it waits for a person's mark, is never marked, or was decided on
    for everybody. `answered_at` None: left blank, or decided on, so that it says nothing. `key_opened_at`: since when
    the person may see the key of this slot; None: not yet. `guess` (0..1): what a blind guess at the question earns;
    None: a mark of an earlier release, which does not say.
    """

    question: str  # its address
    competency: str | None
    fraction: float | None
    answered_at: datetime | None
    key_opened_at: datetime | None
    attempt_id: int
    slot: int
    revision_id: int
    difficulty: str | None = None
    guess: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A question whose key was shown, though no mark says so: in an attempt still open, reopened or taken out."""

    question: str  # its address
    checked_at: datetime


def evidence_of(slots: Iterable[GradedSlot], checks: Iterable[Check] = ()) -> list[GradedSlot]:
    """The answers of one person that count while they are not too old: of each question the first, unless its key was
    opened before, elsewhere.

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


def counts_until(answered_at: datetime, months: int) -> datetime:
    """The first moment at which an answer is too old: `months` later on the same day, or on the month's last."""
    years, month = divmod(answered_at.month - 1 + months, 12)
    year = answered_at.year + years
    day = answered_at.day
    if day > 28:
        day = min(day, monthrange(year, month + 1)[1])
    return answered_at.replace(year=year, month=month + 1, day=day)


def _first_answer(slots: Sequence[GradedSlot], checked: Sequence[datetime]) -> GradedSlot | None:
    """The first answer of these slots of one question; None where there is none, it has no mark, or its key was open by
    then.
    """
    answered = [slot for slot in slots if slot.answered_at is not None]
    if not answered:
        return None
    first = answered[0] if len(answered) == 1 else min(answered, key=_given)
    if first.fraction is None:
        return None
    elsewhere = [slot.key_opened_at for slot in slots if slot is not first and slot.key_opened_at is not None]
    given = first.answered_at or _NEVER
    return None if any(opened < given for opened in (*elsewhere, *checked)) else first


def _given(slot: GradedSlot) -> tuple[datetime, int, int]:
    """When an answer was given; those of one moment in the order of their attempts."""
    return (slot.answered_at or _NEVER, slot.attempt_id, slot.slot)
