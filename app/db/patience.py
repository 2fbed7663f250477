"""How long a writer waits for a database that somebody else holds, its time in the queue included.

A worker answers one request at a time. If each writer waited in full, one after the other, nobody could even read. So
after one of them waited in vain the next ones of its process hardly wait at all, until one gets through.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app.db.outages import held_by_another

PATIENT: Final = 4.0  # seconds; a course that is being published holds the lock for less
IMPATIENT: Final = 0.05

_IN_VAIN: Final[WeakKeyDictionary[Engine, bool]] = WeakKeyDictionary()


@contextmanager
def noting_patience(engine: Engine) -> Iterator[None]:
    """Remember whether the block's wait was in vain."""
    try:
        yield
    except BaseException as fault:
        if held_by_another(fault):
            _IN_VAIN[engine] = True
        raise
    _IN_VAIN.pop(engine, None)


def impatient(engine: Engine) -> bool:
    """Whether the last writer of this process waited in vain."""
    return engine in _IN_VAIN


def patience_left(engine: Engine, began: float) -> float:
    """Seconds that a writer who began at a moment of `time.monotonic` may still wait."""
    return max(0.0, (IMPATIENT if impatient(engine) else PATIENT) - (monotonic() - began))
