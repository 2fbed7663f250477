"""What became of a course: every published version and every save of its trainers, and how two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from app.catalogue.models import Blob, Revision, RevisionFile
from app.catalogue.queries.drafts import LARGEST_ID, Reach, reaches, standing_of
from app.catalogue.rules import PUBLISHED, RESOLVED, SIDE
from app.db import db, read, read_one
from app.errors import NotFound

AT_ONCE: Final = 50  # revisions on a page of the history


@dataclass(frozen=True, slots=True)
class PastRevision:
    """One revision of a course. `number` counts what was published, from 1; None: it was only saved.

    `author` is "files" where it came from the folder. `state` is one of `catalogue.rules`. `parent_id` is what it was
    made from. `served`: learners see it now; `worked_on`: trainers do.
    """

    id: int
    state: str
    number: int | None
    author: str
    message: str
    created_at: datetime
    parent_id: int | None
    served: bool
    worked_on: bool

    @property
    def waits(self) -> bool:
        """Whether it was saved beside another save of the same place, and nobody has chosen yet."""
        return self.state == SIDE


@dataclass(frozen=True, slots=True)
class PastPage:
    """A page of a course's history, the newest first. Pages count from 1."""

    revisions: Sequence[PastRevision]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Side:
    """A save that met another one at the same place. `base_id` is what both were made from."""

    id: int
    base_id: int
    author: str
    message: str
    created_at: datetime
    waits: bool


_EARLIER: Final = aliased(Revision)
_NUMBER: Final = (
    select(func.count())
    .where(_EARLIER.slug == Revision.slug, _EARLIER.id <= Revision.id, _EARLIER.state == PUBLISHED)
    .scalar_subquery()
)
_PAST: Final = (
    select(
        Revision.id,
        Revision.state,
        _NUMBER.label("number"),
        Revision.author,
        Revision.message,
        Revision.created_at,
        Revision.parent_id,
    )
    .where(Revision.slug == bindparam("slug"))
    .order_by(Revision.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skipped"))
)
_COUNT: Final = select(func.count().label("count")).where(Revision.slug == bindparam("slug"))
_SIDE: Final = select(
    Revision.id,
    Revision.parent_id,
    Revision.author,
    Revision.message,
    Revision.created_at,
    Revision.state,
).where(Revision.id == bindparam("side_id"), Revision.slug == bindparam("slug"))
_HASHES: Final = select(RevisionFile.revision_id, RevisionFile.path, RevisionFile.sha256)
_BLOBS: Final = select(Blob.sha256, Blob.data)


def past_page(slug: str, page: int, *, within: Reach) -> PastPage:
    """A page of the history; past the last one it is the last. Raises NotFound."""
    if not reaches(within, slug):
        raise NotFound
    count = read_one(_COUNT, {"slug": slug})
    total = count.count if count else 0
    if not total:
        raise NotFound
    pages = (total + AT_ONCE - 1) // AT_ONCE
    page = min(max(page, 1), pages)
    standing = standing_of(slug)
    rows = read(_PAST, {"slug": slug, "most": AT_ONCE, "skipped": (page - 1) * AT_ONCE})
    found = [_past(row, standing.head_id, standing.worked_on) for row in rows]
    return PastPage(found, page, pages)


def _past(row: Any, served: int | None, worked_on: int | None) -> PastRevision:
    return PastRevision(
        id=row.id,
        state=row.state,
        number=row.number if row.state == PUBLISHED else None,
        author=row.author,
        message=row.message,
        created_at=row.created_at,
        parent_id=row.parent_id,
        served=row.id == served,
        worked_on=row.id == worked_on,
    )


def get_side(slug: str, side_id: int, *, within: Reach) -> Side:
    """A save that parted from another. Raises NotFound, also for any other revision."""
    if not reaches(within, slug) or side_id > LARGEST_ID:
        raise NotFound
    row = read_one(_SIDE, {"side_id": side_id, "slug": slug})
    if row is None or row.state not in (SIDE, RESOLVED) or row.parent_id is None:
        raise NotFound
    return Side(row.id, row.parent_id, row.author, row.message, row.created_at, row.state == SIDE)


def files_apart(one: int | None, other: int) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files that differ between two revisions, before and after; `one` None: there was nothing before.

    Of pictures it is not their bytes that are told but their hash: enough to see that they changed.
    """
    hashes: dict[int, dict[str, str]] = {each: {} for each in (one, other) if each is not None}
    for row in db.session.execute(_HASHES.where(RevisionFile.revision_id.in_(hashes))):
        hashes[row.revision_id][row.path] = row.sha256
    before, after = hashes.get(one, {}) if one is not None else {}, hashes[other]
    paths = [path for path in {*before, *after} if before.get(path) != after.get(path)]
    wanted = {side[path] for side in (before, after) for path in paths if path in side and path.endswith(".yaml")}
    data = {row.sha256: row.data for row in db.session.execute(_BLOBS.where(Blob.sha256.in_(wanted)))}
    old, new = (
        {path: data.get(side[path], side[path].encode()) for path in paths if path in side} for side in (before, after)
    )
    return old, new
