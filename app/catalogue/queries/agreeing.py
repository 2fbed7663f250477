"""What the database served since a course's folder last held the same."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, func, select

from app.catalogue.models import Head, Revision, RevisionFile
from app.catalogue.rules import PUBLISHED, HeadFact
from app.catalogue.rules.agreeing import Hashes
from app.db import read, read_one

_HEAD: Final = (
    select(Head.slug, Head.revision_id, Revision.sha256, Revision.shared_id, Head.agreed_sha256)
    .join(Revision, Revision.id == Head.revision_id)
    .where(Head.slug == bindparam("slug"))
)
_AGREED: Final = select(func.max(Revision.id).label("id")).where(
    Revision.slug == bindparam("slug"),
    Revision.state == PUBLISHED,
    Revision.sha256 == bindparam("agreed"),
    Revision.id <= bindparam("head_id"),
)
_SINCE: Final = (
    select(RevisionFile.revision_id, RevisionFile.path, RevisionFile.sha256)
    .join(Revision, Revision.id == RevisionFile.revision_id)
    .where(
        Revision.slug == bindparam("slug"),
        Revision.state == PUBLISHED,
        Revision.id >= bindparam("first"),
        Revision.id <= bindparam("head_id"),
    )
    .order_by(RevisionFile.revision_id)
)


def head_now(slug: str) -> HeadFact | None:
    """What is served at this moment, not up to a second ago."""
    row = read_one(_HEAD, {"slug": slug})
    return HeadFact(*row) if row else None


def agreed_revision(head: HeadFact) -> int | None:
    """The revision that folder and database last agreed on; None where there was no folder yet."""
    if not head.agreed_sha256:
        return None
    row = read_one(_AGREED, {"slug": head.slug, "agreed": head.agreed_sha256, "head_id": head.revision_id})
    return row.id if row else None


def served_since_agreed(head: HeadFact) -> list[Hashes]:
    """The versions served since then, that one first and the head's last; nothing first where there was no folder."""
    first = agreed_revision(head)
    versions: dict[int, dict[str, str]] = {}
    for row in read(_SINCE, {"slug": head.slug, "first": first or 0, "head_id": head.revision_id}):
        versions.setdefault(row.revision_id, {})[row.path] = row.sha256
    return [*([] if first else [{}]), *versions.values()]
