"""Keep the projection: with the marks of one person, or anew for everybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select

from app.competencies.models import CompetencyScore
from app.competencies.queries.facts import facts_of_many, facts_under
from app.competencies.rules import Score, competency_scores, evidence_of
from app.db import begin_write, db, put_all, read, write_all
from app.people.models import Person

BATCH: Final = 100  # people folded in one transaction: bounds the memory, and how long others wait to write

_PERSON: Final = Person.__table__.c
_SCORE: Final = CompetencyScore.__table__.c
_PEOPLE: Final = bindparam("people", expanding=True)
# FOR NO KEY UPDATE: whoever else stores this person's scores waits here and then sees our marks; starting an attempt,
# which only points at the person, does not wait. SQLite lets one write at a time anyway and ignores it.
_LOCK: Final = select(_PERSON.id).where(_PERSON.id.in_(_PEOPLE)).order_by(_PERSON.id).with_for_update(key_share=True)
_LOCK_ONE: Final = select(_PERSON.id).where(_PERSON.id == bindparam("person_id")).with_for_update(key_share=True)
_FORGET_ALL: Final = delete(CompetencyScore.__table__).where(_SCORE.person_id.in_(_PEOPLE))
_FORGET: Final = delete(CompetencyScore.__table__).where(
    _SCORE.person_id == bindparam("person_id"), _SCORE.competency == bindparam("competency")
)
_STORE: Final = insert(CompetencyScore.__table__)
_NEXT: Final = select(_PERSON.id).where(_PERSON.id > bindparam("last")).order_by(_PERSON.id).limit(BATCH)


def store_scores(person_id: int, competencies: Collection[str], *, now: datetime) -> None:
    """Bring the person's scores in these competencies up to what their marks say. Never commits.

    Called in the transaction that stored the marks. A score without any evidence left has no row.
    """
    if not competencies:
        return
    read(_LOCK_ONE, {"person_id": person_id})
    facts, touched = facts_under(person_id, competencies)
    scores = competency_scores(evidence_of(facts.slots, facts.checks))
    write_all(_FORGET, [{"person_id": person_id, "competency": name} for name in sorted(touched - scores.keys())])
    put_all(CompetencyScore.__table__, _rows(person_id, {name: scores[name] for name in touched & scores.keys()}, now))


def rebuild(*, now: datetime) -> int:
    """Fold everybody's scores anew, a batch of people per transaction; how many people were looked at. Commits."""
    seen, last = 0, 0
    while True:
        begin_write()
        people = list(db.session.scalars(_NEXT, {"last": last}))
        if not people:
            db.session.rollback()
            return seen
        _rebuild(people, now)
        db.session.commit()
        seen, last = seen + len(people), people[-1]


def _rebuild(people: Sequence[int], now: datetime) -> None:
    db.session.execute(_LOCK, {"people": people})
    rows = [
        row
        for person_id, facts in facts_of_many(people).items()
        for row in _rows(person_id, competency_scores(evidence_of(facts.slots, facts.checks)), now)
    ]
    db.session.execute(_FORGET_ALL, {"people": people})
    if rows:
        db.session.execute(_STORE, rows)


def _rows(person_id: int, scores: Mapping[str, Score], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "person_id": person_id,
            "competency": name,
            "score": each.score,
            "questions": each.questions,
            "updated_at": now,
        }
        for name, each in sorted(scores.items())
    ]
