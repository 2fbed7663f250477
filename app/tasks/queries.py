"""Reads of tasks: rows -> frozen facts, of a learner's own and of what waits for a trainer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, literal_column, select

from app.catalogue.queries import course_at
from app.content.activities import Task
from app.content.course import Course
from app.db import UtcTime, db, read
from app.errors import NotFound
from app.people.models import Person
from app.people.permissions import Scope
from app.people.queries import work_within
from app.questions.file import Upload
from app.tasks.models import TaskVerdict, TaskVersion
from app.tasks.rules import TaskState, VerdictFact, VersionFact, Work

LIMIT: Final = 500  # versions of one task listed together

_VERSION: Final = TaskVersion.__table__.c
_VERDICT: Final = TaskVerdict.__table__.c
_OF_ONE: Final = (
    _VERSION.person_id == bindparam("person_id"),
    _VERSION.course_slug == bindparam("course"),
    _VERSION.task_id == bindparam("task"),
)
_VERSIONS: Final = (
    select(
        _VERSION.id,
        _VERSION.number,
        _VERSION.revision_id,
        _VERSION.state,
        _VERSION.text,
        _VERSION.files,
        _VERSION.saves,
        _VERSION.page_token,
        _VERSION.saved_at,
        _VERSION.handed_in_at,
        _VERSION.own_levels,
    )
    .where(*_OF_ONE)
    .order_by(_VERSION.number)
)
_VERDICTS: Final = (
    select(
        _VERDICT.version_id,
        _VERDICT.seq,
        _VERDICT.marker_id,
        _VERDICT.accepted,
        _VERDICT.fraction,
        _VERDICT.levels,
        _VERDICT.comment,
        _VERDICT.marked_at,
        Person.__table__.c.name,
    )
    .join_from(TaskVerdict.__table__, TaskVersion.__table__, _VERSION.id == _VERDICT.version_id)
    .join(Person.__table__, Person.__table__.c.id == _VERDICT.marker_id)
    .where(*_OF_ONE)
    .order_by(_VERDICT.version_id, _VERDICT.seq)
)


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody's version as its trainer opens it, with the whole of their work on the task."""

    version: VersionFact
    work: Work
    person_id: int
    name: str
    course: Course  # of the pinned revision
    task: Task


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A task with versions to mark."""

    course_slug: str
    task_id: str
    versions: int
    oldest: datetime  # when the first of them was handed in


@dataclass(frozen=True, slots=True)
class WaitingVersion:
    """One version to mark."""

    id: int
    number: int
    handed_in_at: datetime
    name: str


def work_on(person_id: int, course_slug: str, task_id: str) -> Work:
    """A person's work on a task, with what was said of it."""
    values = {"person_id": person_id, "course": course_slug, "task": task_id}
    versions = read(_VERSIONS, values)
    told: dict[int, list[VerdictFact]] = defaultdict(list)
    for version_id, *rest in read(_VERDICTS, values) if versions else ():
        told[version_id].append(VerdictFact(*rest))
    return Work(tuple(_version(row, told[row.id]) for row in versions))


def get_reached_version(version_id: int, within: Scope) -> Reached:
    """A version that was handed in, in a trainer's reach. Raises NotFound."""
    chosen = (
        select(
            Person.id, Person.name, TaskVersion.course_slug, TaskVersion.task_id, TaskVersion.revision_id,
        )
        .join(TaskVersion, TaskVersion.person_id == Person.id)
        .where(
            TaskVersion.id == version_id,
            TaskVersion.state != TaskState.DRAFT.value,
            work_within(within, TaskVersion.course_slug),
        )
    )  # fmt: skip
    row = db.session.execute(chosen).one_or_none()
    if row is None:
        raise NotFound
    work = work_on(row.id, row.course_slug, row.task_id)
    course = course_at(row.revision_id)
    task = course.activity(row.task_id)
    if not isinstance(task, Task):
        raise NotFound
    version = next(each for each in work.versions if each.id == version_id)
    return Reached(version, work, row.id, row.name, course, task)


def waiting_tasks(within: Scope) -> tuple[WaitingTask, ...]:
    """Every task with versions to mark, the one that waits longest first."""
    oldest = func.min(TaskVersion.handed_in_at, type_=UtcTime)
    chosen = (
        _waiting(select(TaskVersion.course_slug, TaskVersion.task_id, func.count(), oldest), within)
        .group_by(TaskVersion.course_slug, TaskVersion.task_id)
        .order_by(oldest)
    )
    return tuple(WaitingTask(*row) for row in db.session.execute(chosen))


def waiting_versions(course_slug: str, task_id: str, within: Scope) -> tuple[WaitingVersion, ...]:
    """A task's versions to mark, the one that waits longest first."""
    chosen = (
        _waiting(select(TaskVersion.id, TaskVersion.number, TaskVersion.handed_in_at, Person.name), within)
        .where(TaskVersion.course_slug == course_slug, TaskVersion.task_id == task_id)
        .order_by(TaskVersion.handed_in_at, TaskVersion.id)
        .limit(LIMIT)
    )
    return tuple(WaitingVersion(*row) for row in db.session.execute(chosen))


def _waiting(chosen: Select[Any], within: Scope) -> Select[Any]:
    """Those that wait and are not one's own."""
    return (
        chosen.select_from(TaskVersion)
        .join(Person, Person.id == TaskVersion.person_id)
        .where(
            TaskVersion.state == literal_column("'waiting'"),  # as the index of these few has it
            TaskVersion.person_id != within.person_id,
            work_within(within, TaskVersion.course_slug),
        )
    )


def _version(row: Row[Any], verdicts: Iterable[VerdictFact]) -> VersionFact:
    return VersionFact(
        id=row.id,
        number=row.number,
        revision_id=row.revision_id,
        state=TaskState(row.state),
        text=row.text,
        files=tuple(Upload.model_validate(each) for each in row.files),
        saves=row.saves,
        page_token=row.page_token,
        saved_at=row.saved_at,
        handed_in_at=row.handed_in_at,
        own_levels=row.own_levels,
        verdicts=tuple(verdicts),
    )
