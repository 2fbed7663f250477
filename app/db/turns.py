"""Writers of one SQLite file, one after the other.

SQLite lets a second writer sleep and look again, longer each time; a queue of the system's own wakes it at once. Who
does not stand in the queue (another program, another system) is waited for by SQLite's own means as ever.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import Engine

try:
    from fcntl import LOCK_EX, LOCK_UN, flock
except ImportError:  # Windows
    flock = None  # type: ignore[assignment]


@contextmanager
def in_turn(engine: Engine) -> Iterator[None]:
    """Wait until no other process of this host writes this way."""
    path = engine.url.database
    if flock is None or engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    try:
        queue = _queue(path, os.getpid())
    except OSError:  # nothing may be written here: SQLite says so itself
        yield
        return
    flock(queue, LOCK_EX)
    try:
        yield
    finally:
        flock(queue, LOCK_UN)


@lru_cache(maxsize=16)
def _queue(path: str, process: int) -> int:
    """The file at which writers stand in line. Each process opens it: a copy's would be its parent's place."""
    return os.open(f"{path}.queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
