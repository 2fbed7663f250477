"""The one projection that staff pages read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
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


class CompetencyCount(Base):
    """A row of the sums that app.competencies.counting keeps: of a competency in an organisation, or a change to them.

    Numbers of people are those by state; the other sums are over those whose score can be told: of the score in
    hundredths, of its square, and of the score's variance in hundredths.
    """

    __tablename__ = "competency_count"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))  # None: without one
    competency: Mapped[str] = mapped_column(String(80))
    people: Mapped[int]  # whose score can be told
    mastered: Mapped[int]
    needs_support: Mapped[int]
    uncertain: Mapped[int]
    too_few: Mapped[int]
    score_sum: Mapped[int] = mapped_column(BigInteger)
    square_sum: Mapped[int] = mapped_column(BigInteger)
    variance_sum: Mapped[int] = mapped_column(BigInteger)
