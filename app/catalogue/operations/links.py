"""Make and withdraw links that show one activity of a draft to whoever has them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete

from app.catalogue.models import PreviewLink
from app.catalogue.queries.drafts import is_revision_of
from app.catalogue.queries.links import Link
from app.db import put_all, write, writing
from app.errors import NotFound

LINK_FOR: Final = timedelta(days=7)

_LINKS: Final[Any] = PreviewLink.__table__
_WITHDRAW: Final = delete(_LINKS).where(_LINKS.c.token == bindparam("gone"), _LINKS.c.slug == bindparam("of"))
_EXPIRED: Final = delete(_LINKS).where(_LINKS.c.expires_at <= bindparam("before"))


def make_link(link: Link, *, now: datetime) -> None:
    """A new link; its token is what nobody guesses. Expired ones go. Raises NotFound without its revision."""
    if not is_revision_of(link.revision_id, link.slug):
        raise NotFound
    with writing():
        write(_EXPIRED, {"before": now})
        put_all(_LINKS, [asdict(link)])


def withdraw_link(slug: str, token: str) -> None:
    """The link shows nothing any more."""
    with writing():
        write(_WITHDRAW, {"gone": token, "of": slug})
