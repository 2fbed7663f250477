"""Drafts that are to be published at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from app.catalogue.models import DuePublication
from app.catalogue.remembered import faults_of
from app.content.faults import Fault
from app.db import read, read_one


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be published, when, and on whose word. `refused`: its time has come, and these stood in the way.

    It is `revision_id` that is published: where the draft is another by now, what was saved since stays a draft.
    """

    slug: str
    revision_id: int
    base_id: int | None
    at: datetime
    person_id: int
    author: str
    message: str
    refused: tuple[Fault, ...]


_DUE: Final = select(
    DuePublication.slug,
    DuePublication.revision_id,
    DuePublication.base_id,
    DuePublication.at,
    DuePublication.person_id,
    DuePublication.author,
    DuePublication.message,
    DuePublication.refused,
).where(DuePublication.slug == bindparam("slug"))
_OVERDUE: Final = (
    select(DuePublication.slug, DuePublication.revision_id)
    .where(DuePublication.at <= bindparam("now"), DuePublication.refused.is_(None))
    .order_by(DuePublication.at)
)


def due_at(slug: str) -> Due | None:
    """What of a course is to be published at a time, or could not be; None where nothing is."""
    row = read_one(_DUE, {"slug": slug})
    return Due(*row[:-1], faults_of(row.refused or ())) if row else None


def overdue(now: datetime) -> list[tuple[str, int]]:
    """(slug, revision) of what is to be published by now and was not refused."""
    return [tuple(row) for row in read(_OVERDUE, {"now": now})]
