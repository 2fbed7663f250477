"""Rows of tasks. A version that was handed in is never changed, nor what was said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime

_WAITING: Final = text("state = 'waiting'")


class TaskVersion(Base):
    """What a person made for a task: a draft that goes on changing until it is handed in, then as it stands."""

    __tablename__ = "task_version"
    __table_args__ = (
        UniqueConstraint("person_id", "course_slug", "task_id", "number"),
        Index("ix_task_version_waiting", "course_slug", "task_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_slug: Mapped[str] = mapped_column(String(80))
    task_id: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]  # from 1, per person and task
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))  # the task as it was when last saved
    state: Mapped[str] = mapped_column(String(20))  # TaskState
    text: Mapped[str] = mapped_column(Text)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # records of uploads (questions.file.Upload)
    saves: Mapped[int]  # how often it was saved: what a page knew of when it was opened
    page_token: Mapped[str] = mapped_column(String(40))  # the page that saved it last
    saved_at: Mapped[datetime] = mapped_column(UtcTime)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcTime)
    # How its learner judges it, where that is asked: criterion id -> index of the level; None: not judged yet.
    own_levels: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class TaskVerdict(Base):
    """What one trainer said of one version. Never changed, never removed: who thinks again adds a row."""

    __tablename__ = "task_verdict"
    __table_args__ = (UniqueConstraint("version_id", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("task_version.id"))
    seq: Mapped[int]  # from 1 within the version
    marker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    accepted: Mapped[bool]  # False: to be handed in again
    fraction: Mapped[float]  # 0.0 .. 1.0 of the rubric's points
    levels: Mapped[dict[str, Any]] = mapped_column(JSON)  # criterion id -> index of the level; {} without a rubric
    comment: Mapped[str] = mapped_column(Text)  # to the learner; "" where there is none
    marked_at: Mapped[datetime] = mapped_column(UtcTime)
