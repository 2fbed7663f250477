"""What is served: compiled courses from memory, their bytes from the database."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from mimetypes import guess_type

from sqlalchemy import bindparam, select

from app.catalogue.models import Blob, Head, Revision, RevisionFile
from app.catalogue.rules import SHARED, HeadFact
from app.catalogue.store import store
from app.content.compile import NOTHING_SHARED, compile_course, compile_shared
from app.content.course import Course, Shared
from app.content.faults import ContentFaults
from app.db import db, read
from app.errors import NotFound

log = logging.getLogger(__name__)

MEDIA_KEPT = 200  # pictures kept in memory per process


@dataclass(frozen=True, slots=True)
class Published:
    """A course as it is served now."""

    course: Course
    revision_id: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A media file as it is served."""

    data: bytes
    mime: str


_HEADS = select(Head.slug, Head.revision_id, Revision.sha256, Revision.shared_id, Head.agreed_sha256).join(
    Revision, Revision.id == Head.revision_id
)
_FILES = (
    select(RevisionFile.path, Blob.data)
    .join(Blob, Blob.sha256 == RevisionFile.sha256)
    .where(RevisionFile.revision_id == bindparam("revision_id"))
)


def heads() -> Mapping[str, HeadFact]:
    """What is served now, at most a second old."""
    kept = store()
    if kept.stale():
        kept.know(HeadFact(*row) for row in read(_HEADS))
    return kept.heads


def files_of(revision_id: int) -> dict[str, bytes]:
    """The files of a revision, path -> bytes."""
    found = store().files.get(revision_id)
    if found is None:
        found = {row.path: row.data for row in read(_FILES, {"revision_id": revision_id})}
        store().keep_files(revision_id, found)
    return dict(found)


def kinds_of(revision_id: int) -> Mapping[str, str]:
    """Address -> kind of every question and activity that a revision or one before it had: answers hang on them."""
    return db.session.scalar(select(Revision.kinds).where(Revision.id == revision_id)) or {}


def shared_at(revision_id: int) -> Shared:
    """What the courses of a revision share, compiled."""
    kept = store().shared
    if revision_id not in kept:
        kept[revision_id] = compile_shared(files_of(revision_id))
        while len(kept) > 4:
            kept.popitem(last=False)
    return kept[revision_id]


def shared_now() -> Shared:
    """The framework, glossary and shared banks as they are served; empty ones before anything was published."""
    head = heads().get(SHARED)
    return shared_at(head.revision_id) if head else NOTHING_SHARED


def course_at(revision_id: int) -> Course:
    """The course of a revision, also an old one: what an attempt pinned. Raises NotFound."""
    kept = store()
    found = kept.courses.get(revision_id)
    if found is not None:
        kept.courses.move_to_end(revision_id)
        return found
    row = db.session.execute(
        select(Revision.slug, Revision.shared_id).where(Revision.id == revision_id, Revision.slug != SHARED)
    ).one_or_none()
    if row is None:
        raise NotFound
    shared = shared_at(row.shared_id) if row.shared_id else NOTHING_SHARED
    course = compile_course(row.slug, files_of(revision_id), shared, before=kept.before)
    return kept.keep_course(revision_id, course)


def published() -> dict[str, Published]:
    """Every course that is served now, by slug; without one that this release cannot compile, which is logged."""
    found = {slug: published_of(head) for slug, head in heads().items() if slug != SHARED}
    return {slug: each for slug, each in found.items() if each is not None}


def get_published(slug: str) -> Published:
    """The course served under a slug. Raises NotFound."""
    head = heads().get(slug)
    found = published_of(head) if head and slug != SHARED else None
    if found is None:
        raise NotFound
    return found


def published_of(head: HeadFact) -> Published | None:
    """The course of a head; None where this release cannot compile it, which is logged once."""
    kept = store()
    if head.revision_id in kept.unreadable:
        return None
    try:
        return Published(course_at(head.revision_id), head.revision_id)
    except ContentFaults as broken:
        kept.unreadable[head.revision_id] = broken.faults
        log.error("revision %s of %s cannot be compiled by this release:\n%s", head.revision_id, head.slug, broken)
        return None


def get_media(name: str) -> Picture:
    """A picture by `<sha256>.<ending>`. Raises NotFound, also for stored files that are no pictures."""
    sha256, _, ending = name.partition(".")
    mime = guess_type(f"x.{ending}")[0] or ""
    if len(sha256) != 64 or not mime.startswith("image/"):
        raise NotFound
    kept = store().media
    if name not in kept:
        data = db.session.scalar(
            select(Blob.data)
            .join(RevisionFile, RevisionFile.sha256 == Blob.sha256)
            .where(Blob.sha256 == sha256, RevisionFile.path.like(f"media/%.{ending}"))
            .limit(1)
        )
        if data is None:
            raise NotFound
        kept[name] = data
        while len(kept) > MEDIA_KEPT:
            kept.popitem(last=False)
    return Picture(kept[name], mime)
