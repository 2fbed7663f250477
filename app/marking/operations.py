"""Hand in, and mark by hand: marks, result, scores and completion are stored in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from app.catalogue.queries import get_published
from app.competencies.operations import store_scores
from app.db import write, write_all, writing
from app.errors import NotFound
from app.marking.models import MarkChange
from app.marking.queries.history import history_of
from app.marking.queries.reach import get_reached
from app.marking.rules import (
    HandIn,
    OwnAnswer,
    SlotMark,
    Verdict,
    attempt_fraction,
    certainties,
    grade_slot,
    keep_verdict,
    mark_by_people,
    passes,
    slot_marks,
)
from app.people.permissions import Scope
from app.progress.operations import store_completion
from app.questions.base import Grade, Outcome
from app.quizzes.models import Attempt, Mark
from app.quizzes.queries import (
    Sheet,
    attempts_at,
    get_sheet,
    get_sheet_to_finish,
    marks_of,
    open_timed_attempts,
    slots_of,
)
from app.quizzes.rules.review import opens_earlier_keys, settled
from app.quizzes.rules.starting import OPEN, AttemptState
from app.quizzes.rules.timing import Move, answer_move, closing_move, hand_in_move

log = logging.getLogger(__name__)

_ATTEMPT = Attempt.__table__
_MARK = Mark.__table__
_INSERT_MARKS = insert(_MARK)
_FINISH = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id == bindparam("attempt_id"))
    .values(
        state=bindparam("standing"),
        finished_at=bindparam("at"),
        fraction=bindparam("share"),
        passed=bindparam("reached"),
    )
)
_OPEN_EARLIER_KEYS = (
    update(_MARK)
    .where(
        _MARK.c.key_opened_at.is_(None),
        _MARK.c.attempt_id.in_(
            select(_ATTEMPT.c.id).where(
                _ATTEMPT.c.person_id == bindparam("person_id"),
                _ATTEMPT.c.course_slug == bindparam("course"),
                _ATTEMPT.c.quiz_id == bindparam("quiz"),
            )
        ),
    )
    .values(key_opened_at=bindparam("at"))
)

_INSERT_CHANGE = insert(MarkChange.__table__).inline()
_MARK_SLOT = (
    update(_MARK)
    .where(_MARK.c.attempt_id == bindparam("mark_of"), _MARK.c.slot == bindparam("in_slot"))
    .values(fraction=bindparam("share"), outcome=bindparam("came_to"))
)


@dataclass(frozen=True, slots=True)
class Marker:
    """Who marks, how far that reaches, and whether their word stands alone where two are asked for."""

    within: Scope
    decides: bool = False


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
        write(_FINISH, row)
        if move.state is AttemptState.ABANDONED:
            _store_used_up(sheet, move.at)
        return
    marks = _store_result(sheet, move.at)
    store_scores(sheet.person_id, {mark.competency for mark in marks if mark.competency}, now=now)
    _store_completion(sheet, move.at)


def _store_completion(sheet: Sheet, at: datetime) -> None:
    # Completion follows the course as it is served now, not as the attempt pinned it.
    served = get_published(sheet.course.slug)
    store_completion(sheet.person_id, served.course, served.revision_id, now=at)


def _open_earlier_keys(sheet: Sheet, at: datetime) -> None:
    """Once the quiz is settled: keys that were kept back open, unless its closing date decides."""
    if sheet.limits.closes is None and opens_earlier_keys(sheet.quiz.settings):
        facts = {"person_id": sheet.person_id, "course": sheet.course.slug, "quiz": sheet.quiz.id, "at": at}
        write(_OPEN_EARLIER_KEYS, facts)


def _store_result(sheet: Sheet, now: datetime) -> Sequence[SlotMark]:
    settings = sheet.quiz.settings
    states = slots_of(sheet)
    questions = [sheet.course.questions[place.question] for place in sheet.places]
    grades = [grade_slot(question, state) for question, state in zip(questions, states, strict=True)]
    told = certainties(settings.feedback, questions, states, grades)
    fraction = attempt_fraction(grades, sheet.places, told)
    passed = None if fraction is None else passes(fraction, settings.pass_percent)
    others = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    ended = [passed, *(each.passed for each in others if each.id != sheet.id and each.finished_at)]
    done = settled(sheet.limits, ended)
    marks = slot_marks(questions, sheet.places, states, grades, HandIn(settings, now, done, sheet.limits.closes))
    write_all(_INSERT_MARKS, [{"attempt_id": sheet.id, **mark._asdict()} for mark in marks])
    state = AttemptState.SUBMITTED if fraction is None else AttemptState.FINISHED
    write(_FINISH, {"attempt_id": sheet.id, "standing": state, "at": now, "share": fraction, "reached": passed})
    if done and len(others) > 1:
        _open_earlier_keys(sheet, now)
    return marks


def _store_used_up(sheet: Sheet, at: datetime) -> None:
    """Earlier keys open where an abandoned attempt was the last there may be."""
    attempts = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    ended = [each.passed for each in attempts if each.finished_at]
    if settled(sheet.limits, ended):
        _open_earlier_keys(sheet, at)


def mark_by_hand(attempt_id: int, slot: int, verdict: Verdict, *, by: Marker, now: datetime) -> None:
    """Keep a person's mark of one answer. With the last one that an attempt waits for, the attempt has its result.

    A later mark corrects an earlier one, also after the attempt has its result. What the same person says twice is kept
    once. Raises NotFound (also for an answer that no person marks), OwnAnswer, MarkedMeanwhile.
    """
    owner = get_reached(attempt_id, by.within).sheet.person_id
    if owner == by.within.person_id:
        raise OwnAnswer
    with writing():
        sheet = get_sheet_to_finish(attempt_id, within=Scope(owner))
        if not sheet.finished or not is_marked_by_hand(sheet, slot):
            raise NotFound
        markers = sheet.quiz.settings.markers
        history = history_of(attempt_id, slot)
        if not keep_verdict(by.within.person_id, history, markers, verdict):
            return
        _store_change((attempt_id, slot, len(history) + 1), verdict, by, now)
        grade = mark_by_people(history_of(attempt_id, slot), markers)
        values = {"mark_of": attempt_id, "in_slot": slot, "share": grade.fraction, "came_to": grade.outcome}
        write(_MARK_SLOT, values)
        if grade.fraction is not None:
            _store_marked(sheet, slot, now)


def is_marked_by_hand(sheet: Sheet, slot: int) -> bool:
    """Whether a person marks this slot: its question asks for that, and something was answered. Raises NotFound."""
    return sheet.question(slot).by_hand and marks_of(sheet.id)[slot].answered_at is not None


def _store_change(key: tuple[int, int, int], verdict: Verdict, by: Marker, now: datetime) -> None:
    attempt_id, slot, seq = key
    row = {
        "attempt_id": attempt_id,
        "slot": slot,
        "seq": seq,
        "marker_id": by.within.person_id,
        "decides": by.decides,
        "fraction": verdict.fraction,
        "levels": dict(verdict.levels),
        "comment": verdict.comment,
        "marked_at": now,
    }
    write(_INSERT_CHANGE, row)


def _store_marked(sheet: Sheet, slot: int, now: datetime) -> None:
    """What follows from a slot's new mark: the attempt's result, unless others still wait, scores and completion."""
    marks = marks_of(sheet.id)
    grades = [Grade(mark.fraction, Outcome(mark.outcome)) for _, mark in sorted(marks.items())]
    settings = sheet.quiz.settings
    told = [mark.certainty for _, mark in sorted(marks.items())] if settings.feedback == "certainty" else None
    fraction = attempt_fraction(grades, sheet.places, told)
    if fraction is not None:
        passed = passes(fraction, settings.pass_percent)
        result = {"attempt_id": sheet.id, "standing": AttemptState.FINISHED, "at": sheet.fact.finished_at}
        write(_FINISH, {**result, "share": fraction, "reached": passed})
        if passed:
            _open_earlier_keys(sheet, now)
    competency = sheet.question(slot).competency
    store_scores(sheet.person_id, {competency} if competency else set(), now=now)
    if fraction is not None:
        _store_completion(sheet, now)
