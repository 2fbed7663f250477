"""What a trainer does to somebody's attempt, each with its reason in the attempt's history, in one transaction.

A course that was completed stays completed, and a key that was opened stays open: what somebody was told cannot be
taken back. All else follows the attempt: its marks, its result, the scores of its competencies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from app.competencies.operations import store_scores
from app.competencies.queries.facts import facts_under
from app.db import insert_unless_there, read, write, writing
from app.marking.models import MarkChange
from app.marking.operations.storing import store_course_completion, store_opened_keys
from app.marking.queries.reach import get_reached
from app.marking.queries.regrades import graded_otherwise_since
from app.people.permissions import Scope
from app.quizzes.events import events_of
from app.quizzes.models import Attempt, AttemptEventRow, KeyShown, Mark
from app.quizzes.queries import Sheet, attempts_at, get_sheet_to_finish, marks_of
from app.quizzes.rules.changes import (
    AnotherUnderWay,
    AttemptEvent,
    Change,
    ChangeKind,
    MarkedByPeople,
    OwnAttempt,
    RegradedMeanwhile,
    check_change,
    end_when_reopened,
    extended_end,
    is_repeated,
    told_at,
)
from app.quizzes.rules.review import is_closed, settled
from app.quizzes.rules.starting import OPEN, AttemptFact, AttemptState
from app.quizzes.rules.timing import as_of
from app.quizzes.standing import standing_at
from app.repetition.operations import store_cards

_ATTEMPT: Final = Attempt.__table__
_STAND: Final = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id == bindparam("attempt_id"))
    .values(
        state=bindparam("standing"),
        finished_at=bindparam("at"),
        fraction=bindparam("share"),
        passed=bindparam("reached"),
        own_end=bindparam("until"),
        timed=True,  # what was granted meanwhile is not asked: it is looked at, and found to have no end
    )
)
_FORGET_MARKS: Final = delete(Mark.__table__).where(Mark.__table__.c.attempt_id == bindparam("attempt_id"))
_FORGET_REGRADE: Final = update(_ATTEMPT).where(_ATTEMPT.c.id == bindparam("attempt_id")).values(regraded=False)
_MARKED: Final = select(MarkChange.__table__.c.id).where(MarkChange.__table__.c.attempt_id == bindparam("attempt_id"))
_INSERT_EVENT: Final = insert(AttemptEventRow.__table__).inline()


def change_attempt(attempt_id: int, change: Change, *, within: Scope, now: datetime) -> None:
    """Make a change to an attempt in reach. The same form sent twice makes it once.

    Raises NotFound and ChangeRefused, whichever of its kinds holds; then nothing is changed.
    """
    owner = get_reached(attempt_id, within).sheet.person_id
    if owner == within.person_id:
        raise OwnAttempt
    with writing():
        sheet = get_sheet_to_finish(attempt_id, within=Scope(owner))
        events = events_of(attempt_id)
        if is_repeated(change, events):
            return
        sheet = replace(sheet, fact=as_of(sheet.fact, sheet.limits, now))
        check_change(change, sheet.fact, events)
        _CHANGES[change.kind](sheet, change, events, now)
        _store_event(sheet, change, len(events) + 1, now)


def _reopen(sheet: Sheet, change: Change, events: Sequence[AttemptEvent], now: datetime) -> None:
    if read(_MARKED, {"attempt_id": sheet.id}):
        raise MarkedByPeople
    _check_alone(sheet, now)
    own_end = end_when_reopened(sheet.fact, sheet.limits, change.minutes, now)
    touched = _touched(sheet)
    _store_keys_shown(sheet, now)
    write(_FORGET_MARKS, {"attempt_id": sheet.id})
    write(_FORGET_REGRADE, {"attempt_id": sheet.id})
    _stand(sheet.id, replace(sheet.fact, state=AttemptState.IN_PROGRESS, own_end=own_end, **_NO_RESULT))
    store_scores(sheet.person_id, touched, now=now)
    store_cards(sheet.person_id, sheet.asked)


def _extend(sheet: Sheet, change: Change, events: Sequence[AttemptEvent], now: datetime) -> None:
    own_end = extended_end(sheet.fact, sheet.limits, change.minutes, now)
    _stand(sheet.id, replace(sheet.fact, state=AttemptState.IN_PROGRESS, own_end=own_end))


def _delete(sheet: Sheet, change: Change, events: Sequence[AttemptEvent], now: datetime) -> None:
    """Its answers and marks stay, so that it can be put back; without a hand-in no fold counts them."""
    touched = _touched(sheet)
    _store_keys_shown(sheet, now)
    _stand(sheet.id, replace(sheet.fact, state=AttemptState.DELETED, **_NO_RESULT))
    store_scores(sheet.person_id, touched, now=now)
    store_cards(sheet.person_id, sheet.asked)


def _restore(sheet: Sheet, change: Change, events: Sequence[AttemptEvent], now: datetime) -> None:
    before = next(each for each in reversed(events) if each.kind is ChangeKind.DELETED)
    state = _stored_before(before)
    if state in OPEN:
        _check_alone(sheet, now)
    elif graded_otherwise_since(sheet.course.slug, sheet.quiz.id, before.at):
        raise RegradedMeanwhile
    result = {"finished_at": before.finished_at, "fraction": before.fraction, "passed": before.passed}
    _stand(sheet.id, replace(sheet.fact, state=state, **({} if state in OPEN else result)))
    store_scores(sheet.person_id, _touched(sheet), now=now)
    store_cards(sheet.person_id, sheet.asked)
    attempts = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    if settled(sheet.limits, [each for each in attempts if each.finished_at], sheet.quiz.settings):
        store_opened_keys(sheet, now)
    store_course_completion(sheet, now)


_Store = Callable[[Sheet, Change, Sequence[AttemptEvent], datetime], None]
_CHANGES: Final[Mapping[ChangeKind, _Store]] = {
    ChangeKind.REOPENED: _reopen,
    ChangeKind.EXTRA_TIME: _extend,
    ChangeKind.DELETED: _delete,
    ChangeKind.RESTORED: _restore,
}
_NO_RESULT: Final[Mapping[str, Any]] = {"finished_at": None, "fraction": None, "passed": None}


def _stored_before(before: AttemptEvent) -> AttemptState:
    """What a taken out attempt goes back to. What time had handed in was not marked yet: time does it again."""
    unmarked = before.state is AttemptState.FINISHED and before.fraction is None
    return AttemptState.IN_PROGRESS if unmarked else before.state


def _check_alone(sheet: Sheet, now: datetime) -> None:
    """Raises AnotherUnderWay where the person works on another attempt at the quiz."""
    attempts = standing_at(sheet.person_id, sheet.course, sheet.quiz, now=now).attempts
    if any(each.state in OPEN and each.id != sheet.id for each in attempts):
        raise AnotherUnderWay


def _touched(sheet: Sheet) -> frozenset[str]:
    """The competencies whose scores may move with the attempt; asked while its marks are still there."""
    competencies = (sheet.course.questions[place.question].competency for place in sheet.places)
    named = {each for each in competencies if each is not None}
    return facts_under(sheet.person_id, named)[1] if named else frozenset()


def _store_keys_shown(sheet: Sheet, now: datetime) -> None:
    """Keep what the learner was told of the answers: no mark will say it any more."""
    attempts = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    closed = is_closed(sheet.limits, [each for each in attempts if each.finished_at], sheet.quiz.settings, now)
    for slot, mark in marks_of(sheet.id).items():
        opened_at = told_at(
            sheet.quiz.settings.review,
            answered=mark.answered_at is not None,
            key_opened_at=mark.key_opened_at,
            closed=closed,
            now=now,
        )
        if opened_at is not None:
            row = {"attempt_id": sheet.id, "slot": slot, "person_id": sheet.person_id,
                   "question": sheet.place(slot).question, "opened_at": opened_at}  # fmt: skip
            insert_unless_there(KeyShown.__table__, row)


def _stand(attempt_id: int, fact: AttemptFact) -> None:
    write(
        _STAND,
        {
            "attempt_id": attempt_id,
            "standing": fact.state,
            "at": fact.finished_at,
            "share": fact.fraction,
            "reached": fact.passed,
            "until": fact.own_end,
        },
    )


def _store_event(sheet: Sheet, change: Change, seq: int, now: datetime) -> None:
    row = {
        "attempt_id": sheet.id,
        "seq": seq,
        "kind": change.kind,
        "by_id": change.by_id,
        "reason": change.reason,
        "minutes": change.minutes,
        "at": now,
        "state": sheet.fact.state,
        "finished_at": sheet.fact.finished_at,
        "fraction": sheet.fact.fraction,
        "passed": sheet.fact.passed,
    }
    write(_INSERT_EVENT, row)
