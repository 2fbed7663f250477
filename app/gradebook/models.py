"""Rows of the gradebook: how a course counts, and what trainers changed by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class Gradebook(Base):
    """How a course's total is made, once somebody decided; without a row all activities count alike."""

    __tablename__ = "gradebook"
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    missing_as_zero: Mapped[bool]  # False: what is missing does not count
    saves: Mapped[int]  # how often it was saved, its weights included
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class GradebookWeight(Base):
    """What one activity weighs in its course's total; 0: it does not count."""

    __tablename__ = "gradebook_weight"
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    activity_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    weight: Mapped[int]


class GradeOverride(Base):
    """What a trainer decided on one person's activity. Never changed, never removed: undoing adds another row."""

    __tablename__ = "grade_override"
    __table_args__ = (UniqueConstraint("person_id", "course_slug", "activity_id", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_slug: Mapped[str] = mapped_column(String(80))
    activity_id: Mapped[str] = mapped_column(String(80))
    seq: Mapped[int]  # from 1 for a person's activity
    fraction: Mapped[float | None]  # 0.0 .. 1.0 in place of what was earned; None: it is not replaced
    excluded: Mapped[bool]  # left out of the person's total
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcTime)
