"""Make figures over everybody and keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import delete

from app.db import begin_write, db, put_all
from app.figures.models import KeptFigure
from app.figures.queries import any_kept, are_many, due_names

Make: TypeAlias = Callable[[datetime], Any]  # as of when -> what JSON can hold
Source: TypeAlias = Callable[[], Mapping[str, Make]]  # by name; asked anew each time, as courses come and go

_sources: Final[set[Source]] = set()


def figures_from(source: Source) -> None:
    """Let a package above this one say which figures it wants kept; it joins when the app is made."""
    _sources.add(source)


def any_due(now: datetime) -> bool:
    """Whether there is something for `keep_figures` to do."""
    wanted = _wanted()
    found = bool(due_names(list(wanted), now)) if wanted else any_kept()
    db.session.rollback()
    return found


def keep_figures(now: Callable[[], datetime]) -> int:
    """Make those that are due, one after the other, each kept as soon as it is made; how many. Commits.

    What nobody wants any more is removed: all of it where people are few.
    """
    wanted = _wanted()
    due = due_names(list(wanted), now())
    _forget_but(wanted)
    for name in due:
        as_of = now()
        value = wanted[name](as_of)
        begin_write()  # what was read for it took long; nobody waited meanwhile
        put_all(KeptFigure.__table__, [{"name": name, "made_at": as_of, "value": value}])  # type: ignore[arg-type]
        db.session.commit()
    return len(due)


def _wanted() -> Mapping[str, Make]:
    return {name: make for source in _sources for name, make in source().items()} if are_many() else {}


def _forget_but(names: Iterable[str]) -> None:
    begin_write()
    db.session.execute(delete(KeptFigure).where(KeptFigure.name.not_in(list(names))))
    db.session.commit()
