"""The list of courses that somebody may work on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select, union

from app.catalogue.models import Draft, Head, Revision
from app.catalogue.queries.drafts import Reach, Workspace, draft_reading, reaches
from app.catalogue.queries.served import files_of, heads, published_of
from app.catalogue.rules import PUBLISHED, SHARED
from app.catalogue.rules.drafts import DraftReading
from app.content.course import Course
from app.content.editing import value_in
from app.content.folders import COURSE_FILE
from app.db import read
from app.texts.local import DEFAULT_LANGUAGE, LocalText


@dataclass(frozen=True, slots=True)
class DeskCourse:
    """A course as it is worked on: its draft, or what is served. `title` is the slug where no title can be read."""

    slug: str
    title: LocalText
    is_draft: bool
    published: bool
    saved_by: str
    saved_at: datetime
    faults: int
    warnings: int


_SLUGS: Final = union(select(Head.slug), select(Draft.slug)).subquery()
_COURSES: Final = (
    select(
        _SLUGS.c.slug,
        Revision.id.label("revision_id"),
        Head.revision_id.label("published_id"),
        Revision.state,
        Revision.author,
        Revision.created_at,
    )
    .select_from(_SLUGS)
    .outerjoin(Draft, Draft.slug == _SLUGS.c.slug)
    .outerjoin(Head, Head.slug == _SLUGS.c.slug)
    .join(Revision, Revision.id == func.coalesce(Draft.revision_id, Head.revision_id))
    .where(_SLUGS.c.slug != SHARED)
    .order_by(_SLUGS.c.slug)
)


_NAMES: Final = select(_SLUGS.c.slug)


def course_slugs() -> set[str]:
    """Every course that is served or begun, and what all courses share."""
    return {row.slug for row in read(_NAMES)}


def worked_on() -> list[tuple[str, int]]:
    """(slug, revision) of every course: its draft, else what is served."""
    return [(row.slug, row.revision_id) for row in read(_COURSES)]


def desk_courses(*, within: Reach) -> list[DeskCourse]:
    """Every course within the grants."""
    return [_course(row) for row in read(_COURSES) if reaches(within, row.slug)]


def _course(row: Any) -> DeskCourse:
    served, is_draft = _served(row.slug), row.state != PUBLISHED
    workspace = _workspace(row) if is_draft else None
    reading = draft_reading(workspace) if workspace else _of(served)
    course = reading.course or served
    return DeskCourse(
        slug=row.slug,
        title=course.title if course else LocalText.plain(_written_title(workspace) or row.slug),
        is_draft=is_draft,
        published=row.published_id is not None,
        saved_by=row.author,
        saved_at=row.created_at,
        faults=len(reading.faults),
        warnings=len(reading.warnings),
    )


def _written_title(workspace: Workspace | None) -> str:
    """What a draft that cannot be compiled calls itself; "" where not even that can be read."""
    held = value_in(workspace.files.get(COURSE_FILE, b"")) if workspace else None
    title = held.get("title") if isinstance(held, dict) else None
    said = title.get(DEFAULT_LANGUAGE) if isinstance(title, dict) else title
    return said.strip() if isinstance(said, str) else ""


def _workspace(row: Any) -> Workspace:
    return Workspace(
        slug=row.slug,
        revision_id=row.revision_id,
        files=files_of(row.revision_id),
        is_draft=True,
        published_id=row.published_id,
        saved_by=row.author,
        saved_at=row.created_at,
    )


def _served(slug: str) -> Course | None:
    head = heads().get(slug)
    found = published_of(head) if head else None
    return found.course if found else None


def _of(served: Course | None) -> DraftReading:
    return DraftReading(served, (), served.warnings if served else ())
