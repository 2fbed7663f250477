"""How courses stand: the version served, the faults of their folders, and their history."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.catalogue.models import FolderState, Revision
from app.catalogue.queries.served import heads, published_of
from app.catalogue.remembered import faults_of
from app.catalogue.rules import PUBLISHED, SHARED, HeadFact
from app.catalogue.store import store
from app.content.course import Course
from app.content.faults import Fault
from app.db import db


@dataclass(frozen=True, slots=True)
class RevisionFact:
    """One revision as a history tells it. `number` counts from 1; `author` is "files" where it came from the folder."""

    id: int
    number: int
    author: str
    created_at: datetime
    served: bool


@dataclass(frozen=True, slots=True)
class CourseState:
    """What a trainer's list says of a course, or of the shared files (slug SHARED; `course` None).

    `served` None: never published. `course` None for a course: not published, or this release cannot compile it.
    `faults` say why the folder as it is now could not be published; () where it is what is served.
    """

    slug: str
    course: Course | None
    served: RevisionFact | None
    faults: tuple[Fault, ...]
    seen_at: datetime | None  # when the faults were found

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Advice on what is served."""
        return self.course.warnings if self.course else ()


def course_states(only: Collection[str] | None = None) -> list[CourseState]:
    """Every course known to the database or found in the folder, by slug, the shared files first.

    `only` limits it to some slugs; None is all.
    """
    served = {slug: head for slug, head in heads().items() if only is None or slug in only}
    rows = db.session.execute(select(FolderState.slug, FolderState.faults, FolderState.seen_at)).all()
    broken = {row.slug: row for row in rows if only is None or row.slug in only}
    facts = _revisions(served.values())
    return [
        _state(slug, served.get(slug), facts.get(slug), broken.get(slug))
        for slug in sorted({*served, *broken}, key=lambda slug: (slug != SHARED, slug))
    ]


def _state(slug: str, head: HeadFact | None, fact: RevisionFact | None, broken: Any) -> CourseState:
    found = published_of(head) if head and slug != SHARED else None
    faults = faults_of(broken.faults) if broken else ()
    if head and not faults:
        faults = store().unreadable.get(head.revision_id, ())
    return CourseState(slug, found.course if found else None, fact, faults, broken.seen_at if broken else None)


def _revisions(served: Iterable[HeadFact]) -> dict[str, RevisionFact]:
    """The served revision of each slug, numbered within its history."""
    ids = {head.revision_id for head in served}
    earlier = aliased(Revision)
    number = (
        select(func.count())
        .where(earlier.slug == Revision.slug, earlier.id <= Revision.id, earlier.state == PUBLISHED)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Revision.slug, Revision.id, number.label("number"), Revision.author, Revision.created_at).where(
            Revision.id.in_(ids)
        )
    )
    return {row.slug: RevisionFact(row.id, row.number, row.author, row.created_at, served=True) for row in rows}


def history(slug: str) -> list[RevisionFact]:
    """Every version of a course (or of SHARED) that was published, the newest first."""
    head = heads().get(slug)
    rows = db.session.execute(
        select(Revision.id, Revision.author, Revision.created_at)
        .where(Revision.slug == slug, Revision.state == PUBLISHED)
        .order_by(Revision.id)
    ).all()
    facts = [
        RevisionFact(row.id, number, row.author, row.created_at, served=head is not None and head.revision_id == row.id)
        for number, row in enumerate(rows, start=1)
    ]
    return facts[::-1]
