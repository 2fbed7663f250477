"""Hand in: grade every slot, and store marks, result, scores and completion in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from app.catalogue.queries import get_published
from app.competencies.operations import store_scores
from app.db import write, write_all, writing
from app.marking.rules import HandIn, SlotMark, attempt_fraction, grade_slot, passes, slot_marks
from app.people.permissions import Scope
from app.progress.operations import store_completion
from app.quizzes.models import Attempt, Mark
from app.quizzes.queries import Sheet, attempts_at, get_sheet_to_finish, slots_of
from app.quizzes.rules.review import settled
from app.quizzes.rules.starting import AttemptState

_ATTEMPT = Attempt.__table__
_MARK = Mark.__table__
_INSERT_MARKS = insert(_MARK)
_FINISH = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id == bindparam("attempt_id"))
    .values(
        state=AttemptState.FINISHED,
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


def finish_attempt(attempt_id: int, *, within: Scope, now: datetime) -> None:
    """Hand an attempt in. Handed in before, it stays as it was: the first result counts. Raises NotFound."""
    with writing():
        sheet = get_sheet_to_finish(attempt_id, within=within)
        if sheet.finished:
            return
        marks = _store_result(sheet, now)
        store_scores(sheet.person_id, {mark.competency for mark in marks if mark.competency}, now=now)
        # Completion follows the course as it is served now, not as the attempt pinned it.
        served = get_published(sheet.course.slug)
        store_completion(sheet.person_id, served.course, served.revision_id, now=now)


def _store_result(sheet: Sheet, now: datetime) -> Sequence[SlotMark]:
    settings = sheet.quiz.settings
    states = slots_of(sheet)
    questions = [sheet.course.questions[place.question] for place in sheet.places]
    grades = [grade_slot(question, state) for question, state in zip(questions, states, strict=True)]
    fraction = attempt_fraction(grades, sheet.places)
    passed = passes(fraction, settings.pass_percent)
    others = attempts_at(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    done = settled(settings, [passed, *(each.passed for each in others if each.id != sheet.id and each.finished_at)])
    marks = slot_marks(questions, sheet.places, states, grades, HandIn(settings, now, done))
    write_all(_INSERT_MARKS, [{"attempt_id": sheet.id, **mark._asdict()} for mark in marks])
    write(_FINISH, {"attempt_id": sheet.id, "at": now, "share": fraction, "reached": passed})
    if done and settings.key_after == "passed_or_used_up" and len(others) > 1:
        facts = {"person_id": sheet.person_id, "course": sheet.course.slug, "quiz": sheet.quiz.id, "at": now}
        write(_OPEN_EARLIER_KEYS, facts)
    return marks
