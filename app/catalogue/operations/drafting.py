"""Drafts: save one, throw it away, take an old version up again, begin a new course.

Files are merged before the transaction begins, so that nobody who answers a quiz waits for it; inside, the course must
still stand as it stood, or all is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from app.catalogue.operations.joining import (
    Signed,
    cancel_due,
    check_still,
    joined,
    store_aside,
    store_draft,
    store_return,
)
from app.catalogue.operations.lying import let_go
from app.catalogue.operations.publishing import TRIES, Outrun
from app.catalogue.queries.agreeing import taken_up
from app.catalogue.queries.drafts import is_revision_of, standing_of
from app.catalogue.queries.served import files_of
from app.catalogue.rules.drafts import (
    Author,
    DraftMoved,
    Files,
    NothingToPublish,
    SlugTaken,
    Standing,
    changed,
    check_bounds,
)
from app.catalogue.store import store
from app.content.merging import merge_files
from app.db import writing
from app.errors import NotFound

Done = TypeVar("Done")
NOTHING: Final = Standing(None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a person changed in a course: whole files by their paths; None removes one.

    `base` is the revision that their form began from. `author` is the person's name; `authoring.desk` fills it in.
    `folder`: what lay in the course's folder, where the change goes on from there.
    """

    slug: str
    base: int
    files: Mapping[str, bytes | None]
    message: str
    person_id: int
    author: str = ""
    folder: Files | None = None

    @property
    def signed(self) -> Signed:
        """Whose it is."""
        by = Author(self.author, self.person_id)
        return Signed(slug=self.slug, by=by, message=self.message, folder=self.folder)


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft holds the change now, as this revision: what is served, where both are the same."""

    revision_id: int


@dataclass(frozen=True, slots=True)
class Parted:
    """The same places were changed meanwhile: one side is kept as a revision of its own, for somebody to choose.

    What both stem from is the side revision's parent; the other side is the workspace.
    """

    side_id: int


def save_draft(change: Change, *, now: datetime) -> Saved | Parted:
    """Keep a change as the course's draft. What others changed at other places meanwhile is merged with it.

    Raises NotFound where `base` is no revision of the course, and TooMuch.
    """
    if not is_revision_of(change.base, change.slug):
        raise NotFound
    return until_done(change.slug, lambda standing: _save(change, standing, now))


def until_done(slug: str, do: Callable[[Standing], Done]) -> Done:
    """Do something with a course as it stands; again where somebody else was quicker. Raises DraftMoved."""
    for _ in range(TRIES):
        standing = standing_of(slug)
        try:
            return do(standing)
        except Outrun:
            continue
    raise DraftMoved


def _save(change: Change, standing: Standing, now: datetime) -> Saved | Parted:
    worked_on = _worked_on(standing)
    base, theirs = files_of(change.base), files_of(worked_on)
    mine = changed(base, change.files)
    merged = merge_files(base, mine, theirs)
    if merged.conflicts:
        with writing():
            return Parted(store_aside(change.signed, mine, change.base, now))
    if merged.files == theirs and change.folder is None:
        return Saved(worked_on)
    return save_joined(change.signed, merged.files, standing, now)


def save_joined(signed: Signed, files: Files, standing: Standing, now: datetime) -> Saved | Parted:
    """Make files the draft, with what was published since it began. Raises Outrun and TooMuch."""
    both = joined(files, standing.base_id, standing.head_id)
    check_bounds(both.files)
    stem = standing.base_id or standing.head_id  # a course begun twice, here and in a folder, stems from the latter
    aside = signed if both.aside is None else replace(signed, folder=signed.folder or _lying(signed.slug, standing))
    with writing():
        side_id = None
        if both.aside is not None:  # and with it what it took up of the folder
            let_go(signed.slug)
            signed = replace(signed, folder=None)
            side_id = store_aside(aside, both.aside, stem, now)
        revision_id = store_draft(signed, both.files, standing, now)
    store().keep_files(revision_id, both.files)
    return Saved(revision_id) if side_id is None else Parted(side_id)


def _lying(slug: str, standing: Standing) -> Files | None:
    """What the draft took up of the folder."""
    lying = None if standing.draft_id is None else taken_up(slug, standing.draft_id)
    return None if lying is None else files_of(lying.id)


def discard_draft(revision_id: int, signed: Signed, *, now: datetime) -> None:
    """Work on what is served again. The draft stays in the history, which tells who threw it away, and can be taken up
    from there.

    What was to be published at a time is not any more. Raises NothingToPublish without a draft, DraftMoved where it is
    not the one that was seen, and NotFound for a course that was never published: it would be gone.
    """
    slug = signed.slug
    with writing():
        standing = standing_of(slug, locked=True)
        if standing.draft_id is None:
            raise NothingToPublish
        if standing.head_id is None:
            raise NotFound
        if standing.draft_id != revision_id:
            raise DraftMoved
        store_return(signed, files_of(standing.head_id), standing.draft_id, now)
        cancel_due(slug)


def restore_revision(slug: str, revision_id: int, *, by: Author, now: datetime) -> Saved:
    """Make the files of an old revision the draft; what was the draft stays in the history. Raises NotFound."""
    if not is_revision_of(revision_id, slug):
        raise NotFound
    files, signed = files_of(revision_id), Signed(slug=slug, by=by)

    def restore(standing: Standing) -> Saved:
        with writing():
            let_go(slug)
            return Saved(store_draft(signed, files, standing, now))

    return until_done(slug, restore)


def create_course(slug: str, files: Files, *, by: Author, now: datetime, from_folder: bool = False) -> Saved:
    """Begin a course that nobody is served yet; `from_folder`: with what lies in its folder.

    Raises SlugTaken, also for a slug that only its draft has.
    """
    check_bounds(files)
    signed = Signed(slug=slug, by=by, folder=files if from_folder else None)
    try:
        with writing():
            check_still(slug, NOTHING)
            return Saved(store_draft(signed, files, NOTHING, now))
    except Outrun:
        raise SlugTaken from None


def _worked_on(standing: Standing) -> int:
    if standing.worked_on is None:
        raise NotFound
    return standing.worked_on
