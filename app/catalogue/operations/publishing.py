"""Publish: make a revision of files that have compiled, and move the head to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.catalogue.models import Blob, FolderState, Head, Revision, RevisionFile
from app.catalogue.remembered import rows_of
from app.catalogue.rules import HeadFact
from app.content.faults import Fault
from app.db import begin_write, db


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What is to be published: files that have compiled, and what is told of them."""

    slug: str
    files: Mapping[str, bytes]
    sha256: str
    shared_id: int | None  # the shared revision they were compiled with
    kinds: Mapping[str, str]  # address -> kind
    author: str


def publish(text: Manuscript, *, now: datetime) -> tuple[HeadFact, bool]:
    """Make a revision of the files and serve it; what is served already stays. Tells the head, and whether it is new.

    Two who publish at once meet at a UNIQUE constraint or at the head's row: the later one looks again.
    """
    for last_try in (False, False, True):
        begin_write()
        try:
            fact, new = _store_revision(text, now)
            store_state(text.slug, "", (), now)
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            if last_try:
                raise
        else:
            return fact, new
    raise AssertionError("the last try returns or raises")


def _store_revision(text: Manuscript, now: datetime) -> tuple[HeadFact, bool]:
    head = db.session.get(Head, text.slug, with_for_update=True)
    parent = db.session.get(Revision, head.revision_id) if head else None
    if parent is not None and (parent.sha256, parent.shared_id) == (text.sha256, text.shared_id):
        return HeadFact(text.slug, parent.id, text.sha256, text.shared_id), False
    hashes = _store_blobs(text.files)
    revision = Revision(
        slug=text.slug,
        sha256=text.sha256,
        parent_id=parent.id if parent else None,
        shared_id=text.shared_id,
        author=text.author,
        created_at=now,
        kinds={**(parent.kinds if parent else {}), **text.kinds},
    )
    db.session.add(revision)
    db.session.flush()
    db.session.add_all(RevisionFile(revision_id=revision.id, path=path, sha256=each) for path, each in hashes.items())
    if head is None:
        db.session.add(Head(slug=text.slug, revision_id=revision.id))
    else:
        head.revision_id = revision.id
    db.session.flush()
    return HeadFact(text.slug, revision.id, text.sha256, text.shared_id), True


def _store_blobs(files: Mapping[str, bytes]) -> dict[str, str]:
    """Store each file once by its hash. Tells path -> hash."""
    hashes = {path: sha256(data).hexdigest() for path, data in files.items()}
    known = set(db.session.scalars(select(Blob.sha256).where(Blob.sha256.in_(set(hashes.values())))))
    new = {hashes[path]: data for path, data in files.items() if hashes[path] not in known}
    db.session.add_all(Blob(sha256=each, data=data) for each, data in sorted(new.items()))
    db.session.flush()
    return hashes


def store_state(slug: str, key: str, faults: Sequence[Fault], now: datetime) -> None:
    """Keep the faults of a folder; without any, what was kept goes. The caller commits."""
    state = db.session.get(FolderState, slug)
    if not faults:
        if state is not None:
            db.session.delete(state)
        return
    if state is None:
        state = FolderState(slug=slug)
        db.session.add(state)
    state.sha256, state.seen_at, state.faults = key, now, rows_of(faults)
