"""Mark by hand: what a person says of an answer, and with the last of them the attempt's result, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from app.competencies.operations import store_scores
from app.db import write, writing
from app.errors import NotFound
from app.marking.models import MarkChange
from app.marking.operations.storing import FINISH, store_course_completion, store_keys_opened_by_passing
from app.marking.queries.history import history_of, is_marked_by_hand
from app.marking.queries.reach import get_reached
from app.marking.rules.by_hand import OwnAnswer, Verdict, keep_verdict, mark_by_people
from app.marking.rules.marks import attempt_result
from app.people.permissions import Scope
from app.questions.base import Grade, Outcome
from app.quizzes.models import Mark
from app.quizzes.queries import Sheet, get_sheet_to_finish, marks_of
from app.quizzes.rules.starting import AttemptState
from app.repetition.operations import store_cards

_MARK = Mark.__table__
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


def mark_by_hand(attempt_id: int, slot: int, verdict: Verdict, *, by: Marker, now: datetime) -> None:
    """Keep a person's mark of one answer. With the last one that an attempt waits for, the attempt has its result.

    A later mark corrects an earlier one, also after the attempt has its result. What the same person says twice is kept
    once. Raises NotFound (also for an answer that no person marks), OwnAnswer, MarkedMeanwhile,
    QuestionDecided.
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
    state, fraction, passed = attempt_result(grades, sheet.places, told, settings.pass_percent)
    if state is AttemptState.FINISHED:
        result = {"attempt_id": sheet.id, "standing": state, "at": sheet.fact.finished_at}
        write(FINISH, {**result, "share": fraction, "reached": passed})
        store_keys_opened_by_passing(sheet, now)
    competency = sheet.question(slot).competency
    store_scores(sheet.person_id, {competency} if competency else set(), now=now)
    store_cards(sheet.person_id, {sheet.place(slot).question})
    if state is AttemptState.FINISHED:
        store_course_completion(sheet, now)
