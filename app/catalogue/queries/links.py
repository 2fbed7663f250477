"""Links that show one activity of a draft to whoever has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from app.catalogue.models import PreviewLink
from app.db import read, read_one
from app.errors import NotFound


@dataclass(frozen=True, slots=True)
class Link:
    """One link. It shows the activity as it was in its revision, whatever is saved since. `person_id` made it."""

    token: str
    revision_id: int
    slug: str
    activity_id: str
    person_id: int
    expires_at: datetime


_LINK: Final = select(
    PreviewLink.token,
    PreviewLink.revision_id,
    PreviewLink.slug,
    PreviewLink.activity_id,
    PreviewLink.person_id,
    PreviewLink.expires_at,
).where(PreviewLink.expires_at > bindparam("now"))
_BY_TOKEN: Final = _LINK.where(PreviewLink.token == bindparam("token"))
_OF_ACTIVITY: Final = _LINK.where(
    PreviewLink.slug == bindparam("slug"), PreviewLink.activity_id == bindparam("activity_id")
).order_by(PreviewLink.expires_at)


def get_link(token: str, *, now: datetime) -> Link:
    """What a link shows. Raises NotFound where it has expired, was withdrawn or never was."""
    row = read_one(_BY_TOKEN, {"token": token, "now": now})
    if row is None:
        raise NotFound
    return Link(*row)


def links_to(slug: str, activity_id: str, *, now: datetime) -> tuple[Link, ...]:
    """The links to an activity that still work, the oldest first."""
    return tuple(Link(*row) for row in read(_OF_ACTIVITY, {"slug": slug, "activity_id": activity_id, "now": now}))
