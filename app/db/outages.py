"""When the database itself cannot: its disk is full, it may only be read, somebody else holds it, or it is away.

Nothing was stored then, nothing is wrong with what was asked, and asking again later helps.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import TimeoutError as NoneFree

_HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SPOILT: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})
_SQLITE: Final = _HELD | _SPOILT | {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL}

LOCK_NOT_AVAILABLE: Final = "55P03"
READ_ONLY: Final = "25006"
# Classes of SQLSTATE: connection, rolled back by a deadlock, resources (a full disk is one), stopped by its operator,
# its system's errors.
_POSTGRESQL: Final = ("08", "40", "53", "57", "58", LOCK_NOT_AVAILABLE, READ_ONLY)


def is_outage(fault: BaseException) -> bool:
    """Whether an error, the driver's or SQLAlchemy's, says that the database cannot work now."""
    if isinstance(fault, NoneFree):
        return True
    error = _drivers(fault)
    if isinstance(error, sqlite3.Error):
        return _code(error) in _SQLITE
    return _lost(error) or (_state(error) or "").startswith(_POSTGRESQL)


def held_by_another(fault: BaseException) -> bool:
    """Whether it was waited for a lock in vain."""
    error = _drivers(fault)
    if isinstance(error, sqlite3.Error):
        return _code(error) in _HELD
    return _state(error) == LOCK_NOT_AVAILABLE


def spoils_connections(fault: BaseException) -> bool:
    """Whether connections that are open may stay as they are after the cause is gone: a file opened only to be read
    stays so, and a server that became a copy of another takes no more changes.
    """
    error = _drivers(fault)
    if isinstance(error, sqlite3.Error):
        return _code(error) in _SPOILT
    return _state(error) == READ_ONLY


def _drivers(fault: BaseException) -> BaseException:
    return getattr(fault, "orig", None) or fault


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # without its extension


def _state(error: BaseException) -> str | None:
    return getattr(error, "sqlstate", None)


def _lost(error: BaseException) -> bool:
    """Psycopg tells no SQLSTATE where the server could not be reached or has hung up."""
    kind = f"{type(error).__module__}.{type(error).__name__}"
    return kind in ("psycopg.OperationalError", "psycopg.InterfaceError") and not _state(error)
