"""What the database served since a course's folder last held the same, and what of the folder a draft took up."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.catalogue.models import Head, Revision, RevisionFile
from app.catalogue.rules import DRAFT, FOLDER, PUBLISHED, TAKEN, HeadFact
from app.catalogue.rules.agreeing import Hashes
from app.db import read, read_one

_HEAD: Final = (
    select(Head.slug, Head.revision_id, Revision.sha256, Revision.shared_id, Head.agreed_sha256)
    .join(Revision, Revision.id == Head.revision_id)
    .where(Head.slug == bindparam("slug"))
)
_AGREED: Final = select(func.max(Revision.id).label("id")).where(
    Revision.slug == bindparam("slug"),
    or_(Revision.state == PUBLISHED, Revision.state == TAKEN),
    Revision.sha256 == bindparam("agreed"),
    Revision.id <= bindparam("head_id"),
)
_SINCE: Final = (
    select(RevisionFile.revision_id, RevisionFile.path, RevisionFile.sha256)
    .join(Revision, Revision.id == RevisionFile.revision_id)
    .where(
        Revision.slug == bindparam("slug"),
        or_(Revision.state == PUBLISHED, Revision.id == bindparam("agreed")),
        Revision.id >= bindparam("first"),
        Revision.id <= bindparam("head_id"),
    )
    .order_by(RevisionFile.revision_id)
)
_DRAFTS: Final = aliased(Revision)
_LYING: Final = (
    select(Revision.id, Revision.sha256)
    .where(
        Revision.slug == bindparam("slug"),
        Revision.state == FOLDER,
        Revision.id.in_(
            select(_DRAFTS.parent_id).where(
                _DRAFTS.slug == bindparam("of"), _DRAFTS.state == DRAFT, _DRAFTS.id <= bindparam("draft_id")
            )
        ),
    )
    .order_by(Revision.id.desc())
    .limit(1)
)
_BESIDE: Final = select(func.max(Revision.id).label("id")).where(
    Revision.parent_id == bindparam("side_id"), Revision.state == FOLDER
)


def head_now(slug: str) -> HeadFact | None:
    """What is served at this moment, not up to a second ago."""
    row = read_one(_HEAD, {"slug": slug})
    return HeadFact(*row) if row else None


def agreed_revision(head: HeadFact) -> int | None:
    """The revision that folder and database last agreed on, or that the folder held when a draft went on from there.

    None where there was no folder yet.
    """
    if not head.agreed_sha256:
        return None
    row = read_one(_AGREED, {"slug": head.slug, "agreed": head.agreed_sha256, "head_id": head.revision_id})
    return row.id if row else None


def served_since_agreed(head: HeadFact) -> list[Hashes]:
    """The versions served since then, that one first and the head's last; nothing first where there was no folder."""
    first = agreed_revision(head)
    versions: dict[int, dict[str, str]] = {}
    for row in read(_SINCE, {"slug": head.slug, "agreed": first, "first": first or 0, "head_id": head.revision_id}):
        versions.setdefault(row.revision_id, {})[row.path] = row.sha256
    return [*([] if first else [{}]), *versions.values()]


def taken_up(slug: str, draft_id: int) -> Any | None:
    """What lay in the folder (`id`, `sha256`) where a draft or one it was made from went on from there; or None."""
    return read_one(_LYING, {"slug": slug, "of": slug, "draft_id": draft_id})


def lying_beside(side_id: int) -> int | None:
    """What lay in the folder where a save that met another one went on from there; or None."""
    row = read_one(_BESIDE, {"side_id": side_id})
    return row.id if row else None
