"""Look at the folders: publish what changed and is whole. A broken folder changes nothing that is served."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from app.catalogue.models import FolderState
from app.catalogue.operations.publishing import Manuscript, publish, store_state
from app.catalogue.queries import heads, kinds_of, shared_at
from app.catalogue.remembered import faults_of, rows_of
from app.catalogue.rules import SHARED, HeadFact, decide, folder_key, name_faults
from app.catalogue.store import store
from app.content.compile import compile_course, compile_shared
from app.content.course import Shared
from app.content.faults import ContentFaults, Fault
from app.content.folders import Tree, files_sha256, read_tree
from app.db import db, writing
from app.errors import N_

log = logging.getLogger(__name__)

Faults = tuple[Fault, ...]


@dataclass(slots=True)
class SyncReport:
    """What one look at the folders found and did."""

    published: list[str] = field(default_factory=list)  # slugs with a new revision
    faults: dict[str, Faults] = field(default_factory=dict)  # slug -> why it was not published
    fresh: set[str] = field(default_factory=set)  # those of `faults` that the look before did not have


@dataclass(slots=True)
class _Look:
    """One look at the folders: what is there, what the last one found, and what this one comes to."""

    tree: Tree
    states: Mapping[str, tuple[str, Faults]]  # slug -> key and faults of the last look
    now: datetime
    author: str
    recheck: bool
    report: SyncReport = field(default_factory=SyncReport)


@dataclass(frozen=True, slots=True)
class _Base:
    """The shared files that every course of one look is compiled with."""

    shared: Shared
    revision_id: int | None
    sha256: str


def sync(folder: Path, *, now: datetime, author: str = "files", recheck: bool = True) -> SyncReport:
    """Publish what changed in `folder` and is whole; remember the faults of what is not. Commits course by course.

    `recheck` also tries again what was found broken before and has not changed (the program may have). Raises OSError
    where the folder cannot be read.
    """
    tree = read_tree(folder)
    store().forget_heads()
    rows = db.session.execute(select(FolderState.slug, FolderState.sha256, FolderState.faults)).all()
    look = _Look(tree, {slug: (key, faults_of(faults)) for slug, key, faults in rows}, now, author, recheck)
    base = _sync_shared(look)
    for slug in sorted({*tree.courses, *tree.faults} - {SHARED}):
        if slug.isprintable():  # else it could not even be told
            _sync_safely(slug, look, base)
    _note_missing(look)
    store().forget_heads()
    db.session.rollback()
    store().renderings.store_new()
    return look.report


def _sync_shared(look: _Look) -> _Base:
    files = look.tree.shared_files
    head = heads().get(SHARED)
    digest = files_sha256(files)
    found = look.tree.shared_faults or name_faults(SHARED, files)
    if not found and (head is None or head.sha256 != digest):
        try:
            shared = compile_shared(files, kinds_of(head.revision_id) if head else {})
        except ContentFaults as broken:
            found = broken.faults
        else:
            head = _publish(
                Manuscript(
                    slug=SHARED, files=files, sha256=digest, shared_id=None, kinds=_kinds(shared), author=look.author
                ),
                look,
            )
            return _Base(shared, head.revision_id, digest)
    _note(SHARED, folder_key(digest, ""), found, look)
    if head is None:
        return _Base(compile_shared({}), None, "")
    return _Base(shared_at(head.revision_id), head.revision_id, head.sha256)


def _kinds(shared: Shared) -> dict[str, str]:
    return {f"{bank.name}/{each.id}": each.type for bank in shared.banks.values() for each in bank.questions}


def _publish(text: Manuscript, look: _Look) -> HeadFact:
    head, new = publish(text, now=look.now)
    if new:
        look.report.published.append(text.slug)
    return head


def _sync_safely(slug: str, look: _Look, base: _Base) -> None:
    """One course that makes the program fail must not keep the others from being published."""
    try:
        _sync_course(slug, look, base)
    except Exception:
        db.session.rollback()
        log.exception("looking at the course %s failed", slug)
        failed = Fault(
            f"courses/{slug}",
            1,
            1,
            N_("Kursus ini membuat program gagal; rinciannya ada di log. Laporkan ke pengelola."),
        )
        _note(slug, "failed", (failed,), look)


def _sync_course(slug: str, look: _Look, base: _Base) -> None:
    files = look.tree.courses.get(slug, {})
    digest = files_sha256(files)
    key = folder_key(digest, base.sha256)
    found: Faults = look.tree.faults.get(slug, ()) or name_faults(slug, files)
    seen_key, seen_faults = look.states.get(slug, (None, ()))
    if found:
        return _note(slug, key, found, look)
    known = bool(seen_faults) and seen_key == key and not look.recheck
    head = heads().get(slug)
    decision = decide(digest, head, base.revision_id, known_faults=known)
    if decision == "nothing":
        return _note(slug, key, (), look)
    if decision == "known_faults":
        return _note(slug, key, seen_faults, look)
    try:
        course = compile_course(
            slug, files, base.shared, kinds_of(head.revision_id) if head else {}, before=store().before
        )
    except ContentFaults as broken:
        return _note(slug, key, broken.faults, look)
    _publish(
        Manuscript(
            slug=slug, files=files, sha256=digest, shared_id=base.revision_id, kinds=course.kinds, author=look.author
        ),
        look,
    )
    return None


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
    present = {SHARED, *look.tree.courses, *look.tree.faults}
    for slug in sorted({*heads(), *look.states} - present):
        served = slug in heads()
        _note(slug, "missing", (Fault(f"courses/{slug}/course.yaml", 1, 1, gone),) if served else (), look)
