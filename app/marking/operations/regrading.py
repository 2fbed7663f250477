"""Give a quiz's marks anew for everybody, and take that back: marks, results, scores and completion together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, exists, select, update

from app.competencies.operations import store_scores
from app.db import insert_new, insert_unless_there, put_all, read, read_one, write, write_all, writing
from app.marking.models import QuestionDecision, RegradeMark, RegradeResult, RegradeRow
from app.marking.operations.storing import store_course_completion, store_keys_opened_by_passing
from app.marking.queries.regrades import get_regrade, marks_moved, regraded_since, results_moved
from app.marking.queries.regrading import handed_in_attempts, planned, state_of
from app.marking.rules.decisions import (
    AlreadyDecided,
    Decision,
    ReasonMissing,
    RegradedSince,
    Standing,
    Wanted,
)
from app.marking.rules.marks import Result
from app.marking.rules.regrading import (
    HandedIn,
    MarkValue,
    Moved,
    Order,
    SlotMove,
    marks_with,
    plan_of,
    put_back,
    result_of,
)
from app.people.permissions import Scope
from app.quizzes.models import Attempt, Mark
from app.quizzes.queries import Sheet, get_sheet
from app.repetition.operations import store_cards

_ATTEMPT: Final = Attempt.__table__
_MARK: Final = Mark.__table__
_REGRADE: Final = RegradeRow.__table__
_RESULT: Final = RegradeResult.__table__
_DECISION: Final = QuestionDecision.__table__

# All attempts, those under way too: whoever hands one in meanwhile waits here, and then sees what was decided.
_LOCK: Final = (
    select(_ATTEMPT.c.id)
    .where(_ATTEMPT.c.course_slug == bindparam("course"), _ATTEMPT.c.quiz_id == bindparam("quiz"))
    .order_by(_ATTEMPT.c.id)
    .with_for_update()
)
_CONFIRMED: Final = select(_REGRADE.c.id).where(_REGRADE.c.digest == bindparam("digest"))
_SET_MARK: Final = (
    update(_MARK)
    .where(_MARK.c.attempt_id == bindparam("mark_of"), _MARK.c.slot == bindparam("in_slot"))
    .values(
        fraction=bindparam("share"),
        outcome=bindparam("came_to"),
        certainty=bindparam("sure"),
        first_fraction=bindparam("at_first"),
    )
)
_SET_RESULT: Final = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id == bindparam("result_of"))
    .values(state=bindparam("standing"), fraction=bindparam("share"), passed=bindparam("reached"))
)
_TELL: Final = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id.in_(select(_RESULT.c.attempt_id).where(_RESULT.c.regrade_id == bindparam("regrade"))))
    .values(
        regraded=exists().where(
            _RESULT.c.attempt_id == _ATTEMPT.c.id,
            _RESULT.c.regrade_id == _REGRADE.c.id,
            _REGRADE.c.undone_at.is_(None),
            ~_RESULT.c.at_hand_in,
        )
    )
)
_UNDO: Final = (
    update(_REGRADE)
    .where(_REGRADE.c.id == bindparam("regrade"))
    .values(undone_by=bindparam("who"), undone_at=bindparam("at"))
)
_END_DECISIONS: Final = update(_DECISION).where(_DECISION.c.regrade_id == bindparam("regrade")).values(standing=False)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A regrade as it is confirmed: what, why, the digest of what was previewed, and by whom (None: at the shell)."""

    wanted: Wanted
    reason: str
    digest: str
    by: int | None


def apply_regrade(confirmed: Confirmed, *, now: datetime) -> int | None:
    """Do what was previewed; the regrade's id. None where it would do something else by now: nothing is stored then.

    A confirmation sent twice counts once. Raises NotFound, ReasonMissing, AlreadyDecided.
    """
    if not confirmed.reason:
        raise ReasonMissing
    wanted = confirmed.wanted
    found = planned(wanted)  # takes a second for a thousand attempts, so not while others wait to save their answers
    with writing():
        read(_LOCK, {"course": wanted.course_slug, "quiz": wanted.quiz_id})
        done = _confirmed(confirmed.digest)
        if done is not None:
            return done
        if state_of(wanted.course_slug, wanted.quiz_id) != found.state:
            found = planned(wanted)
        if found.digest != confirmed.digest:
            return None
        regrade_id = _store_regrade(confirmed, now)
        if regrade_id is None:
            return _confirmed(confirmed.digest)
        _store_moves(regrade_id, found.plan.moved, at_hand_in=False)
        _put(found.plan.moved, now)
        write(_TELL, {"regrade": regrade_id})
        return regrade_id


def undo_regrade(regrade_id: int, *, by: int | None, now: datetime) -> None:
    """Put back the marks that a regrade changed, and end what it decided; undone before, nothing happens.

    An answer that was marked anew since, in an attempt handed in once more, keeps its newer mark. Keys that were opened
    stay open, a course completed meanwhile stays completed. Raises NotFound, RegradedSince.
    """
    with writing():
        regrade = get_regrade(regrade_id)
        read(_LOCK, {"course": regrade.course_slug, "quiz": regrade.quiz_id})
        if get_regrade(regrade_id).undone_at is not None:
            return
        if regraded_since(regrade_id):
            raise RegradedSince
        marks, results = marks_moved(regrade_id), results_moved(regrade_id)
        attempts = handed_in_attempts(regrade.course_slug, regrade.quiz_id, with_answers=False)
        moved = [put_back(each, marks[each.id], results[each.id]) for each in attempts if each.id in marks]
        write(_END_DECISIONS, {"regrade": regrade_id})
        write(_UNDO, {"regrade": regrade_id, "who": by, "at": now})
        _put([each for each in moved if each.slots], now)
        write(_TELL, {"regrade": regrade_id})


def store_decided(sheet: Sheet, earned: Sequence[MarkValue], standing: Mapping[str, Standing]) -> None:
    """Keep what an attempt just handed in came to without the decisions that stand, so that they can be undone.

    `earned`: those marks, slot 1 first. Never commits.
    """
    places, settings, marks = sheet.places, sheet.quiz.settings, dict(enumerate(earned, start=1))
    result = result_of(marks, places, settings)
    attempt = HandedIn(sheet.id, sheet.person_id, result, places, sheet.course.questions, settings, marks)
    by_regrade: dict[int, dict[str, Decision]] = defaultdict(dict)
    for question, each in standing.items():
        by_regrade[each.regrade_id][question] = each.decision
    for regrade_id, decisions in sorted(by_regrade.items()):
        for moved in plan_of([attempt], Order(None, decisions)).moved:
            _store_moves(regrade_id, [moved], at_hand_in=True)
            attempt = replace(attempt, marks=marks_with(attempt, moved.slots), result=moved.new)


def _confirmed(digest: str) -> int | None:
    """The regrade that a confirmation made; None where it made none yet."""
    row = read_one(_CONFIRMED, {"digest": digest})
    return None if row is None else int(row.id)


def _store_regrade(confirmed: Confirmed, now: datetime) -> int | None:
    """The rows of the regrade and of what it decides; its id. None where the same confirmation was faster.

    Raises AlreadyDecided.
    """
    wanted = confirmed.wanted
    place = {"course_slug": wanted.course_slug, "quiz_id": wanted.quiz_id}
    row = {
        **place,
        "revision_id": wanted.revision_id,
        "decisions": dict(wanted.decisions),
        "reason": confirmed.reason,
        "digest": confirmed.digest,
        "made_by": confirmed.by,
        "made_at": now,
        "undone_by": None,
        "undone_at": None,
    }
    regrade_id = insert_new(_REGRADE, row)
    if regrade_id is None:
        return None
    for question, decision in wanted.decisions.items():
        decided = {**place, "question": question, "decision": decision, "regrade_id": regrade_id, "standing": True}
        if not insert_unless_there(_DECISION, decided):
            raise AlreadyDecided
    return regrade_id


def _store_moves(regrade_id: int, moved: Sequence[Moved], *, at_hand_in: bool) -> None:
    """Keep old and new of every mark and result. Rows of an attempt that is handed in once more are replaced."""
    key = {"regrade_id": regrade_id}
    marks = [
        {**key, "attempt_id": each.attempt.id, "slot": slot.slot, **_named("old", slot.old), **_named("new", slot.new)}
        for each in moved
        for slot in each.slots
    ]
    results = [
        {
            **key,
            "attempt_id": each.attempt.id,
            "at_hand_in": at_hand_in,
            **_named("old", each.old),
            **_named("new", each.new),
        }
        for each in moved
    ]
    put_all(RegradeMark.__table__, marks)
    put_all(RegradeResult.__table__, results)


def _named(side: str, values: MarkValue | Result) -> dict[str, Any]:
    """A mark or result as the columns of one side."""
    return {f"{side}_{name}": value for name, value in values._asdict().items()}


def _put(moved: Sequence[Moved], now: datetime) -> None:
    """Write new marks and results, and what follows from them: opened keys, scores, cards, completion."""
    write_all(_SET_MARK, [_mark(each.attempt.id, slot) for each in moved for slot in each.slots])
    write_all(_SET_RESULT, [_result(each) for each in moved])
    passing = [
        get_sheet(each.attempt.id, within=Scope(each.attempt.person_id))
        for each in moved
        if each.new.passed and not each.old.passed
    ]
    for sheet in passing:
        store_keys_opened_by_passing(sheet, now)
    touched: dict[int, set[str]] = defaultdict(set)
    asked: dict[int, set[str]] = defaultdict(set)
    for each in moved:
        touched[each.attempt.person_id] |= each.competencies
        asked[each.attempt.person_id] |= {slot.question for slot in each.slots}
    for person_id, competencies in sorted(touched.items()):  # in one order, so that two regrades never wait in a circle
        store_scores(person_id, competencies, now=now)
        store_cards(person_id, asked[person_id])
    for sheet in passing:
        store_course_completion(sheet, now)


def _mark(attempt_id: int, slot: SlotMove) -> dict[str, Any]:
    new = slot.new
    return {
        "mark_of": attempt_id,
        "in_slot": slot.slot,
        "share": new.fraction,
        "came_to": new.outcome,
        "sure": new.certainty,
        "at_first": new.first_fraction,
    }


def _result(moved: Moved) -> dict[str, Any]:
    new = moved.new
    return {"result_of": moved.attempt.id, "standing": new.state, "share": new.fraction, "reached": new.passed}
