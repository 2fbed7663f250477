"""What stands in unsaved forms, and who has them open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select

from app.catalogue.models import Pad, Presence
from app.db import read, read_one

HERE_FOR: Final = timedelta(seconds=90)  # after the last sign of a page, its person is taken to have gone


@dataclass(frozen=True, slots=True)
class PadFact:
    """A form as it was left. `base_id` is the revision that it began from."""

    fields: Mapping[str, Sequence[str]]
    base_id: int | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a place open, and since when."""

    person_id: int
    name: str
    place: str
    since: datetime


_PAD: Final = select(Pad.fields, Pad.base_id, Pad.saved_at).where(
    Pad.person_id == bindparam("person_id"), Pad.slug == bindparam("slug"), Pad.place == bindparam("place")
)
_PRESENT: Final = (
    select(Presence.person_id, Presence.name, Presence.place, Presence.since)
    .where(
        Presence.slug == bindparam("slug"),
        Presence.person_id != bindparam("but"),
        Presence.seen_at > bindparam("after"),
    )
    .order_by(Presence.since, Presence.person_id)
)


def pad_of(person_id: int, slug: str, place: str) -> PadFact | None:
    """What a person left in a form; None where nothing is left."""
    row = read_one(_PAD, {"person_id": person_id, "slug": slug, "place": place})
    return PadFact(*row) if row else None


def present_in(slug: str, *, but: int, now: datetime) -> tuple[Present, ...]:
    """Who has which places of a course open, except one person; the longest there first."""
    rows = read(_PRESENT, {"slug": slug, "but": but, "after": now - HERE_FOR})
    return tuple(Present(*row) for row in rows)
