"""Reads of what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from app.db import db, read_one
from app.figures.models import KeptFigure
from app.people.models import Person

MANY: Final = 5_000  # accounts, from which on figures over everybody are kept
MAKE_EVERY: Final = timedelta(hours=1)
HOLDS: Final = timedelta(hours=3)  # as long one is shown: in time for a chore that was late, not for one that is gone

_FIGURE: Final = KeptFigure.__table__.c
_CALLED: Final = select(_FIGURE.made_at, _FIGURE.value).where(
    _FIGURE.name == bindparam("name"), _FIGURE.made_at > bindparam("after")
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure, and as of when it is."""

    made_at: datetime
    value: Any


def kept_figure(name: str, now: datetime) -> Kept | None:
    """What is kept under a name; None where nothing is, or nothing newer than HOLDS."""
    row = read_one(_CALLED, {"name": name, "after": now - HOLDS})
    return Kept(row.made_at, row.value) if row else None


def are_many() -> bool:
    """Whether there are so many accounts that figures over everybody are kept."""
    return (db.session.scalar(select(func.count()).select_from(Person)) or 0) >= MANY


def any_kept() -> bool:
    """Whether anything is kept."""
    return db.session.scalar(select(_FIGURE.name).limit(1)) is not None


def due_names(names: list[str], now: datetime) -> list[str]:
    """Of these those that are not kept, or were made too long ago: the oldest first."""
    made = {row.name: row.made_at for row in db.session.execute(select(_FIGURE.name, _FIGURE.made_at))}
    due = [each for each in names if each not in made or not now - MAKE_EVERY < made[each] <= now]
    return sorted(due, key=lambda each: (each in made, made.get(each, now), each))
