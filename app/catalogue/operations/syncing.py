"""Look at the folders: publish what changed and is whole. A broken folder changes nothing that is served."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from app.catalogue.models import FolderState
from app.catalogue.operations.agreeing import settle_folder
from app.catalogue.operations.publishing import HeadMoved, Manuscript, publish, store_state
from app.catalogue.queries import files_of, heads, kinds_of, shared_at
from app.catalogue.queries.agreeing import head_now
from app.catalogue.remembered import faults_of, rows_of
from app.catalogue.rules import SHARED, HeadFact, decide, folder_key, name_faults, root_of, told_at
from app.catalogue.rules.agreeing import PARTED, UNWRITTEN
from app.catalogue.rules.compiling import compile_files
from app.catalogue.store import store
from app.content.compile import NOTHING_SHARED
from app.content.course import Course, Shared
from app.content.faults import ContentFaults, Fault
from app.content.folders import Tree, files_sha256, read_tree
from app.db import db, writing
from app.errors import N_, Message

log = logging.getLogger(__name__)

Faults = tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Take:
    """What the command was told to take where folder and browser both changed; `slug` None: everywhere."""

    side: Literal["files", "database"]
    slug: str | None = None


@dataclass(slots=True)
class SyncReport:
    """What one look at the folders found and did."""

    published: list[str] = field(default_factory=list)  # slugs with a new revision
    faults: dict[str, Faults] = field(default_factory=dict)  # slug -> why it was not published
    parted: list[str] = field(default_factory=list)  # slugs that changed in the folder and in the browser
    fresh: set[str] = field(default_factory=set)  # those of `faults` that the look before did not have


@dataclass(slots=True)
class _Look:
    """One look at the folders: what is there, what the last one found, and what this one comes to."""

    courses: Path
    tree: Tree
    heads: Mapping[str, HeadFact]  # what was served before the folders were read
    states: Mapping[str, tuple[str, Faults]]  # slug -> key and faults of the last look
    now: datetime
    author: str
    recheck: bool
    take: Take | None
    report: SyncReport = field(default_factory=SyncReport)

    def files(self, slug: str) -> Mapping[str, bytes]:
        """What lies in the folder of a course, or beside the folders for all of them."""
        return self.tree.shared_files if slug == SHARED else self.tree.courses.get(slug, {})

    def untaken(self, slug: str) -> Faults:
        """What could not be taken from there."""
        return self.tree.shared_faults if slug == SHARED else self.tree.faults.get(slug, ())

    def taken(self, slug: str) -> str | None:
        """Which side the command takes of a course that changed on both."""
        return self.take.side if self.take and self.take.slug in (None, slug) else None


@dataclass(frozen=True, slots=True)
class _Found:
    """The files that are to be served, and what stood in the way of having the same in the folder."""

    files: Mapping[str, bytes]
    faults: Faults = ()
    from_folder: bool = True


@dataclass(frozen=True, slots=True)
class _Base:
    """The shared files that every course of one look is compiled with."""

    shared: Shared = NOTHING_SHARED
    revision_id: int | None = None
    sha256: str = ""


def sync(
    folder: Path, *, now: datetime, author: str = "files", recheck: bool = True, take: Take | None = None
) -> SyncReport:
    """Publish what changed in `folder` and is whole; remember the faults of what is not. Commits course by course.

    What was published in the browser and is not in the folder yet is written there. `recheck` also tries again what was
    found broken before and has not changed (the program may have). Raises OSError where the folder cannot be read.
    """
    store().forget_heads()
    served = dict(heads())  # before the files are read: what is published meanwhile is not taken for older than these
    tree = read_tree(folder)
    rows = db.session.execute(select(FolderState.slug, FolderState.sha256, FolderState.faults)).all()
    states = {slug: (key, faults_of(faults)) for slug, key, faults in rows}
    look = _Look(folder, tree, served, states, now, author, recheck, take)
    base = _sync_shared(look)
    for slug in sorted({*tree.courses, *tree.faults, *_without_folder(look)} - {SHARED}):
        if slug.isprintable():  # else it could not even be told
            _sync_safely(slug, look, base)
    _note_missing(look)
    store().forget_heads()
    db.session.rollback()
    store().renderings.store_new()
    return look.report


def _without_folder(look: _Look) -> set[str]:
    """Courses that were made in the browser and never had a folder."""
    return {slug for slug, head in look.heads.items() if not head.agreed_sha256}


def _sync_shared(look: _Look) -> _Base:
    """Look at what all courses share, by itself. What is served of it then is what they are compiled with."""
    _sync_safely(SHARED, look, _Base())
    head = head_now(SHARED)
    return _Base(shared_at(head.revision_id), head.revision_id, head.sha256) if head else _Base()


def _publish(text: Manuscript, look: _Look) -> None:
    _, new = publish(text, now=look.now, over=look.heads.get(text.slug))
    if new:
        look.report.published.append(text.slug)


def _sync_safely(slug: str, look: _Look, base: _Base) -> None:
    """One course that makes the program fail must not keep the others from being published."""
    try:
        _sync_course(slug, look, base)
    except HeadMoved:
        log.info("%s was published elsewhere meanwhile; the next look goes on from there", slug)
    except Exception:
        db.session.rollback()
        log.exception("looking at the course %s failed", slug)
        failed = Fault(
            root_of(slug),
            1,
            1,
            N_("Kursus ini membuat program gagal; rinciannya ada di log. Laporkan ke pengelola."),
        )
        _note(slug, "failed", (failed,), look)


def _sync_course(slug: str, look: _Look, base: _Base) -> None:
    head = look.heads.get(slug)
    found = _found(slug, head, look)
    if found is None:
        return None
    digest = files_sha256(found.files)
    key = folder_key(digest, base.sha256)
    faults = look.untaken(slug) or name_faults(slug, found.files)
    seen_key, seen_faults = look.states.get(slug, (None, ()))
    if faults:
        return _note(slug, key, faults, look)
    known = bool(seen_faults) and seen_key == key and not look.recheck and found.from_folder
    decision = decide(digest, head, base.revision_id, known_faults=known)
    if decision == "nothing":
        return _note(slug, key, found.faults, look)
    if decision == "known_faults":
        return _note(slug, key, seen_faults, look)
    earlier = kinds_of(head.revision_id) if head else {}
    try:
        work = compile_files(slug, found.files, base.shared, earlier, store().before)
    except ContentFaults as broken:
        return _note(slug, key, broken.faults, look)
    return _publish(_manuscript(slug, work, found, base, look), look)


def _manuscript(slug: str, work: Course | Shared, found: _Found, base: _Base, look: _Look) -> Manuscript:
    return Manuscript(
        slug=slug,
        files=found.files,
        sha256=work.sha256,
        shared_id=base.revision_id,
        kinds=work.kinds,
        author=look.author,
        from_folder=found.from_folder,
    )


def _found(slug: str, head: HeadFact | None, look: _Look) -> _Found | None:
    """What is to be served of a course; None where the folder and the browser both changed, which is told."""
    here = _Found(look.files(slug))
    if head is None or head.agreed_sha256 == head.sha256 or look.untaken(slug):
        return here
    taken = look.taken(slug)
    try:
        met = settle_folder(look.courses, slug, overwrite=taken == "database")
    except OSError as unwritable:
        log.warning("the folder of %s cannot be written: %s", slug, unwritable)
        return _Found(files_of(head.revision_id), (_told(slug, UNWRITTEN),), from_folder=False)
    if met == "parted" and taken is None:
        look.report.parted.append(slug)
        _note(slug, "parted", (_told(slug, PARTED),), look)
        return None
    return here if taken == "files" and met == "parted" else _Found(files_of(head.revision_id))


def _told(slug: str, message: Message) -> Fault:
    return Fault(told_at(slug), 1, 1, message)


def _note(slug: str, key: str, faults: Faults, look: _Look) -> None:
    """Remember what a look found where it differs from what the last one did."""
    faults = faults_of(rows_of(faults))  # as they will be read back
    if faults:
        look.report.faults[slug] = faults
    seen_key, seen_faults = look.states.get(slug, (None, ()))
    if faults == seen_faults and (key == seen_key or not faults):
        return
    if faults and faults != seen_faults:
        look.report.fresh.add(slug)
    with writing():
        store_state(slug, key, faults, look.now)


def _note_missing(look: _Look) -> None:
    """A folder that is gone takes no course down: it is told as a fault, and what was published goes on serving."""
    gone = N_("Folder kursus ini tidak ada lagi. Versi terakhir tetap ditampilkan.")
    present = {SHARED, *look.tree.courses, *look.tree.faults, *_without_folder(look)}
    for slug in sorted({*look.heads, *look.states} - present):
        served = slug in look.heads
        _note(slug, "missing", (Fault(f"courses/{slug}/course.yaml", 1, 1, gone),) if served else (), look)
