"""Weeks as the office counts them, from Monday on, and what was done in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from math import sqrt
from zoneinfo import ZoneInfo

from app.progress.weeks import WEEK, mondays_until
from app.psychometrics.intervals import FEW, Interval, mean_interval


@dataclass(frozen=True, slots=True)
class Week:
    """From one Monday's midnight to the next, in the office's zone."""

    monday: date
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class WeekDone:
    """What learners did in a week.

    `people` read a lesson or handed in an attempt. `marked` of them handed in a first attempt at a quiz that has its
    mark; `total` and `squares` are the sums, over those, of each person's mean of such marks (0.0 .. 100.0) and of its
    square: a person who took many quizzes weighs as much as one who took one.
    """

    week: Week
    people: int
    attempts: int
    lessons: int
    marked: int
    total: float
    squares: float

    @property
    def mean(self) -> float | None:
        """The mean of those people's means; None where nobody has one."""
        return self.total / self.marked if self.marked else None

    @property
    def interval(self) -> Interval | None:
        """Where the mean of such people would lie, within 0 .. 100; None for fewer than two."""
        if self.mean is None or self.marked < 2:
            return None
        spread = max(0.0, self.squares - self.marked * self.mean**2) / (self.marked - 1)
        found = mean_interval(self.marked, self.mean, sqrt(spread))
        return found and Interval(max(0.0, found.low), min(100.0, found.high))

    @property
    def few(self) -> bool:
        """Whether its mean is to be read with care."""
        return 0 < self.marked < FEW


def weeks_until(now: datetime, count: int, zone: ZoneInfo) -> tuple[Week, ...]:
    """The `count` weeks that end with the one of `now`, the oldest first."""
    return tuple(_week(monday, zone) for monday in mondays_until(now, count, zone))


def _week(monday: date, zone: ZoneInfo) -> Week:
    return Week(monday, datetime.combine(monday, time(), zone), datetime.combine(monday + WEEK, time(), zone))
