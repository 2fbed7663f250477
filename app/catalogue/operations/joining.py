"""Drafts as rows, and how a draft takes up what was published since it began."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, update

from app.catalogue.models import Draft, DuePublication
from app.catalogue.operations.lying import let_go
from app.catalogue.operations.publishing import Outrun
from app.catalogue.operations.revisions import NewRevision, store_revision
from app.catalogue.queries.drafts import standing_of
from app.catalogue.queries.served import files_of, heads
from app.catalogue.rules import DRAFT, FOLDER, SHARED, SIDE
from app.catalogue.rules.drafts import Author, Files, Standing, check_bounds
from app.content.merging import merge_files
from app.db import insert_unless_there, write
from app.errors import N_

_DRAFTS: Final[Any] = Draft.__table__
_DUE: Final[Any] = DuePublication.__table__
_MOVE: Final = (
    update(_DRAFTS)
    .where(_DRAFTS.c.slug == bindparam("of"))
    .values(revision_id=bindparam("revision_id"), base_id=bindparam("base_id"))
)
_REMOVE: Final = delete(_DRAFTS).where(_DRAFTS.c.slug == bindparam("slug"))
_CANCEL: Final = delete(_DUE).where(_DUE.c.slug == bindparam("slug"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Whose a revision is, of which course, and what they say about it.

    `folder`: what lay in the course's folder, where the revision goes on from there.
    """

    slug: str
    by: Author
    message: str = ""
    folder: Files | None = None

    def revision(self, state: str, parent_id: int | None) -> NewRevision:
        """It as a row to be. What all courses share now goes with it; nobody answered its questions yet."""
        shared = heads().get(SHARED)
        return NewRevision(
            slug=self.slug,
            state=state,
            parent_id=parent_id,
            shared_id=shared.revision_id if shared else None,
            author=self.by,
            message=self.message,
            kinds={},
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """A draft with what is served now: `files`. `aside`, if any, is the draft as it was, where both changed a place."""

    files: Files
    aside: Files | None


def joined(files: Files, base_id: int | None, head_id: int | None) -> Joined:
    """A draft that began from `base_id`, joined with what is served. At a place that both changed stands what is
    served, and the draft is told as `aside`, for somebody to choose. Raises TooMuch.
    """
    if head_id is None or base_id == head_id:
        return Joined(files, None)
    both = merge_files(files_or_none(base_id), files, files_of(head_id))
    check_bounds(both.files)
    return Joined(both.files, files if both.conflicts else None)


def files_or_none(revision_id: int | None) -> Files:
    """The files of a revision; where there is none, no files."""
    return {} if revision_id is None else files_of(revision_id)


def check_still(slug: str, standing: Standing) -> None:
    """Hold the course's rows. Raises Outrun where it does not stand any more as it stood."""
    if standing_of(slug, locked=True) != standing:
        raise Outrun


def store_draft(signed: Signed, files: Files, standing: Standing, now: datetime) -> int:
    """Make files the draft, joined with what is served; its revision. Where they are what is served there is no draft.

    What goes on from the folder is a draft even so: the folder is to hold it. Raises Outrun where the course stands
    otherwise by now. The caller commits.
    """
    check_still(signed.slug, standing)
    parent_id = standing.worked_on
    if signed.folder is not None:
        parent_id = _store_lying(signed, signed.folder, parent_id, now)
    elif standing.head_id is not None and files == files_of(standing.head_id):
        if standing.draft_id is not None:
            store_return(signed, files, standing.draft_id, now)
        return standing.head_id
    revision_id = store_revision(signed.revision(DRAFT, parent_id), files, now)
    (begin_draft if standing.draft_id is None else move_draft)(signed.slug, revision_id, standing.head_id)
    return revision_id


def store_return(signed: Signed, served: Files, draft_id: int, now: datetime) -> None:
    """Leave a draft for what is served: a save of its own, so that the history tells who did. The caller commits."""
    store_revision(signed.revision(DRAFT, draft_id), served, now)
    remove_draft(signed.slug)


def store_aside(signed: Signed, files: Files, parent_id: int | None, now: datetime) -> int:
    """Keep a save that met another at the same place, as a child of what both stem from. The caller commits."""
    side_id = store_revision(signed.revision(SIDE, parent_id), files, now)
    if signed.folder is not None:
        _store_lying(signed, signed.folder, side_id, now)
    return side_id


def _store_lying(signed: Signed, folder: Files, parent_id: int | None, now: datetime) -> int:
    """Keep what lay in the folder. Of a draft it is the parent, of a save put aside the child."""
    message = N_("Isi folder kursus, seperti tertulis di sana").msgid
    return store_revision(replace(signed, message=message).revision(FOLDER, parent_id), folder, now)


def begin_draft(slug: str, revision_id: int, base_id: int | None) -> None:
    """Make a revision the draft of a course without one. Raises Outrun where it has one by now. The caller commits."""
    if not insert_unless_there(_DRAFTS, {"slug": slug, "revision_id": revision_id, "base_id": base_id}):
        raise Outrun


def move_draft(slug: str, revision_id: int, base_id: int | None) -> None:
    """Make another revision the draft, of a course whose draft is held. The caller commits."""
    write(_MOVE, {"of": slug, "revision_id": revision_id, "base_id": base_id})


def remove_draft(slug: str) -> None:
    """The course has no draft any more; its revisions stay. The caller commits."""
    write(_REMOVE, {"slug": slug})
    let_go(slug)


def cancel_due(slug: str) -> None:
    """Nothing of the course is to be published at a time any more. The caller commits."""
    write(_CANCEL, {"slug": slug})
