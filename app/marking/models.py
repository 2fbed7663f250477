"""Rows of what people marked. What a slot came to by it stands in its mark."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class MarkChange(Base):
    """What one person said of one answer. Never changed, never removed: who thinks again adds a row."""

    __tablename__ = "mark_change"
    __table_args__ = (UniqueConstraint("attempt_id", "slot", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]  # from 1
    seq: Mapped[int]  # from 1 within the slot
    marker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decides: Mapped[bool]  # by somebody whose mark stands alone where two are asked for
    fraction: Mapped[float]  # of the points, 0.0 .. 1.0
    levels: Mapped[dict[str, Any]] = mapped_column(JSON)  # criterion id -> index of the level; {} without a rubric
    comment: Mapped[str] = mapped_column(Text)  # to the learner; "" where there is none
    marked_at: Mapped[datetime] = mapped_column(UtcTime)
