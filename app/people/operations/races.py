"""Two people do the same at once: a UNIQUE constraint stops the second, who then decides again on what is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy.exc import IntegrityError

from app.db import begin_write, db

T = TypeVar("T")
TRIES: Final = 30  # each try that fails is one that another won


def settled(change: Callable[[], T]) -> T:
    """Run `change` in a writing transaction and commit; where another was faster, roll back and run it again."""
    for tried in range(TRIES):
        begin_write()
        try:
            result = change()
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            if tried == TRIES - 1:
                raise
        else:
            return result
    raise AssertionError("the last try returns or raises")
