"""Take part in the daily practice, and leave it: one press each, as often as one likes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete

from app.db import insert_unless_there, write, writing
from app.repetition.models import Participant
from app.repetition.operations.cards import store_all_cards, store_lock, store_no_cards

_LEAVE: Final = delete(Participant.__table__).where(Participant.__table__.c.person_id == bindparam("person_id"))


def join(person_id: int, *, now: datetime) -> None:
    """Take part from now on; who does already goes on. What was answered before counts as practised then."""
    with writing():
        store_participant(person_id, now=now)


def store_participant(person_id: int, *, now: datetime) -> None:
    """The same within a transaction. Never commits."""
    if not store_lock(person_id):
        insert_unless_there(Participant.__table__, {"person_id": person_id, "joined_at": now})
        store_all_cards(person_id)


def leave(person_id: int) -> None:
    """Take part no longer. No card is kept, and nobody is told anything of it any more; answers stay one's own."""
    with writing():
        store_lock(person_id)
        write(_LEAVE, {"person_id": person_id})
        store_no_cards(person_id)
