"""Counts of learners: of everybody as the chores keep them where people are many, else read from the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, Generic, TypeVar

from app.competencies.queries.learners import Counts, LearnerFilter, count_learners
from app.figures.queries import Kept, kept_figure
from app.people.permissions import Scope
from app.people.rules.organisations import OrganisationKind
from app.reports.queries import help as needing
from app.reports.queries.help import USUALLY_AWAY, Reason, Sought, count_in_need
from app.reports.queries.summary import Required, required_courses

Value = TypeVar("Value")

_EVERYBODY: Final = Scope(0, everything=True)
_LEARNERS: Final = "learners"
_IN_NEED: Final = "in-need"
_REQUIRED: Final = "required-courses"


@dataclass(frozen=True, slots=True)
class Told(Generic[Value]):
    """A value, and as of when it is."""

    value: Value
    as_of: datetime


def learners_told(wanted: LearnerFilter, within: Scope, now: datetime) -> Told[Counts]:
    """How many are looked for, how many of them came and have a score; kept also of each kind of organisation."""
    if kept := _kept(_learners_of(wanted.kind), replace(wanted, kind=None), within, now):
        return Told(Counts(*kept.value), kept.made_at)
    return Told(count_learners(wanted, within), now)


def required_told(wanted: LearnerFilter, within: Scope, now: datetime) -> Told[Required]:
    """How many have courses to complete, and how many of them completed all."""
    if kept := _kept(_REQUIRED, wanted, within, now):
        return Told(Required(*kept.value), kept.made_at)
    return Told(required_courses(wanted, within), now)


def in_need_told(sought: Sought, within: Scope, now: datetime) -> Told[needing.Counts]:
    """How many need help; kept only of who is inactive after the usual days."""
    usual = now - sought.since == USUALLY_AWAY
    if usual and (kept := _kept(_IN_NEED, sought.wanted, within, now)):
        by_reason = {each: kept.value[each.value] for each in Reason}
        anybody = by_reason[sought.reason] if sought.reason else kept.value["any"]
        return Told(needing.Counts(anybody, by_reason), kept.made_at)
    return Told(count_in_need(sought, within), now)


def counts_to_be_kept(competencies: tuple[str, ...]) -> Mapping[str, Callable[[datetime], Any]]:
    """What is kept of everybody, by name."""

    def in_need(now: datetime) -> dict[str, int]:
        found = count_in_need(Sought(LearnerFilter(), now - USUALLY_AWAY, competencies), _EVERYBODY)
        return {"any": found.sought, **{each.value: found.by_reason[each] for each in Reason}}

    return {
        **{_learners_of(each): partial(_count_of, each) for each in (None, *OrganisationKind)},
        _REQUIRED: lambda now: astuple(required_courses(LearnerFilter(), _EVERYBODY)),
        _IN_NEED: in_need,
    }


def _learners_of(kind: OrganisationKind | None) -> str:
    return f"{_LEARNERS}/{kind.value}" if kind else _LEARNERS


def _count_of(kind: OrganisationKind | None, now: datetime) -> tuple[int, ...]:
    return astuple(count_learners(LearnerFilter(kind=kind), _EVERYBODY))


def _kept(name: str, wanted: LearnerFilter, within: Scope, now: datetime) -> Kept | None:
    whole = within.everything and wanted == LearnerFilter()
    return kept_figure(name, now) if whole else None
