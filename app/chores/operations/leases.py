"""The lease: take it, renew it, give it up. Whoever holds it works; all others wait."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.chores.models import Lease
from app.db import begin_write, db, read_one

LEASE: Final = "chores"
_HOLDER: Final = select(Lease.holder, Lease.until).where(Lease.name == bindparam("name"))


def take_lease(name: str, holder: str, *, now: datetime, lasts: timedelta) -> datetime | None:
    """Take the lease, or renew it where one holds it. Until when one holds it; None where somebody else does.

    Hosts compare their own clocks here: they must not differ by more than a small part of `lasts`. A lease that ends
    later than one can was taken before the clock was put back, and counts no more.
    """
    latest = now + 2 * lasts
    found = db.session.execute(select(Lease.holder, Lease.until).where(Lease.name == name)).one_or_none()
    db.session.rollback()
    if found is not None and found.holder != holder and now < found.until < latest:
        return None  # a read, so that those who wait do not write all the time
    until = now + lasts
    free = or_(Lease.holder == holder, Lease.until <= now, Lease.until >= latest)
    begin_write()
    taken = db.session.execute(update(Lease).where(Lease.name == name, free).values(holder=holder, until=until))
    try:
        if cast("CursorResult[Any]", taken).rowcount == 0:
            db.session.execute(insert(Lease).values(name=name, holder=holder, until=until))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # another holds it, or was quicker
        return None
    return until


def held_elsewhere(name: str, *, now: datetime) -> bool:
    """Whether another host holds the lease, so that its folders are those that count."""
    found = read_one(_HOLDER, {"name": name})
    return found is not None and found.until > now and not found.holder.startswith(host())


def host() -> str:
    """How the holders of this host begin."""
    return f"{socket.gethostname()[:80]}:"


def give_up_lease(name: str, holder: str) -> None:
    """Let somebody else take the lease at once. Nothing happens where one does not hold it."""
    begin_write()
    db.session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
    db.session.commit()
