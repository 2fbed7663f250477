"""What a learner did week by week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from app.progress.rules import Done

SHOWN: Final = 12  # weeks at most: the last ones
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """One week from its Monday. `mean` (0.0 .. 100.0) of the attempts that have a result; None: there is none."""

    monday: date
    lessons: int
    quizzes: int  # attempts handed in
    mean: float | None


def weeks(done: Iterable[Done], *, zone: tzinfo, now: datetime) -> tuple[Week, ...]:
    """The last weeks up to now, the first one first, from the first in which anything was done; empty ones between."""
    this = _monday(now, zone)
    first = this - (SHOWN - 1) * _WEEK
    by_week: dict[date, list[Done]] = {}
    for each in done:
        by_week.setdefault(_monday(each.at, zone), []).append(each)
    begun = min((monday for monday in by_week if first <= monday <= this), default=None)
    if begun is None:
        return ()
    mondays = [begun + step * _WEEK for step in range((this - begun) // _WEEK + 1)]
    return tuple(_week(monday, by_week.get(monday, [])) for monday in mondays)


def _week(monday: date, done: list[Done]) -> Week:
    attempts = [each for each in done if each.what == "attempt"]
    marks = [100 * each.fraction for each in attempts if each.fraction is not None]
    return Week(monday, len(done) - len(attempts), len(attempts), sum(marks) / len(marks) if marks else None)


def _monday(moment: datetime, zone: tzinfo) -> date:
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())
