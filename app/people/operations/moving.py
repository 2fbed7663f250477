"""Somebody's place among others changes: moves, leaves, comes back, becomes a learner. Who keeps sums over people is
told before and after, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Literal, TypeAlias

from sqlalchemy import select

from app.db import db
from app.errors import NotFound
from app.people.models import Person

Counting: TypeAlias = Callable[[int, Literal[-1, 1]], None]
_counting: Final[set[Counting]] = set()  # of packages above this one, which join when the app is made


def count_moves(counting: Counting) -> None:
    """Let `counting` be told of a person who is about to change place (-1) and who has changed it (1)."""
    _counting.add(counting)


@contextmanager
def moving(person_id: int) -> Iterator[None]:
    """The block changes a person's organisation, account or learner's role. Raises NotFound.

    Their row is held first, so that a hand-in at the same moment is counted before or after, never between.
    """
    held = select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)
    if db.session.scalar(held) is None:
        raise NotFound
    for each in _counting:
        each(person_id, -1)
    yield
    db.session.flush()
    for each in _counting:
        each(person_id, 1)
