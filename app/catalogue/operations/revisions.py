"""Store a revision: its row, and each of its files once by its hash. Used by those who publish and who save drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from app.catalogue.models import Blob, Revision, RevisionFile
from app.catalogue.rules.drafts import Author
from app.content.folders import hashes_of, hashes_sha256
from app.db import insert_new, insert_unless_there, read, write_all

_HASHES: Final = select(RevisionFile.sha256).where(RevisionFile.revision_id == bindparam("revision_id"))
MESSAGE_LIMIT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevision:
    """What a revision says of itself, beside its files."""

    slug: str
    state: str  # one of `catalogue.rules`
    parent_id: int | None
    shared_id: int | None
    author: Author
    message: str = ""
    kinds: Mapping[str, str]  # address -> kind; of drafts none: nobody answered them


def store_revision(new: NewRevision, files: Mapping[str, bytes], now: datetime) -> int:
    """Store it and tell its id. The caller's transaction decides."""
    hashes = hashes_of(files)
    _store_blobs(files, hashes, new.parent_id)
    row = {
        "slug": new.slug,
        "sha256": hashes_sha256(hashes),
        "parent_id": new.parent_id,
        "shared_id": new.shared_id,
        "state": new.state,
        "author": new.author.name[:200],
        "person_id": new.author.person_id,
        "message": new.message[:MESSAGE_LIMIT],
        "created_at": now,
        "kinds": dict(new.kinds),
    }
    stored = insert_new(Revision.__table__, row)
    assert stored is not None, "an id of the database's own is new"  # noqa: S101
    rows = [{"revision_id": stored, "path": path, "sha256": each} for path, each in sorted(hashes.items())]
    write_all(RevisionFile.__table__.insert(), rows)
    return stored


def _store_blobs(files: Mapping[str, bytes], hashes: Mapping[str, str], parent_id: int | None) -> None:
    """Store each file once; those of the parent are there."""
    known = {row.sha256 for row in read(_HASHES, {"revision_id": parent_id})} if parent_id is not None else set()
    new = {each: files[path] for path, each in hashes.items() if each not in known}
    for each, data in sorted(new.items()):  # in one order, so that two who store at once do not wait for each other
        insert_unless_there(Blob.__table__, {"sha256": each, "data": data})
