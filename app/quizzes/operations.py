"""Start an attempt, and answer a question of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import randbits, token_urlsafe
from typing import Final

from app.catalogue.queries import Published
from app.content.course import Quiz
from app.db import insert_new, insert_unless_there, writing
from app.people.permissions import Scope
from app.questions.base import Fields
from app.quizzes.models import Answer, Attempt
from app.quizzes.queries import Sheet, attempts_at, get_sheet_to_answer, layouts_at, slots_of
from app.quizzes.rules.answering import (
    Action,
    AlreadyChecked,
    AnswerRow,
    AsSaved,
    AttemptOver,
    Closed,
    NewerAnswer,
    Refused,
    Said,
    SlotState,
    action_for,
    decide,
    fold,
)
from app.quizzes.rules.layout import layout, stored_places, times_used
from app.quizzes.rules.starting import AttemptState, GoTo, start_decision

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer as its page sent it. Nothing of it is trusted."""

    fields: Fields
    page_token: str
    shown_seq: int
    wanted: str  # the action asked for: `save` or `check`


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of it. `states` of every slot and `row` are as they are now (None: nothing is there).

    `refused_check`: there was no answer to check.
    """

    sheet: Sheet
    states: Sequence[SlotState]
    row: AnswerRow | None
    refused_check: bool


def new_page_token() -> str:
    """A name for one rendering of a page."""
    return token_urlsafe(6)


def start_attempt(person_id: int, published: Published, quiz: Quiz, *, now: datetime, wanted: int | None = None) -> int:
    """The attempt to work on: the one the pressed button means, the one in progress, or a new one.

    `wanted` is the number on the button. Of two presses at once UNIQUE(person, quiz, number) lets one make the attempt,
    and both are led to it. Raises AttemptsUsedUp.
    """
    slug = published.course.slug
    with writing():
        while True:
            decision = start_decision(attempts_at(person_id, slug, quiz.id), quiz.settings.attempts, wanted)
            if isinstance(decision, GoTo):
                return decision.attempt_id
            seed = randbits(62)
            uses = times_used(layouts_at(person_id, slug, quiz.id))
            row = {
                "person_id": person_id,
                "course_slug": slug,
                "quiz_id": quiz.id,
                "revision_id": published.revision_id,
                "number": decision.number,
                "seed": seed,
                "layout": stored_places(layout(published.course, quiz, seed, uses)),
                "state": AttemptState.IN_PROGRESS,
                "started_at": now,
            }
            made = insert_new(Attempt.__table__, row)
            if made is not None:
                return made
            wanted = decision.number  # another press was faster


def answer_question(attempt_id: int, slot: int, posted: Posted, *, within: Scope, now: datetime) -> Answered:
    """Store an answer, unless it is what the slot holds already.

    Raises NotFound, NewerAnswer (another page wrote meanwhile), AttemptOver and AlreadyChecked; then nothing is stored.
    """
    with writing():
        sheet = get_sheet_to_answer(attempt_id, within=within)
        said = _said(sheet, slot, posted)
        refused_check = posted.wanted == Action.CHECK and said.action is not Action.CHECK
        while True:
            states = slots_of(sheet)
            state = states[slot - 1]
            decision = decide(state.newest, said, closed=state.final or sheet.finished)
            match decision:
                case AsSaved(row):
                    return Answered(sheet, states, row, refused_check)
                case Closed():
                    raise AttemptOver(attempt_id) if sheet.finished else AlreadyChecked(attempt_id, slot)
                case Refused(newest):
                    raise NewerAnswer(attempt_id, slot, newest, said.response)
            row = AnswerRow(decision.seq, said.action, said.response, said.page_token, now)
            if _store(attempt_id, slot, row):
                states[slot - 1] = fold([row], sheet.quiz.settings.feedback)  # nothing follows a row that closes a slot
                return Answered(sheet, states, row, refused_check)


def _said(sheet: Sheet, slot: int, posted: Posted) -> Said:
    question, order = sheet.question(slot), sheet.place(slot).order
    response = question.read(posted.fields, order)
    grade = None if response is None else question.grade(response)
    return Said(
        # A page without a proper name is a page nobody wrote from before.
        page_token=posted.page_token if _TOKEN.fullmatch(posted.page_token) else new_page_token(),
        shown_seq=posted.shown_seq,
        action=action_for(posted.wanted, sheet.quiz.settings.feedback, grade),
        response=None if response is None else response.model_dump(mode="json"),
    )


def _store(attempt_id: int, slot: int, row: AnswerRow) -> bool:
    """Whether the row was inserted: False where another writer took its number."""
    return insert_unless_there(
        Answer.__table__,
        {
            "attempt_id": attempt_id,
            "slot": slot,
            "seq": row.seq,
            "action": row.action,
            "response": row.response,
            "page_token": row.page_token,
            "saved_at": row.saved_at,
        },
    )
