"""Make figures over everybody and keep them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias, cast

from sqlalchemy import Table, delete

from app.db import begin_write, db, put_all
from app.figures.models import KeptFigure
from app.figures.queries import any_kept, are_many, due_names

Make: TypeAlias = Callable[[datetime], Any]  # as of when -> what JSON can hold
Source: TypeAlias = Callable[[], Mapping[str, Make]]  # by name; asked anew each time, as courses come and go

_FIGURES: Final = cast("Table", KeptFigure.__table__)
_sources: Final[set[Source]] = set()

log = logging.getLogger(__name__)


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
    return sum(_keep(name, wanted[name], now()) for name in due)


def _keep(name: str, make: Make, as_of: datetime) -> bool:
    """Make one; whether it was. One that cannot be made is told in the log, and keeps no other from being made."""
    try:
        value = make(as_of)
        begin_write()  # what was read for it took long; nobody waited meanwhile
        put_all(_FIGURES, [{"name": name, "made_at": as_of, "value": value}])
        db.session.commit()
    except Exception:
        db.session.rollback()
        log.exception("the figure %s could not be made; it is tried again at the next look", name)
        return False
    return True


def _wanted() -> Mapping[str, Make]:
    return {name: make for source in _sources for name, make in source().items()} if are_many() else {}


def _forget_but(names: Iterable[str]) -> None:
    begin_write()
    db.session.execute(delete(KeptFigure).where(KeptFigure.name.not_in(list(names))))
    db.session.commit()
