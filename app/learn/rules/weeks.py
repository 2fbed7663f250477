"""What a learner did week by week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import dropwhile
from typing import Final

from app.progress.rules import Done
from app.progress.weeks import monday_of, mondays_until

SHOWN: Final = 12  # weeks at most: the last ones


@dataclass(frozen=True, slots=True)
class Week:
    """One week from its Monday. `mean` (0.0 .. 100.0) of the attempts that have a result; None: there is none."""

    monday: date
    lessons: int
    quizzes: int  # attempts handed in
    mean: float | None


def weeks(done: Iterable[Done], *, zone: tzinfo, now: datetime) -> tuple[Week, ...]:
    """The last weeks up to now, the first one first, from the first in which anything was done; empty ones between."""
    by_week: dict[date, list[Done]] = {}
    for each in done:
        by_week.setdefault(monday_of(each.at, zone), []).append(each)
    shown = dropwhile(lambda monday: monday not in by_week, mondays_until(now, SHOWN, zone))
    return tuple(_week(monday, by_week.get(monday, [])) for monday in shown)


def _week(monday: date, done: list[Done]) -> Week:
    attempts = [each for each in done if each.what == "attempt"]
    marks = [100 * each.fraction for each in attempts if each.fraction is not None]
    return Week(monday, len(done) - len(attempts), len(attempts), sum(marks) / len(marks) if marks else None)
