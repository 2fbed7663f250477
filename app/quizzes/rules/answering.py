"""What one posted answer leads to, and what the rows of a slot come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from app.content.course import Feedback
from app.errors import N_, Refusal
from app.questions.base import Grade, Outcome

StoredResponse: TypeAlias = Mapping[str, Any]  # a kind's response as JSON


class Action(StrEnum):
    """What a learner does to a slot."""

    SAVE = "save"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One stored answer. `seq` counts from 1 within its slot; `response` None: the answer was emptied."""

    seq: int
    action: Action
    response: StoredResponse | None
    page_token: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What a page sends: who it is, the newest row it showed (0: none), and the answer (None: nothing given)."""

    page_token: str
    shown_seq: int
    action: Action
    response: StoredResponse | None


@dataclass(frozen=True, slots=True)
class Stored:
    """To be stored under this number."""

    seq: int


@dataclass(frozen=True, slots=True)
class AsSaved:
    """Nothing to store: this is what the slot holds already. None: nothing was given and nothing is there."""

    row: AnswerRow | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Another page wrote `newest` meanwhile: storing would hide it from who wrote it."""

    newest: AnswerRow


@dataclass(frozen=True, slots=True)
class Closed:
    """The slot takes no answer any more."""


Decision: TypeAlias = Stored | AsSaved | Refused | Closed


def decide(newest: AnswerRow | None, said: Said, *, closed: bool = False) -> Decision:
    """What becomes of an answer, given the newest row of its slot (None: there is none).

    In this order: it is what the newest row says already; the slot is `closed` (checked, or the attempt is over); the
    newest row was written from this page, or is the one it showed; anything else. So a repeated post is harmless, a
    lost reply may be followed by a changed answer, and a second tab never overwrites silently.
    """
    if newest is None:
        if said.response is None:
            return AsSaved(None)
    elif newest.response == said.response and (closed or newest.action is said.action):
        return AsSaved(newest)
    if closed:
        return Closed()
    if newest is None:
        return Stored(1)
    if newest.page_token == said.page_token or newest.seq == said.shown_seq:
        return Stored(newest.seq + 1)
    return Refused(newest)


def action_for(wanted: str, feedback: Feedback, grade: Grade | None) -> Action:
    """What the learner's button does: a check only where the quiz checks at once and there is something to check.

    `grade` is the answer's; None where nothing was given. What cannot be understood is saved, to be put right.
    """
    checkable = feedback == "immediate" and grade is not None and grade.outcome is not Outcome.INVALID
    return Action.CHECK if checkable and wanted == Action.CHECK else Action.SAVE


@dataclass(frozen=True, slots=True)
class SlotState:
    """A slot as its rows leave it. `counted` is the row that is graded; `final`: no other can take its place."""

    newest: AnswerRow | None = None
    counted: AnswerRow | None = None
    final: bool = False

    @property
    def seq(self) -> int:
        """The number of the newest row; 0 where there is none."""
        return self.newest.seq if self.newest else 0

    @property
    def response(self) -> StoredResponse | None:
        """The answer that stands; None where there is none."""
        return self.counted.response if self.counted else None

    @property
    def answered(self) -> bool:
        """Whether an answer stands."""
        return self.response is not None


UNTOUCHED = SlotState()


def fold(rows: Sequence[AnswerRow], feedback: Feedback) -> SlotState:
    """A slot's rows, in their order -> its state. The newest counts, but a check closes an immediate slot."""
    if not rows:
        return UNTOUCHED
    if feedback == "immediate":
        for row in rows:
            if row.action is Action.CHECK:
                return SlotState(rows[-1], row, final=True)
    return SlotState(rows[-1], rows[-1])


class NewerAnswer(Refusal):
    """Another page's answer is newer than what this page showed: both are given back, and the learner chooses."""

    def __init__(self, attempt_id: int, slot: int, newest: AnswerRow, given: StoredResponse | None) -> None:
        super().__init__(N_("Ada jawaban yang lebih baru dari perangkat lain. Pilih yang dipakai:"))
        self.attempt_id = attempt_id
        self.slot = slot
        self.newest = newest
        self.given = given


class AttemptOver(Refusal):
    """An answer for an attempt that was handed in."""

    def __init__(self, attempt_id: int) -> None:
        super().__init__(N_("Kuis ini sudah dikumpulkan, jadi jawaban tadi tidak disimpan."))
        self.attempt_id = attempt_id


class AlreadyChecked(Refusal):
    """Another answer for a question that was checked: what was checked counts."""

    def __init__(self, attempt_id: int, slot: int) -> None:
        super().__init__(N_("Soal ini sudah diperiksa, jadi jawabannya tidak dapat diganti."))
        self.attempt_id = attempt_id
        self.slot = slot
