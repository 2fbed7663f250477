"""Publish a draft: compile it, move the head to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.catalogue.operations.drafting import Parted, remove_draft, revision_of
from app.catalogue.operations.publishing import TRIES, Manuscript, Outrun, store_publication
from app.catalogue.operations.revisions import store_revision
from app.catalogue.queries.drafts import standing_of
from app.catalogue.queries.served import files_of, heads, kinds_of, shared_now
from app.catalogue.rules import SHARED, SIDE
from app.catalogue.rules.drafts import (
    Author,
    DraftHasFaults,
    DraftMoved,
    Files,
    NothingToPublish,
    Standing,
    merged,
)
from app.catalogue.store import store
from app.content.compile import compile_course
from app.content.course import Course
from app.content.faults import ContentFaults
from app.db import writing
from app.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What somebody wants to publish: the draft as they saw it, and what they say about it."""

    slug: str
    revision_id: int
    person_id: int
    message: str = ""
    author: str = ""  # the person's name; `authoring.desk` fills it in

    @property
    def by(self) -> Author:
        """Who publishes it."""
        return Author(self.author, self.person_id)


@dataclass(frozen=True, slots=True)
class Issued:
    """Learners are served this revision now. `unwritten` says why the files in the folder could not follow."""

    revision_id: int
    unwritten: Message | None = None


def publish_draft(wanted: Publication, *, folder: Path, now: datetime) -> Issued | Parted:
    """Serve the draft, and write its files into the courses folder.

    Raises NothingToPublish, DraftMoved where it is not the one that was seen, and DraftHasFaults. Parted: the served
    version changed the same places since the draft began.
    """
    for _ in range(TRIES):
        standing = standing_of(wanted.slug)
        if standing.draft_id is None:
            raise NothingToPublish
        if standing.draft_id != wanted.revision_id:
            raise DraftMoved
        try:
            return _published(wanted, standing, now)
        except Outrun:
            continue
    raise DraftMoved


def _published(wanted: Publication, standing: Standing, now: datetime) -> Issued | Parted:
    mine = files_of(wanted.revision_id)
    both = mine if standing.base_id == standing.head_id else merged(_files(standing.base_id), mine, _served(standing))
    if both is None:
        side = revision_of(wanted.slug, SIDE, standing.base_id, wanted.by, wanted.message)
        with writing():
            return Parted(store_revision(side, mine, now))
    course = _compiled(wanted.slug, both, standing)
    shared = heads().get(SHARED)
    text = Manuscript(
        slug=wanted.slug,
        files=both,
        sha256=course.sha256,
        shared_id=shared.revision_id if shared else None,
        kinds=course.kinds,
        author=wanted.author,
        person_id=wanted.person_id,
        message=wanted.message,
        from_folder=False,
    )
    with writing():
        if standing_of(wanted.slug, locked=True) != standing:
            raise Outrun
        head = store_publication(text, standing.head_id, now)
        remove_draft(wanted.slug)
    store().forget_heads()
    store().keep_course(head.revision_id, course)
    return Issued(head.revision_id)


def _files(revision_id: int | None) -> Files:
    return {} if revision_id is None else files_of(revision_id)


def _served(standing: Standing) -> Files:
    return _files(standing.head_id)


def _compiled(slug: str, files: Files, standing: Standing) -> Course:
    earlier = kinds_of(standing.head_id) if standing.head_id is not None else {}
    try:
        return compile_course(slug, files, shared_now(), earlier, before=store().before)
    except ContentFaults as broken:
        raise DraftHasFaults(broken.faults) from broken
