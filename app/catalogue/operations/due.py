"""Publishing a draft at a time: it is that draft, as it was seen, which is published, whatever is saved afterwards."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import bindparam, update

from app.catalogue.models import DuePublication
from app.catalogue.operations.drafting import until_done
from app.catalogue.operations.joining import cancel_due, joined
from app.catalogue.operations.releasing import Publication, follow, issue
from app.catalogue.queries.drafts import standing_of
from app.catalogue.queries.due import Due, due_at, overdue
from app.catalogue.queries.served import files_of
from app.catalogue.remembered import rows_of
from app.catalogue.rules import told_at
from app.catalogue.rules.drafts import DraftHasFaults, DraftMoved, NothingToPublish, Standing, TooEarly
from app.content.faults import Fault
from app.db import put_all, write, writing
from app.errors import N_, Refusal

log = logging.getLogger(__name__)

_DUE: Final[Any] = DuePublication.__table__
_REFUSE: Final = (
    update(_DUE)
    .where(_DUE.c.slug == bindparam("of"), _DUE.c.revision_id == bindparam("asked"))
    .values(refused=bindparam("refused"))
)
MET: Final = N_(
    "Versi terbit berubah di tempat yang sama sesudah jadwal ini dibuat. "
    "Buka halaman Terbitkan dan pilih isinya di sana."
)


def schedule_publication(wanted: Publication, *, at: datetime, now: datetime) -> None:
    """Publish the draft at a time; a time given before is replaced. What is saved meanwhile stays a draft.

    Raises TooEarly, NothingToPublish, and DraftMoved where it is not the draft that was seen.
    """
    if at <= now:
        raise TooEarly
    with writing():
        standing = standing_of(wanted.slug, locked=True)
        if standing.draft_id is None:
            raise NothingToPublish
        if standing.draft_id != wanted.revision_id:
            raise DraftMoved
        row = {
            "slug": wanted.slug,
            "revision_id": wanted.revision_id,
            "base_id": standing.base_id,
            "at": at,
            "person_id": wanted.person_id,
            "author": wanted.author[:200],
            "message": wanted.message[:500],
            "refused": None,
        }
        put_all(_DUE, [row])


def cancel_publication(slug: str) -> None:
    """Publish nothing of the course at a time. Nothing happens where nothing was to be."""
    with writing():
        cancel_due(slug)


def publish_due(folder: Path, *, now: datetime) -> list[str]:
    """Publish every draft whose time has come; the slugs. What cannot be published stays, with the reason."""
    done = []
    for slug, revision_id in overdue(now):
        try:
            until_done(slug, lambda standing, slug=slug: _publish(slug, standing, now))
        except Refusal as refused:
            _refuse(slug, revision_id, refused)
        else:
            follow(slug, folder)
            done.append(slug)
    return done


def _publish(slug: str, standing: Standing, now: datetime) -> None:
    due = due_at(slug)
    if due is None:
        return
    both = joined(files_of(due.revision_id), due.base_id, standing.head_id)
    if both.aside is not None:
        raise Refusal(MET)
    issue(_wanted(due), both.files, standing, now)


def _wanted(due: Due) -> Publication:
    return Publication(
        slug=due.slug,
        revision_id=due.revision_id,
        person_id=due.person_id,
        message=due.message,
        author=due.author,
    )


def _refuse(slug: str, revision_id: int, refused: Refusal) -> None:
    faults = refused.faults if isinstance(refused, DraftHasFaults) else (_told(slug, refused),)
    log.warning("%s could not be published at its time: %s", slug, refused.message)
    with writing():
        write(_REFUSE, {"of": slug, "asked": revision_id, "refused": rows_of(faults)})


def _told(slug: str, refused: Refusal) -> Fault:
    return Fault(told_at(slug), 1, 1, refused.message)
