"""Start an attempt, and answer a question of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import randbits, token_urlsafe
from typing import Final

from app.catalogue.queries import Published
from app.content.activities import Quiz
from app.db import insert_new, insert_unless_there, writing
from app.errors import Refusal
from app.people.permissions import Scope
from app.questions.base import Fields, Question
from app.questions.file import File
from app.quizzes.drawing import store_own_form
from app.quizzes.models import Answer, Attempt
from app.quizzes.notes import store_flag, store_passed
from app.quizzes.overrides import anything_granted
from app.quizzes.queries import Sheet, get_sheet_to_answer, layouts_at, slots_of
from app.quizzes.rules.answering import (
    Action,
    AlreadyChecked,
    AnswerRow,
    AsSaved,
    AttemptOver,
    AttemptTakenOut,
    Closed,
    NewerAnswer,
    Refused,
    Said,
    SlotState,
    action_for,
    decide,
)
from app.quizzes.rules.certainty import Certainty, asks_certainty
from app.quizzes.rules.interactive import left_for_another_try, slot_state_after
from app.quizzes.rules.layout import layout, stored_places, times_used
from app.quizzes.rules.navigation import OutOfTurn
from app.quizzes.rules.starting import AttemptState, GoTo, start_decision
from app.quizzes.rules.windows import check_may_begin
from app.quizzes.standing import standing_at
from app.uploads.operations import store_use

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer as its page sent it. Nothing of it is trusted."""

    fields: Fields
    page_token: str
    shown_seq: int
    wanted: str  # the action asked for: `save` or `check`
    unsure: bool | None = None  # whether the learner doubts it; None: the page did not ask
    goes_on: bool = False  # to the next question, which in a sequential quiz leaves this one behind
    unsent: int | None = None  # how many other answers of the attempt still wait on the phone; None: it did not say


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of it. `states` of every slot and `row` are as they are now (None: nothing is there).

    `refused_check`: there was no answer to check. `time_up`: no answer is taken after this one; `lost`: nor was this.
    """

    sheet: Sheet
    states: Sequence[SlotState]
    row: AnswerRow | None
    refused_check: bool
    time_up: bool = False
    lost: bool = False
    noted: bool = False  # the learner said to be unsure of it, or no longer to be


@dataclass(frozen=True, slots=True)
class AllAnswered:
    """What became of the answers of one page. `refused`: by slot, those that another page had changed meanwhile."""

    sheet: Sheet
    states: Sequence[SlotState]
    refused: Mapping[int, NewerAnswer]
    time_up: bool
    lost: bool


def new_page_token() -> str:
    """A name for one rendering of a page."""
    return token_urlsafe(6)


def page_token_of(sent: str) -> str:
    """The name under which a page sends. A page without a proper one is a page nobody wrote from before."""
    return sent if _TOKEN.fullmatch(sent) else new_page_token()


def start_attempt(person_id: int, published: Published, quiz: Quiz, *, now: datetime, wanted: int | None = None) -> int:
    """The attempt to work on: the one the pressed button means, the one in progress, or a new one.

    `wanted` is the number on the button. Of two presses at once UNIQUE(person, quiz, number) lets one make the attempt,
    and both are led to it. Of a test in two forms it is the person's own, drawn at their first press.

    Raises AttemptsUsedUp, NotOpenYet, QuizClosed, TooSoon.
    """
    slug = published.course.slug
    with writing():
        quiz = store_own_form(person_id, published.course, quiz, coin=bool(randbits(1)), now=now)
        while True:
            standing = standing_at(person_id, published.course, quiz, now=now)
            decision = start_decision(standing.attempts, standing.limits.attempts, wanted)
            if isinstance(decision, GoTo):
                return decision.attempt_id
            check_may_begin(standing.attempts, standing.limits, now)
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
                "timed": standing.limits.timed or anything_granted(slug, quiz.id),
            }
            made = insert_new(Attempt.__table__, row)
            if made is not None:
                return made
            wanted = decision.number  # another press was faster


def answer_question(attempt_id: int, slot: int, posted: Posted, *, within: Scope, now: datetime) -> Answered:
    """Store an answer, unless it is what the slot holds already.

    Raises NotFound, NewerAnswer (another page wrote meanwhile), AttemptOver, AlreadyChecked, OutOfTurn and, for files
    that are not the learner's or not there, UploadGone; then nothing is stored. Where the time is up, the answer says
    so (`time_up`), and what that means for the attempt is the caller's to store.
    """
    with writing():
        sheet = get_sheet_to_answer(attempt_id, within=within)
        sheet.place(slot)
        return _answer(sheet, slots_of(sheet), slot, posted, now=now)


def answer_all(attempt_id: int, posted: Mapping[int, Posted], *, within: Scope, now: datetime) -> AllAnswered:
    """Store the answers of a page with all questions, by slot, each by the same rule: one refused stops no other.

    Raises NotFound, AttemptOver, AttemptTakenOut.
    """
    refused: dict[int, NewerAnswer] = {}
    with writing():
        sheet = get_sheet_to_answer(attempt_id, within=within)
        states = slots_of(sheet)
        time_up = lost = False
        for slot, each in posted.items():
            try:
                answered = _answer(sheet, states, slot, each, now=now)
            except NewerAnswer as refusal:
                refused[slot] = refusal
                continue
            sheet, states = answered.sheet, list(answered.states)
            time_up, lost = answered.time_up, lost or answered.lost
        return AllAnswered(sheet, states, refused, time_up, lost)


def _answer(sheet: Sheet, states: list[SlotState], slot: int, posted: Posted, *, now: datetime) -> Answered:
    if sheet.deleted:
        raise AttemptTakenOut(sheet.id)
    question, feedback = sheet.question(slot), sheet.quiz.settings.feedback
    while True:
        state = states[slot - 1]
        said = _said(sheet, slot, posted, state)
        refused_check = posted.wanted == Action.CHECK and said.action is not Action.CHECK
        too_late = not sheet.finished and sheet.state_at(now) is not AttemptState.IN_PROGRESS
        over = sheet.finished or too_late or not sheet.in_turn(slot)
        time_up = not sheet.finished and not sheet.workable(now)
        decision = decide(
            state.newest,
            said,
            closed=state.final or over,
            hinted=state.hinted,
            redoable=state.final and not over,
        )
        match decision:
            case AsSaved(row):
                return _answered(sheet, slot, posted, Answered(sheet, states, row, refused_check, time_up))
            case Closed() if too_late:
                return Answered(sheet, states, None, refused_check=False, time_up=True, lost=True)
            case Closed():
                raise _closed(sheet, slot, state)
            case Refused(newest):
                raise NewerAnswer(sheet.id, slot, newest, said)
        row = AnswerRow(decision.seq, said.action, said.response, said.page_token, now, said.certainty)
        if _store(sheet.id, slot, row, posted.unsent):
            _store_uses(sheet.person_id, question, row)
            states[slot - 1] = slot_state_after(state, row, feedback, question)
            return _answered(sheet, slot, posted, Answered(sheet, states, row, refused_check, time_up))
        states = slots_of(sheet)  # another writer was faster


def _answered(sheet: Sheet, slot: int, posted: Posted, answered: Answered) -> Answered:
    """What became of an answer, with what its page said beside it stored as well."""
    if not sheet.in_turn(slot):
        return answered  # sent twice
    flagged = store_flag(sheet, slot, unsure=posted.unsure)
    after = store_passed(flagged, slot) if posted.goes_on else flagged
    return replace(answered, sheet=after, noted=flagged.flagged != sheet.flagged)


def pass_slot(attempt_id: int, slot: int, *, within: Scope, now: datetime) -> Sheet:
    """Go on from a question that takes no answer any more; the attempt as it is then.

    Once it was left behind, or where time is up, nothing changes. Raises NotFound.
    """
    with writing():
        sheet = get_sheet_to_answer(attempt_id, within=within)
        return store_passed(sheet, slot) if sheet.workable(now) else sheet


def _closed(sheet: Sheet, slot: int, state: SlotState) -> Refusal:
    if sheet.finished:
        return AttemptOver(sheet.id)
    if not sheet.in_turn(slot):
        return OutOfTurn(sheet.id, slot, passed=slot < sheet.reached)
    return AlreadyChecked(sheet.id, slot, again=state.hinted)


def _said(sheet: Sheet, slot: int, posted: Posted, state: SlotState) -> Said:
    question, order, feedback = sheet.question(slot), sheet.place(slot).order, sheet.quiz.settings.feedback
    page_token = page_token_of(posted.page_token)
    if posted.wanted == Action.TRY_AGAIN and feedback == "interactive":
        left = left_for_another_try(question, state)
        return Said(page_token, posted.shown_seq, Action.TRY_AGAIN, left)
    if posted.wanted == Action.REDO and sheet.quiz.settings.redo:
        return Said(page_token, posted.shown_seq, Action.REDO, None)
    response = question.read(posted.fields, order)
    grade = None if response is None else question.grade(response)
    return Said(
        page_token=page_token,
        shown_seq=posted.shown_seq,
        action=action_for(posted.wanted, feedback, grade),
        response=None if response is None else response.model_dump(mode="json"),
        certainty=_certainty(posted.fields) if response is not None and asks_certainty(question, feedback) else None,
    )


def _certainty(fields: Fields) -> Certainty | None:
    """How sure the learner says to be; None where nothing of the kind was chosen."""
    told = (fields.get("certainty") or ("",))[0]
    return next((each for each in Certainty if str(each.value) == told), None)


def _store_uses(person_id: int, question: Question, row: AnswerRow) -> None:
    """Files that the answer refers to are kept from now on. Raises UploadGone."""
    if isinstance(question, File) and (response := question.response_of(row.response)) is not None:
        store_use(person_id, [each.id for each in response.files])


def _store(attempt_id: int, slot: int, row: AnswerRow, unsent: int | None) -> bool:
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
            "certainty": row.certainty,
            "unsent": unsent,
        },
    )
