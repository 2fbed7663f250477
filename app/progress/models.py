"""Rows of what was read and completed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class LessonDone(Base):
    """A lesson that its reader said is read."""

    __tablename__ = "lesson_done"
    __table_args__ = (Index("ix_lesson_done_of_person", "person_id", "done_at"),)  # when somebody last read
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcTime)


class CourseCompletion(Base):
    """A course completed under the rule of the revision then published. A later lesson does not take it back."""

    __tablename__ = "course_completion"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    completed_at: Mapped[datetime] = mapped_column(UtcTime)
