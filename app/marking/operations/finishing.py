"""Hand in: grade every slot, and store marks, result, scores and completion in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert

from app.competencies.operations import store_scores
from app.db import write, write_all, writing
from app.marking.operations.regrading import store_decided
from app.marking.operations.storing import FINISH, store_course_completion, store_opened_keys
from app.marking.queries.regrading import standing_decisions
from app.marking.rules.decisions import decided
from app.marking.rules.marks import HandIn, SlotMark, attempt_result, certainties, grade_slot, slot_marks
from app.marking.rules.regrading import MarkValue
from app.people.permissions import Scope
from app.questions.base import Grade
from app.quizzes.models import Mark
from app.quizzes.queries import (
    Sheet,
    attempts_at,
    get_sheet,
    get_sheet_to_finish,
    open_timed_attempts,
    slots_of,
)
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.review import settled
from app.quizzes.rules.starting import OPEN, AttemptState
from app.quizzes.rules.timing import Move, answer_move, closing_move, hand_in_move
from app.repetition.operations import store_cards

log = logging.getLogger(__name__)

_INSERT_MARKS = insert(Mark.__table__)


def finish_attempt(attempt_id: int, *, within: Scope, now: datetime) -> None:
    """Hand an attempt in. Handed in before, it stays as it was: the first result counts. Raises NotFound.

    Where an answer waits for a person's mark the attempt is only submitted: its result comes with the last mark. Where
    it comes too late, what time made of the attempt is stored.
    """
    with writing():
        sheet = get_sheet_to_finish(attempt_id, within=within)
        _store_move(sheet, hand_in_move(sheet.fact, sheet.limits, now), now)


def end_attempt(attempt_id: int, *, within: Scope, now: datetime) -> None:
    """Store what follows from an answer after which none is taken: handed in, or overdue. Raises NotFound."""
    with writing():
        sheet = get_sheet_to_finish(attempt_id, within=within)
        _store_move(sheet, answer_move(sheet.fact, sheet.limits, now), now)


def close_attempt(attempt_id: int, *, within: Scope, now: datetime) -> bool:
    """Store what time made of an attempt; whether there was anything to store. Raises NotFound."""
    sheet = get_sheet(attempt_id, within=within)
    if closing_move(sheet.fact, sheet.limits, now) is None:
        return False
    with writing():
        sheet = get_sheet_to_finish(attempt_id, within=within)
        move = closing_move(sheet.fact, sheet.limits, now)
        _store_move(sheet, move, now)
    return move is not None


def close_attempts_at(person_id: int, course_slug: str, quiz_id: str, *, now: datetime) -> None:
    """The same for a person's attempts at one quiz."""
    for each in attempts_at(person_id, course_slug, quiz_id):
        if each.state in OPEN:
            close_attempt(each.id, within=Scope(person_id), now=now)


def close_overdue(*, now: datetime) -> int:
    """The same for everybody's, each in a transaction of its own; how many there were. A failure stops no other."""
    closed = 0
    for attempt_id, person_id in open_timed_attempts():
        try:
            closed += close_attempt(attempt_id, within=Scope(person_id), now=now)
        except Exception:
            log.exception("attempt %s could not be closed; it is tried again", attempt_id)
    return closed


def _store_move(sheet: Sheet, move: Move | None, now: datetime) -> None:
    if move is None:
        return
    if move.state is not AttemptState.FINISHED:
        ended = None if move.state in OPEN else move.at
        row = {"attempt_id": sheet.id, "standing": move.state, "at": ended, "share": None, "reached": None}
        write(FINISH, row)
        if move.state is AttemptState.ABANDONED:
            _store_used_up(sheet, now)
        return
    marks = _store_result(sheet, move.at, now)
    store_scores(sheet.person_id, {mark.competency for mark in marks if mark.competency}, now=now)
    store_cards(sheet.person_id, sheet.asked)
    store_course_completion(sheet, move.at)


def _store_result(sheet: Sheet, at: datetime, now: datetime) -> Sequence[SlotMark]:
    """Of an attempt that ended `at`. Its keys open `now`: before its marks are there nobody is shown them."""
    settings = sheet.quiz.settings
    states = slots_of(sheet)
    questions = [sheet.course.questions[place.question] for place in sheet.places]
    earned = [grade_slot(question, state) for question, state in zip(questions, states, strict=True)]
    standing = standing_decisions(sheet.course.slug, sheet.quiz.id)
    grades = [decided(grade, standing.get(place.question)) for grade, place in zip(earned, sheet.places, strict=True)]
    told = certainties(settings.feedback, questions, states, grades)
    result = attempt_result(grades, sheet.places, told, settings.pass_percent)
    others = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    ended = [replace(sheet.fact, state=result.state, fraction=result.fraction, passed=result.passed)]
    ended += [each for each in others if each.id != sheet.id and each.finished_at]
    done = settled(sheet.limits, ended, settings)
    marks = slot_marks(questions, sheet.places, states, grades, HandIn(settings, now, done, sheet.limits.closes))
    write_all(_INSERT_MARKS, [{"attempt_id": sheet.id, **mark._asdict()} for mark in marks])
    state, fraction, passed = result
    write(FINISH, {"attempt_id": sheet.id, "standing": state, "at": at, "share": fraction, "reached": passed})
    if grades != earned:
        told = certainties(settings.feedback, questions, states, earned)
        store_decided(sheet, _values(earned, told, marks), standing)
    if done and len(others) > 1:
        store_opened_keys(sheet, now)
    return marks


def _values(
    grades: Sequence[Grade], told: Sequence[Certainty | None] | None, marks: Sequence[SlotMark]
) -> list[MarkValue]:
    return [
        MarkValue(grade.fraction, grade.outcome, sure, mark.first_fraction)
        for grade, sure, mark in zip(grades, told or [None] * len(grades), marks, strict=True)
    ]


def _store_used_up(sheet: Sheet, at: datetime) -> None:
    """Earlier keys open where an abandoned attempt was the last there may be."""
    attempts = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    ended = [each for each in attempts if each.finished_at]
    if settled(sheet.limits, ended, sheet.quiz.settings):
        store_opened_keys(sheet, at)
