"""Keep what stands in an unsaved form, and note who has it open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, select

from app.catalogue.models import Pad, Presence
from app.catalogue.queries.pads import HERE_FOR
from app.db import put_all, read_one, write, writing

PADS_FOR: Final = timedelta(days=60)
PRESENCE_FOR: Final = timedelta(days=1)

_PADS: Final[Any] = Pad.__table__
_PRESENCE: Final[Any] = Presence.__table__
_FORGET: Final = delete(_PADS).where(
    _PADS.c.person_id == bindparam("person_id"), _PADS.c.slug == bindparam("slug"), _PADS.c.place == bindparam("place")
)
_LEAVE: Final = delete(_PRESENCE).where(
    _PRESENCE.c.person_id == bindparam("person_id"),
    _PRESENCE.c.slug == bindparam("slug"),
    _PRESENCE.c.place == bindparam("place"),
)
_HERE: Final = select(_PRESENCE.c.since).where(
    _PRESENCE.c.person_id == bindparam("person_id"),
    _PRESENCE.c.slug == bindparam("slug"),
    _PRESENCE.c.place == bindparam("place"),
    _PRESENCE.c.seen_at > bindparam("after"),
)
_OLD_PADS: Final = delete(_PADS).where(_PADS.c.saved_at < bindparam("before"))
_OLD_PRESENCE: Final = delete(_PRESENCE).where(_PRESENCE.c.seen_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Desk:
    """A person at a place of a course: `lessons/<id>`, `questions/<holder>/<id>` and the like."""

    person_id: int
    name: str
    slug: str
    place: str

    @property
    def key(self) -> dict[str, object]:
        """What names its rows."""
        return {"person_id": self.person_id, "slug": self.slug, "place": self.place}


def keep_pad(desk: Desk, fields: Mapping[str, Sequence[str]], base_id: int | None, *, now: datetime) -> None:
    """Keep what stands in a form, in place of what was kept before; whoever types is there."""
    kept = {name: list(values) for name, values in fields.items()}
    with writing():
        put_all(_PADS, [{**desk.key, "fields": kept, "base_id": base_id, "saved_at": now}])
        _note_presence(desk, now)


def note_presence(desk: Desk, *, now: datetime) -> None:
    """Note that a person has a place open."""
    with writing():
        _note_presence(desk, now)


def _note_presence(desk: Desk, now: datetime) -> None:
    found = read_one(_HERE, {**desk.key, "after": now - HERE_FOR})
    put_all(_PRESENCE, [{**desk.key, "name": desk.name, "since": found.since if found else now, "seen_at": now}])


def forget_pad(desk: Desk) -> None:
    """What stood in a form was saved, or thrown away."""
    with writing():
        write(_FORGET, desk.key)


def leave_place(desk: Desk) -> None:
    """A person has closed a place."""
    with writing():
        write(_LEAVE, desk.key)


def remove_old(*, now: datetime) -> None:
    """Remove pads that nobody came back for, and traces of who was where."""
    with writing():
        write(_OLD_PADS, {"before": now - PADS_FOR})
        write(_OLD_PRESENCE, {"before": now - PRESENCE_FOR})
