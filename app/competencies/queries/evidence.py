"""Everybody's evidence, a batch of people at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from app.competencies.models import CompetencyScore
from app.competencies.queries.facts import facts_of_many
from app.competencies.rules import GradedSlot, ItemParameter, State, Yardstick, evidence_of
from app.db import db
from app.people.models import Person

BATCH: Final = 200  # people read at a time

_PERSON: Final = Person.__table__.c
_SCORE: Final = CompetencyScore.__table__.c
_NEXT: Final = select(_PERSON.id).where(_PERSON.id > bindparam("last")).order_by(_PERSON.id).limit(BATCH)
_STATES: Final = select(_SCORE.person_id, _SCORE.competency, _SCORE.state).where(
    _SCORE.person_id.in_(bindparam("people", expanding=True))
)


@dataclass(frozen=True, slots=True)
class PersonEvidence:
    """The answers of one person that count, the parameters in force of their questions, and the stored states."""

    person_id: int
    evidence: list[GradedSlot]
    parameters: dict[str, ItemParameter]
    states: dict[str, State]  # by competency


def everybodys_evidence(yardstick: Yardstick, now: datetime) -> Iterator[PersonEvidence]:
    """Of everybody who has any at `now`, or a stored score."""
    last = 0
    while people := list(db.session.scalars(_NEXT, {"last": last})):
        states: dict[int, dict[str, State]] = {}
        for row in db.session.execute(_STATES, {"people": people}):
            states.setdefault(row.person_id, {})[row.competency] = State(row.state)
        of_many = facts_of_many(people)
        db.session.rollback()  # nobody waits for a reader
        for person_id in sorted(of_many.keys() | states.keys()):
            facts = of_many.get(person_id)
            evidence = evidence_of(facts.slots, facts.checks) if facts else []
            counted = [each for each in evidence if each.answered_at and yardstick.counts(each.answered_at, now)]
            parameters = facts.parameters if facts else {}
            yield PersonEvidence(person_id, counted, parameters, states.get(person_id, {}))
        last = people[-1]
