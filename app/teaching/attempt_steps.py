"""One attempt told row by row: its questions with their marks, and everything that was done in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.errors import N_, Message
from app.marking.queries.attempts import Step
from app.marking.rules.by_hand import HandMark
from app.questions.base import Outcome, Question
from app.questions.outcomes import DECIDED, OUTCOME_WORDS
from app.quizzes.queries import MarkFact, Sheet
from app.quizzes.rules.changes import AttemptEvent, ChangeKind
from app.quizzes.rules.starting import AttemptFact, AttemptState
from app.web.languages import language, number

ACTION_WORDS: Final[Mapping[str, Message]] = {
    "save": N_("Menyimpan"),
    "check": N_("Memeriksa"),
    "try_again": N_("Mencoba lagi"),
    "redo": N_("Mengerjakan ulang"),
}

CHANGE_WORDS: Final[Mapping[ChangeKind, Message]] = {
    ChangeKind.REOPENED: N_("Dibuka lagi oleh %(name)s"),
    ChangeKind.EXTRA_TIME: N_("Diberi tambahan %(minutes)s menit oleh %(name)s"),
    ChangeKind.DELETED: N_("Dihapus oleh %(name)s"),
    ChangeKind.RESTORED: N_("Dipulihkan oleh %(name)s"),
}
STATE_WORDS: Final[dict[AttemptState, Message]] = {
    AttemptState.IN_PROGRESS: N_("Sedang dikerjakan"),
    AttemptState.OVERDUE: N_("Lewat waktu, segera kumpulkan"),
    AttemptState.SUBMITTED: N_("Sudah dikumpulkan, menunggu dinilai"),
    AttemptState.FINISHED: N_("Sudah dinilai"),
    AttemptState.ABANDONED: N_("Tidak dikumpulkan"),
    AttemptState.DELETED: N_("Dihapus"),
}


def state_words(attempt: AttemptFact) -> Message:
    """Where an attempt stands. What time handed in is marked when it is next looked at or closed."""
    waits = attempt.state is AttemptState.FINISHED and attempt.fraction is None and not attempt.voided
    return STATE_WORDS[AttemptState.SUBMITTED if waits else attempt.state]


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One question of an attempt. `mark` None: the attempt is still open; `outcome` says how it came out in words."""

    slot: int
    question: Question
    points: float
    mark: MarkFact | None
    outcome: Message | None
    by_hand: bool  # a person marks it, or did


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that was done. `slot` None: to the whole attempt; `text` None: the answer was emptied."""

    at: datetime
    slot: int | None
    action: Message
    text: str | None = ""


def slot_rows(sheet: Sheet, marks: Mapping[int, MarkFact]) -> list[SlotRow]:
    """The questions, slot 1 first."""
    rows = []
    for slot, place in enumerate(sheet.places, start=1):
        mark, question = marks.get(slot), sheet.question(slot)
        outcome = None if mark is None else OUTCOME_WORDS[Outcome(mark.outcome)]
        answered = mark is not None and mark.answered_at is not None and mark.outcome not in DECIDED
        by_hand = answered and question.by_hand
        rows.append(SlotRow(slot, question, place.points, mark, outcome, by_hand))
    return rows


def step_rows(
    sheet: Sheet, steps: Iterable[Step], histories: Mapping[int, Sequence[HandMark]], events: Sequence[AttemptEvent]
) -> list[StepRow]:
    """Everything in the order of time: started, each answer, handed in, each mark given by hand, each change."""
    rows = [StepRow(sheet.fact.started_at, None, N_("Mulai"))]
    rows += [_answer(sheet, step) for step in steps]
    ends = {sheet.fact.finished_at, *(each.finished_at for each in events)}
    rows += [StepRow(each, None, N_("Dikumpulkan")) for each in ends if each is not None]
    rows += [_changed(each) for each in events]
    rows += [_marked(sheet, slot, mark) for slot, marks in histories.items() for mark in marks]
    return sorted(rows, key=lambda row: row.at)  # a stable order: what happened at one moment stays as put here


def _answer(sheet: Sheet, step: Step) -> StepRow:
    question = sheet.question(step.slot)
    response = question.response_of(step.response)
    text = None if response is None else question.response_summary(response, language())
    return StepRow(step.at, step.slot, ACTION_WORDS.get(step.action, N_("Menyimpan")), text)


def _changed(event: AttemptEvent) -> StepRow:
    told = CHANGE_WORDS[event.kind]
    values = {"name": event.by, "minutes": event.minutes}
    return StepRow(event.at, None, Message(told.msgid, values), event.reason)


def _marked(sheet: Sheet, slot: int, mark: HandMark) -> StepRow:
    points = sheet.place(slot).points
    told = N_(
        "Dinilai %(earned)s dari %(points)s poin oleh %(name)s",
        earned=number(mark.fraction * points, 2),
        points=number(points, 1),
        name=mark.marker,
    )
    return StepRow(mark.marked_at, slot, told, mark.comment)
