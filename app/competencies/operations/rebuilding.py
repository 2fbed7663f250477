"""Fold scores anew: everybody's, or those that are due: an answer grew too old, the yardstick changed, or
questions were calibrated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from app.competencies.models import CompetencyScore
from app.competencies.operations.counting import fold_counts, store_all_counted
from app.competencies.queries.due import due_people
from app.competencies.queries.facts import facts_of_many
from app.competencies.queries.pinned import said_of
from app.competencies.queries.scores import score_rows
from app.competencies.queries.yardstick import yardstick_now
from app.competencies.rules import competency_scores, evidence_of
from app.db import begin_write, db
from app.people.models import Person
from app.quizzes.models import Attempt, Mark

BATCH: Final = 20  # people folded in one transaction: bounds the memory, and how long others wait to write

_PERSON: Final = Person.__table__.c
_SCORE: Final = CompetencyScore.__table__.c
_ATTEMPT: Final = Attempt.__table__.c
_MARK: Final = Mark.__table__.c
_PEOPLE: Final = bindparam("people", expanding=True)
# As in `store_scores`; in one order, so that two that fold anew never wait in a circle.
_LOCK: Final = select(_PERSON.id).where(_PERSON.id.in_(_PEOPLE)).order_by(_PERSON.id).with_for_update(key_share=True)
_FORGET: Final = delete(CompetencyScore.__table__).where(_SCORE.person_id.in_(_PEOPLE))
_STORE: Final = insert(CompetencyScore.__table__)
_NEXT: Final = select(_PERSON.id).where(_PERSON.id > bindparam("last")).order_by(_PERSON.id).limit(BATCH)
_UNSAID: Final = (
    select(_MARK.attempt_id, _MARK.slot, _MARK.question, _ATTEMPT.revision_id)
    .join_from(Mark.__table__, Attempt.__table__, _MARK.attempt_id == _ATTEMPT.id)
    .where(_ATTEMPT.person_id.in_(_PEOPLE), _MARK.guess.is_(None))
    .order_by(_MARK.attempt_id, _MARK.slot)
)
# Marks that somebody else changes just now are left for the next time: whoever waits for nothing waits in no circle.
_UNSAID_AND_FREE: Final = _UNSAID.with_for_update(of=Mark.__table__, skip_locked=True)
_SAY: Final = (
    update(Mark.__table__)
    .where(_MARK.attempt_id == bindparam("mark_of"), _MARK.slot == bindparam("in_slot"))
    .values(difficulty=func.coalesce(_MARK.difficulty, bindparam("said")), guess=bindparam("earned"))
)


def rebuild(*, now: datetime) -> int:
    """Fold everybody's scores anew, a batch of people per transaction; how many people were looked at. Commits."""
    seen, last = 0, 0
    while people := list(db.session.scalars(_NEXT, {"last": last})):
        _rebuild(people, now)
        seen, last = seen + len(people), people[-1]
    db.session.rollback()
    fold_counts()
    return seen


def refold_due(*, now: datetime) -> int:
    """Fold the scores of some people anew whose scores are due; how many: BATCH, and there may be more. Commits."""
    people = due_people(yardstick_now(), now, BATCH)
    db.session.rollback()
    if people:
        _rebuild(people, now)
    return len(people)


def _rebuild(people: Sequence[int], now: datetime) -> None:
    _store_said(people)
    begin_write()
    db.session.execute(_LOCK, {"people": people})
    yardstick = yardstick_now()
    rows = []
    for person_id, facts in facts_of_many(people).items():
        scores = competency_scores(evidence_of(facts.slots, facts.checks), yardstick, facts.parameters, now=now)
        rows += score_rows(person_id, scores, yardstick, now)
    store_all_counted(people, -1)
    db.session.execute(_FORGET, {"people": people})
    if rows:
        db.session.execute(_STORE, rows)
    store_all_counted(people, 1)
    db.session.commit()


def _store_said(people: Sequence[int]) -> None:
    """Note in marks of earlier releases how difficult their question was said to be and what a guess earns. Commits."""
    if not _said(db.session.execute(_UNSAID, {"people": people})):
        return
    begin_write()
    said = _said(db.session.execute(_UNSAID_AND_FREE, {"people": people}))
    if said:
        db.session.connection().execute(_SAY, said)
    db.session.commit()


def _said(marks: Iterable[Row[Any]]) -> list[dict[str, Any]]:
    """What to note in which of these marks."""
    given = list(marks)
    known = said_of((mark.revision_id, mark.question) for mark in given)
    return [
        {"mark_of": mark.attempt_id, "in_slot": mark.slot, "said": difficulty, "earned": guess}
        for mark in given
        for difficulty, guess in [known[mark.revision_id, mark.question]]
    ]
