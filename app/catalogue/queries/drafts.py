"""Courses as their trainers work on them: the draft where there is one, else what is served."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import bindparam, select

from app.catalogue.models import Draft, Head, Revision
from app.catalogue.queries.served import course_at, files_of, kinds_of, shared_at, shared_now
from app.catalogue.renderings import Borrowed
from app.catalogue.rules import PUBLISHED, SHARED
from app.catalogue.rules.compiling import compile_files
from app.catalogue.rules.drafts import DraftReading, Standing
from app.catalogue.store import READINGS, store
from app.content.course import Course, Shared
from app.content.faults import ContentFaults
from app.content.readings import Before, BorrowedReadings
from app.db import read_one
from app.errors import NotFound


class Reach(Protocol):
    """How far a person's grants reach: the part of a Scope that matters for whole courses."""

    @property
    def everything(self) -> bool: ...
    @property
    def courses(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Workspace:
    """A course, or what all courses share, as trainers edit it.

    `revision_id` is the draft's, else the served one's; forms carry it as the hidden field `base`. `published_id` is
    the one served now; None: nobody is served this course yet. `saved_by` and `saved_at` tell the last save.
    """

    slug: str
    revision_id: int
    files: Mapping[str, bytes]
    is_draft: bool
    published_id: int | None
    saved_by: str | None
    saved_at: datetime | None


LARGEST_ID: Final = 2**31 - 1  # what the column holds: a larger number in an address names nothing

_HEAD: Final = select(Head.revision_id).where(Head.slug == bindparam("slug"))
_DRAFT: Final = select(Draft.revision_id, Draft.base_id).where(Draft.slug == bindparam("slug"))
_LOCKED_HEAD: Final = _HEAD.with_for_update()
_LOCKED_DRAFT: Final = _DRAFT.with_for_update()
_REVISION: Final = select(Revision.slug, Revision.state, Revision.author, Revision.created_at).where(
    Revision.id == bindparam("revision_id")
)


def reaches(within: Reach, slug: str) -> bool:
    """Whether grants reach the whole of a course. What all courses share is reached by those who reach them all."""
    return within.everything or (slug != SHARED and slug in within.courses)


def standing_of(slug: str, *, locked: bool = False) -> Standing:
    """Where a course stands now. `locked`: its rows are held until the write that is under way ends."""
    head = read_one(_LOCKED_HEAD if locked else _HEAD, {"slug": slug})
    draft = read_one(_LOCKED_DRAFT if locked else _DRAFT, {"slug": slug})
    head_id = head.revision_id if head else None
    return Standing(head_id, draft.revision_id, draft.base_id) if draft else Standing(head_id, None, head_id)


def is_revision_of(revision_id: int, slug: str) -> bool:
    """Whether a revision is one of this course, whatever became of it."""
    row = _row_of(revision_id)
    return row is not None and row.slug == slug


def _row_of(revision_id: int) -> Any:
    """A revision's row; None also for a number that the column cannot hold."""
    return read_one(_REVISION, {"revision_id": revision_id}) if 0 < revision_id <= LARGEST_ID else None


def get_workspace(slug: str, *, within: Reach) -> Workspace:
    """A course as it is worked on now. Raises NotFound, also outside the grants."""
    standing, worked_on = _worked_on(slug, within)
    return _workspace(slug, worked_on, standing)


def check_reached(slug: str, *, within: Reach) -> None:
    """Raises NotFound for what is no course, or one outside the grants."""
    _worked_on(slug, within)


def get_workspace_at(slug: str, revision_id: int, *, within: Reach) -> Workspace:
    """The same course as it was saved or published once: the one that a form began from. Raises NotFound."""
    return _workspace(slug, revision_id, _standing_within(slug, within))


def _standing_within(slug: str, within: Reach) -> Standing:
    if not reaches(within, slug):
        raise NotFound
    return standing_of(slug)


def _worked_on(slug: str, within: Reach) -> tuple[Standing, int]:
    standing = _standing_within(slug, within)
    if standing.worked_on is None:
        raise NotFound
    return standing, standing.worked_on


def _workspace(slug: str, revision_id: int, standing: Standing) -> Workspace:
    row = _row_of(revision_id)
    if row is None or row.slug != slug:
        raise NotFound
    return Workspace(
        slug=slug,
        revision_id=revision_id,
        files=files_of(revision_id),
        is_draft=row.state != PUBLISHED,
        published_id=standing.head_id,
        saved_by=row.author,
        saved_at=row.created_at,
    )


def draft_reading(workspace: Workspace) -> DraftReading:
    """A workspace compiled with what all courses share now, with all its faults and advice; kept per revision."""
    shared = shared_now()
    kept = store().readings
    key = (workspace.revision_id, workspace.published_id, shared.sha256)
    found = kept.get(key)
    if found is None:
        found = kept[key] = _reading(workspace, shared)
        while len(kept) > READINGS:
            kept.popitem(last=False)
    return found


def unsaved_reading(workspace: Workspace, files: Mapping[str, bytes]) -> DraftReading:
    """The same of files that nobody saved yet; nothing of it is kept."""
    borrowed = Before(Borrowed(store().renderings), BorrowedReadings(store().before.readings))
    return _told(lambda: _compiled(replace(workspace, files=files), shared_now(), borrowed))


def _reading(workspace: Workspace, shared: Shared) -> DraftReading:
    if workspace.revision_id == workspace.published_id:
        served = shared_at if workspace.slug == SHARED else course_at
        return _told(lambda: served(workspace.revision_id))  # compiled already, in every process that serves it
    return _told(lambda: _compiled(workspace, shared, store().before))


def _told(compiled: Callable[[], Course | Shared]) -> DraftReading:
    try:
        work = compiled()
    except ContentFaults as broken:
        return DraftReading(None, broken.faults, broken.warnings)
    return DraftReading(work, (), work.warnings)


def _compiled(workspace: Workspace, shared: Shared, before: Before) -> Course | Shared:
    earlier = kinds_of(workspace.published_id) if workspace.published_id is not None else {}
    return compile_files(workspace.slug, workspace.files, shared, earlier, before)
