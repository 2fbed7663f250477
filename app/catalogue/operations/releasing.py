"""Publish a draft: compile it, move the head to it, and let its folder follow."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.catalogue.operations.agreeing import settle_folder
from app.catalogue.operations.drafting import Change, Parted, Saved, save_joined, until_done
from app.catalogue.operations.joining import Signed, cancel_due, check_still, joined, move_draft, remove_draft
from app.catalogue.operations.lying import store_taken
from app.catalogue.operations.mending import mend_again
from app.catalogue.operations.publishing import Manuscript, store_continued, store_publication
from app.catalogue.operations.renewing import courses_with, store_renewals
from app.catalogue.queries.served import files_of, heads, kinds_of, shared_now
from app.catalogue.rules import SHARED
from app.catalogue.rules.agreeing import PARTED, UNWRITTEN
from app.catalogue.rules.compiling import compile_files
from app.catalogue.rules.drafts import Author, DraftHasFaults, DraftMoved, Files, NothingToPublish, Standing
from app.catalogue.store import store
from app.content.course import Course, Shared
from app.content.faults import ContentFaults
from app.db import writing
from app.errors import Message

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What somebody wants to publish: the draft as they saw it, and what they say about it."""

    slug: str
    revision_id: int
    person_id: int
    message: str = ""
    author: str = ""  # the person's name; `authoring.desk` fills it in

    @property
    def signed(self) -> Signed:
        """Whose it is."""
        return Signed(slug=self.slug, by=Author(self.author, self.person_id), message=self.message)

    @property
    def as_change(self) -> Change:
        """The same as a change of nothing."""
        return Change(
            slug=self.slug,
            base=self.revision_id,
            files={},
            message=self.message,
            person_id=self.person_id,
            author=self.author,
        )


@dataclass(frozen=True, slots=True)
class Issued:
    """Learners are served this revision now. `unwritten` says why the files in the folder could not follow."""

    revision_id: int
    unwritten: Message | None = None


def publish_draft(wanted: Publication, *, folder: Path | None, now: datetime) -> Issued | Parted:
    """Serve the draft, and write its files into the courses folder. What was to be published at a time is not any more.

    `folder` None: another host keeps the folder that counts, and follows by itself.

    Raises NothingToPublish, DraftMoved where it is not the one that was seen, and DraftHasFaults. Parted: the served
    version, or an author in the folder that the draft went on from, changed the same places since it began.
    """

    def publish(standing: Standing) -> int | Parted:
        if standing.draft_id is None:
            raise NothingToPublish
        if standing.draft_id != wanted.revision_id:
            raise DraftMoved
        both = joined(files_of(wanted.revision_id), standing.base_id, standing.head_id)
        if both.aside is None:
            return issue(wanted, both.files, standing, now)
        parted = save_joined(wanted.signed, both.aside, standing, now)
        assert not isinstance(parted, Saved), "the same files meet the same places"  # noqa: S101
        return parted

    moved = None if folder is None else mend_again(wanted.as_change, folder, now=now)
    if isinstance(moved, Saved):
        raise DraftMoved
    done = moved or until_done(wanted.slug, publish)
    if isinstance(done, Parted):
        return done
    return Issued(done, follow(wanted.slug, folder) if folder is not None else None)


def issue(wanted: Publication, files: Files, standing: Standing, now: datetime) -> int:
    """Make files that began as a draft what is served; the new revision. The draft goes; what was saved since stays.

    What all courses share takes the courses that are served with it. Raises DraftHasFaults (a course's too, which would
    be broken), and Outrun where one of them stands otherwise by now.
    """
    work = _compiled(wanted.slug, files, standing)
    following = courses_with(work) if isinstance(work, Shared) else ()
    text = _manuscript(wanted, work, files)
    with writing():
        check_still(wanted.slug, standing)
        head = store_publication(text, standing.head_id, now)
        store_renewals(following, head.revision_id, text, now)
        lying = store_taken(wanted.slug, wanted.revision_id)
        if lying is not None:
            store_continued(wanted.slug, lying)
        if standing.draft_id == wanted.revision_id:
            remove_draft(wanted.slug)
        elif standing.draft_id is not None:
            move_draft(wanted.slug, standing.draft_id, wanted.revision_id)
        cancel_due(wanted.slug)
    store().forget_heads()
    if isinstance(work, Course):
        store().keep_course(head.revision_id, work)
    return head.revision_id


def _manuscript(wanted: Publication, work: Course | Shared, files: Files) -> Manuscript:
    shared = heads().get(SHARED) if wanted.slug != SHARED else None
    return Manuscript(
        slug=wanted.slug,
        files=files,
        sha256=work.sha256,
        shared_id=shared.revision_id if shared else None,
        kinds=work.kinds,
        author=wanted.author,
        person_id=wanted.person_id,
        message=wanted.message,
        from_folder=False,
    )


def follow(slug: str, folder: Path) -> Message | None:
    """Write what is served into the courses folder; why it could not be written, or None."""
    try:
        met = settle_folder(folder, slug)
    except OSError as unwritable:
        log.warning("the folder of %s cannot be written: %s", slug, unwritable)
        return UNWRITTEN
    return PARTED if met == "parted" else None


def _compiled(slug: str, files: Files, standing: Standing) -> Course | Shared:
    earlier = kinds_of(standing.head_id) if standing.head_id is not None else {}
    try:
        return compile_files(slug, files, shared_now(), earlier, store().before)
    except ContentFaults as broken:
        raise DraftHasFaults(broken.faults) from broken
