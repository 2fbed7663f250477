"""Who needs help, and why: a competency below its cut with certainty, long inactive, or never signed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from app.competencies.models import CompetencyScore
from app.competencies.queries.learners import CHUNK, LearnerFilter, learner_conditions, learners_from
from app.competencies.rules import State
from app.db import db
from app.people.models import District, Organisation, Person
from app.people.permissions import Scope
from app.progress.models import LessonDone
from app.quizzes.models import Attempt
from app.tasks.models import TaskVersion

PAGE: Final = 50  # people on one page
USUALLY_AWAY: Final = timedelta(days=14)  # and somebody counts as inactive, where nothing else is asked

_SCORE: Final = CompetencyScore.__table__.c
# When somebody did something; a sign-in lasts for weeks, so it alone says little.
_ACTS: Final = tuple(
    table.c[name]
    for table, name in (
        (Attempt.__table__, "started_at"),
        (Attempt.__table__, "finished_at"),
        (LessonDone.__table__, "done_at"),
        (TaskVersion.__table__, "handed_in_at"),
    )
)


class Reason(Enum):
    """Why somebody needs help."""

    BELOW = "below"  # a competency needs support, with certainty
    INACTIVE = "inactive"  # was here, and has done nothing for some days
    NEVER = "never"  # never signed in


@dataclass(frozen=True, slots=True)
class Sought:
    """Which of them are looked for: `reason` None: whatever the reason. Inactive is who did nothing since `since`.

    `competencies` are those in use: a score in another one needs no support.
    """

    wanted: LearnerFilter
    since: datetime
    competencies: tuple[str, ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """People who are looked for, and by reason, whichever is looked for; who has two reasons is counted at both."""

    sought: int
    by_reason: Mapping[Reason, int]


@dataclass(frozen=True, slots=True)
class Weak:
    """A competency in which somebody needs support; score and interval 0.0 .. 100.0."""

    competency: str
    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class InNeed:
    """Somebody who needs help. `seen_at`: the latest sign-in, quiz begun or handed in, lesson read or task handed in;
    None: never signed in.

    `inactive`: whether that is too long ago. `weak`: the lowest first.
    """

    id: int
    name: str
    organisation: str | None
    district: str | None
    seen_at: datetime | None
    inactive: bool
    weak: tuple[Weak, ...]


def count_in_need(sought: Sought, within: Scope) -> Counts:
    """How many people need help, looked at once."""
    reasons = [condition.label(reason.name) for reason, condition in _reasons(sought).items()]
    chosen = learners_from(select(*reasons, func.count())).where(*learner_conditions(sought.wanted, within))
    found = [
        (dict(zip(Reason, row, strict=False)), row[-1])
        for row in db.session.execute(chosen.group_by(*(each.name for each in Reason)))
    ]
    by_reason = {each: sum(count for reasons, count in found if reasons[each]) for each in Reason}
    anybody = sum(count for reasons, count in found if any(reasons.values()))
    return Counts(by_reason[sought.reason] if sought.reason else anybody, by_reason)


def in_need_page(sought: Sought, within: Scope, page: int) -> tuple[InNeed, ...]:
    """Those of one page, counted from 1, by name."""
    rows = db.session.execute(_people(sought, within).limit(PAGE).offset((page - 1) * PAGE)).all()
    return tuple(_facts(rows, sought))


def all_in_need(sought: Sought, within: Scope) -> Iterator[InNeed]:
    """All of them, fetched bit by bit."""
    with db.session.execute(_people(sought, within), execution_options={"yield_per": CHUNK}) as rows:
        for part in rows.partitions():  # closed where nobody reads on
            yield from _facts(part, sought)


def _reasons(sought: Sought) -> dict[Reason, ColumnElement[bool]]:
    active = (exists().where(each.table.c.person_id == Person.id, each >= sought.since) for each in _ACTS)
    return {
        Reason.BELOW: exists().where(_SCORE.person_id == Person.id, *_needing_support(sought)),
        Reason.INACTIVE: and_(Person.last_signed_in_at < sought.since, *(~each for each in active)),
        Reason.NEVER: Person.first_signed_in_at.is_(None),
    }


def _needing_support(sought: Sought) -> tuple[ColumnElement[bool], ...]:
    return _SCORE.state == State.NEEDS_SUPPORT.value, _SCORE.competency.in_(sought.competencies)


def _conditions(sought: Sought, within: Scope) -> list[ColumnElement[bool]]:
    reasons = _reasons(sought)
    asked = reasons[sought.reason] if sought.reason else or_(*reasons.values())
    return [*learner_conditions(sought.wanted, within), asked]


def _people(sought: Sought, within: Scope) -> Select[Any]:
    acts = [select(func.max(each)).where(each.table.c.person_id == Person.id).scalar_subquery() for each in _ACTS]
    return (
        learners_from(select(
            Person.id, Person.name, Organisation.name.label("organisation"), District.name.label("district"),
            Person.last_signed_in_at, *acts,
        ))
        .where(*_conditions(sought, within))
        .order_by(func.lower(Person.name), Person.id)
    )  # fmt: skip


def _facts(rows: Sequence[Row[Any]], sought: Sought) -> Iterator[InNeed]:
    weak = _weak([row.id for row in rows], sought)
    for row in rows:
        seen = max(filter(None, row[-1 - len(_ACTS) :]), default=None)
        inactive = seen is not None and seen < sought.since
        yield InNeed(row.id, row.name, row.organisation, row.district, seen, inactive, tuple(weak[row.id]))


def _weak(people: Sequence[int], sought: Sought) -> Mapping[int, list[Weak]]:
    chosen = (
        select(_SCORE.person_id, _SCORE.competency, _SCORE.score, _SCORE.low, _SCORE.high)
        .where(_SCORE.person_id.in_(people), *_needing_support(sought))
        .order_by(_SCORE.score, _SCORE.competency)
    )
    found: dict[int, list[Weak]] = defaultdict(list)
    for row in db.session.execute(chosen):
        found[row.person_id].append(Weak(*row[1:]))
    return found
