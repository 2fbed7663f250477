"""Drafts: save one, throw it away, take an old version up again, begin a new course.

Files are merged and compiled before the transaction begins, so that nobody who answers a quiz waits for it; inside, the
course must still stand as it stood, or all is done again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, update

from app.catalogue.models import Draft
from app.catalogue.operations.publishing import TRIES, Outrun
from app.catalogue.operations.revisions import NewRevision, store_revision
from app.catalogue.queries.drafts import is_revision_of, standing_of
from app.catalogue.queries.served import files_of, heads
from app.catalogue.rules import DRAFT, SHARED, SIDE
from app.catalogue.rules.drafts import (
    Author,
    DraftMoved,
    Files,
    NoSuchCourse,
    NothingToPublish,
    Standing,
    changed,
    check_bounds,
    merged,
)
from app.db import insert_unless_there, write, writing
from app.errors import NotFound

_DRAFTS: Final[Any] = Draft.__table__
_MOVE: Final = (
    update(_DRAFTS)
    .where(_DRAFTS.c.slug == bindparam("of"))
    .values(revision_id=bindparam("revision_id"), base_id=bindparam("base_id"))
)
_REMOVE: Final = delete(_DRAFTS).where(_DRAFTS.c.slug == bindparam("slug"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a person changed in a course: whole files by their paths; None removes one.

    `base` is the revision that their form began from. `author` is the person's name; `authoring.desk` fills it in.
    """

    slug: str
    base: int
    files: Mapping[str, bytes | None]
    message: str
    person_id: int
    author: str = ""

    @property
    def by(self) -> Author:
        """Who changed it."""
        return Author(self.author, self.person_id)


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft holds the change now, as this revision."""

    revision_id: int


@dataclass(frozen=True, slots=True)
class Parted:
    """The same places were changed meanwhile: the change is kept as a revision of its own, and the draft is without it.

    What both stem from is the side revision's parent.
    """

    side_id: int


def save_draft(change: Change, *, now: datetime) -> Saved | Parted:
    """Keep a change as the course's draft. What touched other places meanwhile is merged with it.

    Raises NotFound where `base` is no revision of the course, and TooMuch.
    """
    if not is_revision_of(change.base, change.slug):
        raise NotFound
    for _ in range(TRIES):
        standing = standing_of(change.slug)
        try:
            return _saved(change, standing, now)
        except Outrun:
            continue
    raise DraftMoved


def _saved(change: Change, standing: Standing, now: datetime) -> Saved | Parted:
    worked_on = _worked_on(standing)
    base = files_of(change.base)
    mine, theirs = changed(base, change.files), files_of(worked_on)
    both = mine if change.base == worked_on else merged(base, mine, theirs)
    if both is None:
        side = revision_of(change.slug, SIDE, change.base, change.by, change.message)
        with writing():
            return Parted(store_revision(side, mine, now))
    if both == theirs:
        return Saved(worked_on)
    check_bounds(both)
    new = revision_of(change.slug, DRAFT, worked_on, change.by, change.message)
    with writing():
        return Saved(store_draft(new, both, standing, now))


def store_draft(new: NewRevision, files: Files, standing: Standing, now: datetime) -> int:
    """Store a revision and make it the draft. Raises Outrun where the course stands otherwise by now."""
    _check_still(new.slug, standing)
    revision_id = store_revision(new, files, now)
    move_draft(new.slug, revision_id, standing.base_id)
    return revision_id


def move_draft(slug: str, revision_id: int, base_id: int | None) -> None:
    """Make a revision the draft. Raises Outrun where another draft began meanwhile. The caller commits."""
    row = {"slug": slug, "revision_id": revision_id, "base_id": base_id}
    if write(_MOVE, {"of": slug, "revision_id": revision_id, "base_id": base_id}):
        return
    if not insert_unless_there(_DRAFTS, row):
        raise Outrun


def remove_draft(slug: str) -> None:
    """The course has no draft any more; its revisions stay. The caller commits."""
    write(_REMOVE, {"slug": slug})


def discard_draft(slug: str, revision_id: int, *, now: datetime) -> None:
    """Work on what is served again. The draft stays in the history and can be taken up from there.

    Raises NothingToPublish without a draft, DraftMoved where it is not the one that was seen, and NotFound for a course
    that was never published: it would be gone.
    """
    with writing():
        standing = standing_of(slug, locked=True)
        if standing.draft_id is None:
            raise NothingToPublish
        if standing.head_id is None:
            raise NotFound
        if standing.draft_id != revision_id:
            raise DraftMoved
        remove_draft(slug)


def restore_revision(slug: str, revision_id: int, *, by: Author, now: datetime) -> Saved:
    """Make the files of an old revision the draft; what was the draft stays in the history. Raises NotFound."""
    if not is_revision_of(revision_id, slug):
        raise NotFound
    files = files_of(revision_id)
    for _ in range(TRIES):
        standing = standing_of(slug)
        try:
            with writing():
                new = revision_of(slug, DRAFT, _worked_on(standing), by, "")
                return Saved(store_draft(new, files, standing, now))
        except Outrun:
            continue
    raise DraftMoved


def create_course(slug: str, files: Files, *, by: Author, now: datetime) -> Saved:
    """Begin a course that nobody is served yet. Raises NoSuchCourse where the slug is taken."""
    check_bounds(files)
    nothing = Standing(None, None, None)
    try:
        with writing():
            return Saved(store_draft(revision_of(slug, DRAFT, None, by, ""), files, nothing, now))
    except Outrun:
        raise NoSuchCourse from None


def _worked_on(standing: Standing) -> int:
    if standing.worked_on is None:
        raise NotFound
    return standing.worked_on


def _check_still(slug: str, standing: Standing) -> None:
    if standing_of(slug, locked=True) != standing:
        raise Outrun


def revision_of(slug: str, state: str, parent_id: int | None, by: Author, message: str) -> NewRevision:
    shared = heads().get(SHARED)
    return NewRevision(
        slug=slug,
        state=state,
        parent_id=parent_id,
        shared_id=shared.revision_id if shared else None,
        author=by,
        message=message,
        kinds={},
    )
