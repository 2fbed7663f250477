"""What one posted answer leads to, and what the rows of a slot come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from app.content.activities import Feedback
from app.errors import N_, Refusal
from app.questions.base import Grade, Outcome
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.tries import Standing

StoredResponse: TypeAlias = Mapping[str, Any]  # a kind's response as JSON


class Action(StrEnum):
    """What a learner does to a slot."""

    SAVE = "save"
    CHECK = "check"
    TRY_AGAIN = "try_again"  # after a hint
    REDO = "redo"  # after a check: the question is opened again


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One stored answer. `seq` counts from 1 within its slot; `response` None: the answer was emptied.

    `certainty` None: how sure the learner is was not asked, or not told. A `try_again` holds what is left of the answer
    that was checked, a `redo` nothing.
    """

    seq: int
    action: Action
    response: StoredResponse | None
    page_token: str
    saved_at: datetime
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a page sends: who it is, the newest row it showed (0: none), and the answer (None: nothing given)."""

    page_token: str
    shown_seq: int
    action: Action
    response: StoredResponse | None
    certainty: Certainty | None = None


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


def decide(
    newest: AnswerRow | None, said: Said, *, closed: bool = False, hinted: bool = False, redoable: bool = False
) -> Decision:
    """What becomes of an answer, given the newest row of its slot (None: there is none).

    In this order: it is what the newest row says already; the slot is `closed` (checked, or the attempt is over) or
    `hinted` (checked, and only another try may follow); the newest row was written from this page, or is the one it
    showed; anything else. So a repeated post is harmless, a lost reply may be followed by a changed answer, and a
    second tab never overwrites silently. Another try where none is due changes nothing, nor does doing a question again
    that is not `redoable` (checked, in an attempt that goes on).
    """
    if said.action is Action.REDO and (redoable or not closed):
        return Stored(newest.seq + 1) if newest and redoable and _knows(said, newest) else AsSaved(newest)
    if said.action is Action.TRY_AGAIN and not closed:
        return Stored(newest.seq + 1) if newest and hinted and _knows(said, newest) else AsSaved(newest)
    shut = closed or hinted
    if newest is None:
        if said.response is None:
            return AsSaved(None)
    elif _says_the_same(said, newest) and (shut or newest.action is said.action):
        return AsSaved(newest)
    if shut:
        return Closed()
    if newest is None:
        return Stored(1)
    return Stored(newest.seq + 1) if _knows(said, newest) else Refused(newest)


def _says_the_same(said: Said, row: AnswerRow) -> bool:
    return row.response == said.response and row.certainty == said.certainty


def _knows(said: Said, row: AnswerRow) -> bool:
    """Whether the page wrote the row itself, or showed it."""
    return row.page_token == said.page_token or row.seq == said.shown_seq


def action_for(wanted: str, feedback: Feedback, grade: Grade | None) -> Action:
    """What the learner's button does: a check only where the quiz checks at once and there is something to check.

    `grade` is the answer's; None where nothing was given. What cannot be understood is saved, to be put right; what a
    person marks, or nobody, cannot be checked at once.
    """
    graded = grade is not None and grade.outcome is not Outcome.INVALID and grade.fraction is not None
    checkable = feedback in ("immediate", "interactive") and graded
    return Action.CHECK if checkable and wanted == Action.CHECK else Action.SAVE


@dataclass(frozen=True, slots=True)
class SlotState:
    """A slot as its rows leave it. `counted` is the row that is graded; `final`: no other can take its place. `asks`
    False: a text alone, which is never answered.

    Only in interactive mode: `tries`, where the question stands; `checked`, the rows that were checked so far, oldest
    first; `earned`, what all of them come to if the attempt is handed in now. `redone`: what went before, where the
    question was opened again.
    """

    newest: AnswerRow | None = None
    counted: AnswerRow | None = None
    final: bool = False
    tries: Standing | None = None
    checked: tuple[AnswerRow, ...] = ()
    earned: Grade | None = None
    asks: bool = True
    redone: Redone | None = None

    @property
    def counting(self) -> SlotState:
        """What counts for the attempt: the answer given since the question was opened again, else the one before."""
        return self if self.redone is None or self.answered or self.checked else self.redone.standing

    @property
    def first(self) -> SlotState:
        """What was answered before the question was opened again for the first time: evidence of what one knew."""
        return self if self.redone is None else self.redone.first

    @property
    def open(self) -> bool:
        """Whether an answer is wanted and none stands."""
        return self.asks and not self.answered

    @property
    def hinted(self) -> bool:
        """Whether the answer was checked and was not right, and another try waits for its button."""
        if self.final or self.tries is None or self.newest is None:
            return False
        return self.newest.action is Action.CHECK

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


@dataclass(frozen=True, slots=True)
class Redone:
    """A slot before it was opened again: as it was the `first` time, and as the newest answer left it (`standing`)."""

    first: SlotState
    standing: SlotState


UNTOUCHED = SlotState()
UNASKED = SlotState(asks=False)


def fold(rows: Sequence[AnswerRow], feedback: Feedback) -> SlotState:
    """A slot's rows, in their order -> its state. The newest counts, but a check closes an immediate slot.

    Interactive slots are folded with their question, by `fold_tries`.
    """
    if not rows:
        return UNTOUCHED
    if feedback == "immediate":
        for row in rows:
            if row.action is Action.CHECK:
                return SlotState(rows[-1], row, final=True)
    return SlotState(rows[-1], rows[-1])


class NewerAnswer(Refusal):
    """Another page's answer is newer than what this page showed: both are given back, and the learner chooses."""

    def __init__(self, attempt_id: int, slot: int, newest: AnswerRow, given: Said) -> None:
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


class AttemptTakenOut(AttemptOver):
    """An answer for an attempt that a trainer took out."""

    def __init__(self, attempt_id: int) -> None:
        super().__init__(attempt_id)
        self.message = N_("Percobaan ini sudah dihapus oleh pengajar, jadi jawaban tadi tidak disimpan.")


class AlreadyChecked(Refusal):
    """Another answer for a question that was checked: what was checked counts. `again`: until another try is begun."""

    def __init__(self, attempt_id: int, slot: int, *, again: bool = False) -> None:
        over = N_("Soal ini sudah diperiksa, jadi jawabannya tidak dapat diganti.")
        first = N_('Jawaban soal ini sudah diperiksa. Tekan "Coba lagi" untuk menggantinya.')
        super().__init__(first if again else over)
        self.attempt_id = attempt_id
        self.slot = slot
