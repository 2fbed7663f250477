"""The one projection that staff pages read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class CompetencyScore(Base):
    """A person's score in a competency: written with the marks, rebuilt by `flask competencies rebuild`."""

    __tablename__ = "competency_score"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    competency: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)
    score: Mapped[float]  # 0.0 .. 100.0
    questions: Mapped[int]  # distinct questions it rests on
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
