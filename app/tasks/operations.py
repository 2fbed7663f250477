"""Keep what a learner writes for a task, and what follows once it is handed in or judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, update

from app.catalogue.queries import Published
from app.content.activities import Task
from app.db import insert_new, insert_unless_there, write, writing
from app.tasks.models import TaskVerdict, TaskVersion
from app.tasks.queries import work_on
from app.tasks.rules import DraftNewer, TaskClosed, TaskState, VersionFact, Work, Written, knows, no_longer_used
from app.uploads.operations import store_use

_VERSION: Final = TaskVersion.__table__
_SAVE: Final = (
    update(_VERSION)
    .where(
        _VERSION.c.id == bindparam("version"),
        _VERSION.c.saves == bindparam("known"),
        _VERSION.c.state == TaskState.DRAFT.value,
    )
    .values(
        revision_id=bindparam("revision"),
        text=bindparam("written"),
        files=bindparam("sent"),
        saves=bindparam("now_saved"),
        page_token=bindparam("page"),
        saved_at=bindparam("at"),
        own_levels=bindparam("judged"),
    )
)
_HAND_IN: Final = (
    update(_VERSION)
    .where(_VERSION.c.id == bindparam("version"), _VERSION.c.state == TaskState.DRAFT.value)
    .values(state=bindparam("standing"), handed_in_at=bindparam("at"))
)
_SET_STATE: Final = update(_VERSION).where(_VERSION.c.id == bindparam("version")).values(state=bindparam("standing"))


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task as it is served to one person."""

    person_id: int
    published: Published
    task: Task


def save_draft(to: Assignment, written: Written, *, now: datetime) -> None:
    """Keep a draft, unless it is what is there already. Raises TaskClosed, DraftNewer, UploadGone."""
    with writing():
        store_draft(to, written, now=now)


def store_draft(to: Assignment, written: Written, *, now: datetime) -> VersionFact:
    """The draft as it then stands. Of two first saves at once UNIQUE lets one make it. Never commits.

    What was handed in already, sent once more, is what it was.
    Raises TaskClosed, DraftNewer, UploadGone.
    """
    slug = to.published.course.slug
    while True:
        work = work_on(to.person_id, slug, to.task.id)
        if work.newest is not None and not work.open:
            if written.same_as(work.newest):
                return work.newest
            raise TaskClosed
        draft = work.draft
        if draft is not None and written.same_as(draft):
            return draft
        if draft is not None and not knows(written, draft):
            raise DraftNewer(draft)
        if _stored(to, work, written, now):
            store_use(to.person_id, [each.id for each in written.files])
            store_use(to.person_id, no_longer_used(written, work), used=False)


def store_handed_in(draft: VersionFact, state: TaskState, *, now: datetime) -> None:
    """The draft is handed in and never changes again; what was handed in already stays so. Never commits."""
    write(_HAND_IN, {"version": draft.id, "standing": state.value, "at": now})


def store_verdict(version_id: int, row: Mapping[str, Any], state: TaskState) -> bool:
    """Add what a trainer said of a version, and where it stands by that. Never commits.

    Whether it was stored: False where another took its number (UNIQUE(version, seq)).
    """
    if not insert_unless_there(TaskVerdict.__table__, {"version_id": version_id, **row}):
        return False
    write(_SET_STATE, {"version": version_id, "standing": state.value})
    return True


def _stored(to: Assignment, work: Work, written: Written, now: datetime) -> bool:
    """Whether the draft was stored: False where another writer was faster."""
    files = [each.model_dump(mode="json") for each in written.files]
    draft = work.draft
    if draft is not None:
        values = {
            "version": draft.id,
            "known": draft.saves,
            "revision": to.published.revision_id,
            "written": written.text,
            "sent": files,
            "now_saved": draft.saves + 1,
            "page": written.page_token,
            "at": now,
            "judged": dict(written.levels) or None,
        }
        return write(_SAVE, values) == 1
    row = {
        "person_id": to.person_id,
        "course_slug": to.published.course.slug,
        "task_id": to.task.id,
        "number": len(work.versions) + 1,
        "revision_id": to.published.revision_id,
        "state": TaskState.DRAFT.value,
        "text": written.text,
        "files": files,
        "saves": 1,
        "page_token": written.page_token,
        "saved_at": now,
        "own_levels": dict(written.levels) or None,
    }
    return insert_new(_VERSION, row) is not None
