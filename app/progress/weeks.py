"""Weeks as the office counts them: from Monday on, in its own zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Final

WEEK: Final = timedelta(days=7)


def monday_of(moment: datetime, zone: tzinfo) -> date:
    """The first day of the week in which a moment lies."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def mondays_until(now: datetime, count: int, zone: tzinfo) -> tuple[date, ...]:
    """Those of the `count` weeks that end with the one of `now`, the oldest first."""
    this = monday_of(now, zone)
    return tuple(this - back * WEEK for back in reversed(range(count)))
