"""Publish: make a revision of files that have compiled, and move the head to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, update

from app.catalogue.models import FolderState, Head, Revision
from app.catalogue.operations.lying import let_go
from app.catalogue.operations.revisions import NewRevision, store_revision
from app.catalogue.queries.drafts import standing_of
from app.catalogue.remembered import rows_of
from app.catalogue.rules import PUBLISHED, HeadFact
from app.catalogue.rules.drafts import Author
from app.content.faults import Fault
from app.db import insert_unless_there, put_all, read_one, write, writing

TRIES: Final = 5  # of several who save or publish one course at once

_HEADS: Final[Any] = Head.__table__
_REVISION: Final = select(Revision.sha256, Revision.shared_id, Revision.kinds).where(
    Revision.id == bindparam("revision_id")
)
_MOVE: Final = update(_HEADS).where(_HEADS.c.slug == bindparam("of")).values(revision_id=bindparam("revision_id"))
_AGREE: Final = update(_HEADS).where(_HEADS.c.slug == bindparam("of")).values(agreed_sha256=bindparam("agreed_sha256"))
_FORGET_STATE: Final = delete(FolderState.__table__).where(FolderState.__table__.c.slug == bindparam("slug"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What is to be published: files that have compiled, and what is told of them.

    `from_folder`: they are what the course's folder holds, so that files and database agree afterwards.
    """

    slug: str
    files: Mapping[str, bytes]
    sha256: str
    shared_id: int | None  # the shared revision they were compiled with
    kinds: Mapping[str, str]  # address -> kind
    author: str
    person_id: int | None = None
    message: str = ""
    from_folder: bool = True


class Outrun(Exception):
    """Somebody else was quicker: look again."""


class HeadMoved(Exception):
    """Something else is served by now than what the files were compared with."""


ANYTHING: Final = object()


def publish(text: Manuscript, *, now: datetime, over: HeadFact | object | None = ANYTHING) -> tuple[HeadFact, bool]:
    """Make a revision of the files and serve it; what is served already stays. Tells the head, and whether it is new.

    Two who publish at once meet at a UNIQUE constraint or at the head's row: the later one looks again. `over` is what
    was served when the files were found to be newer: raises HeadMoved where it is not served any more.
    """
    for _ in range(TRIES):
        try:
            with writing():
                return _published(text, now, over)
        except Outrun:
            continue
    raise Outrun


def _published(text: Manuscript, now: datetime, over: HeadFact | object | None) -> tuple[HeadFact, bool]:
    head_id = standing_of(text.slug, locked=True).head_id
    store_state(text.slug, "", (), now)
    served = read_one(_REVISION, {"revision_id": head_id}) if head_id is not None else None
    if served is not None and (served.sha256, served.shared_id) == (text.sha256, text.shared_id):
        if text.from_folder:
            store_agreement(text.slug, text.sha256)
        return HeadFact(text.slug, head_id, text.sha256, text.shared_id, text.sha256), False
    if over is not ANYTHING and head_id != (over.revision_id if isinstance(over, HeadFact) else None):
        raise HeadMoved
    return store_publication(text, head_id, now), True


def store_publication(text: Manuscript, head_id: int | None, now: datetime) -> HeadFact:
    """Make the revision, a child of the head, and serve it. Raises Outrun where another head came meanwhile."""
    served = read_one(_REVISION, {"revision_id": head_id}) if head_id is not None else None
    new = NewRevision(
        slug=text.slug,
        state=PUBLISHED,
        parent_id=head_id,
        shared_id=text.shared_id,
        author=Author(text.author, text.person_id),
        message=text.message,
        kinds={**(served.kinds if served else {}), **text.kinds},
    )
    revision_id = store_revision(new, text.files, now)
    if head_id is not None:
        write(_MOVE, {"of": text.slug, "revision_id": revision_id})
    elif not insert_unless_there(_HEADS, {"slug": text.slug, "revision_id": revision_id, "agreed_sha256": ""}):
        raise Outrun
    if text.from_folder:
        store_agreement(text.slug, text.sha256)
    return HeadFact(text.slug, revision_id, text.sha256, text.shared_id, text.sha256 if text.from_folder else "")


def store_agreement(slug: str, sha256: str) -> None:
    """Remember that the folder of a course and the database hold the same files now. The caller commits."""
    store_continued(slug, sha256)
    let_go(slug)


def store_continued(slug: str, sha256: str) -> None:
    """Remember what the folder of a course held when what is served was made from it. The caller commits."""
    write(_AGREE, {"of": slug, "agreed_sha256": sha256})


def store_state(slug: str, key: str, faults: Sequence[Fault], now: datetime) -> None:
    """Keep the faults of a folder; without any, what was kept goes. The caller commits."""
    if not faults:
        write(_FORGET_STATE, {"slug": slug})
        return
    row = {"slug": slug, "sha256": key, "seen_at": now, "faults": rows_of(faults)}
    put_all(FolderState.__table__, [row])
