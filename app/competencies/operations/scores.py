"""Keep the scores of one person with the marks they are made of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select

from app.competencies.models import CompetencyScore
from app.competencies.operations.counting import store_counted
from app.competencies.queries.facts import facts_under
from app.competencies.queries.scores import score_rows
from app.competencies.queries.yardstick import yardstick_now
from app.competencies.rules import competency_scores, evidence_of
from app.db import put_all, read, write_all
from app.people.models import Person

_PERSON: Final = Person.__table__.c
_SCORE: Final = CompetencyScore.__table__.c
# FOR NO KEY UPDATE: whoever else stores this person's scores waits here and then sees our marks; starting an attempt,
# which only points at the person, does not wait. SQLite lets one write at a time anyway and ignores it.
_LOCK: Final = select(_PERSON.id).where(_PERSON.id == bindparam("person_id")).with_for_update(key_share=True)
_FORGET: Final = delete(CompetencyScore.__table__).where(
    _SCORE.person_id == bindparam("person_id"), _SCORE.competency == bindparam("competency")
)


def store_scores(person_id: int, competencies: Collection[str], *, now: datetime) -> None:
    """Bring the person's scores in these competencies up to what their marks say. Never commits.

    Called in the transaction that stored the marks. A score without any evidence left has no row.
    """
    if not competencies:
        return
    read(_LOCK, {"person_id": person_id})
    facts, touched = facts_under(person_id, competencies)
    yardstick = yardstick_now()
    scores = competency_scores(evidence_of(facts.slots, facts.checks), yardstick, facts.parameters, now=now)
    store_counted(person_id, -1, touched)
    write_all(_FORGET, [{"person_id": person_id, "competency": name} for name in sorted(touched - scores.keys())])
    kept = {name: scores[name] for name in touched & scores.keys()}
    put_all(CompetencyScore.__table__, score_rows(person_id, kept, yardstick, now))
    store_counted(person_id, 1, touched)
