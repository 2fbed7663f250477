"""The one projection that staff pages read, and what calibrations found of questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class CompetencyScore(Base):
    """A person's score in a competency: written with the marks, rebuilt by `flask competencies rebuild`.

    The figures mean what those of `rules.Score` mean.
    """

    __tablename__ = "competency_score"
    __table_args__ = (
        # Whether somebody has a score, or one in a state, without a look at the rows themselves.
        Index("ix_competency_score_state", "person_id", "state", "competency"),
        # People by their score in a competency, from either end.
        Index("ix_competency_score_order", "competency", "score"),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    competency: Mapped[str] = mapped_column(String(80), primary_key=True)
    score: Mapped[float]  # 0.0 .. 100.0
    sd: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]
    theta: Mapped[float]  # logits
    se: Mapped[float]
    certainty: Mapped[float]  # 0.0 .. 1.0, that it is at or above the cut
    questions: Mapped[int]  # distinct questions it rests on
    state: Mapped[str] = mapped_column(String(20))  # State
    more: Mapped[int | None]  # answers that will settle an uncertain state
    basis: Mapped[str] = mapped_column(String(40))  # Yardstick.basis_of when it was made; where another: it is due
    holds_until: Mapped[datetime | None] = mapped_column(UtcTime, index=True)  # from then on it is due
    calibration_id: Mapped[int | None] = mapped_column(
        ForeignKey("calibration.id")
    )  # None: authors' difficulties alone
    updated_at: Mapped[datetime] = mapped_column(UtcTime)


class CompetencyCount(Base):
    """A row of the sums that operations.counting keeps: of a competency in an organisation, or a change to them.

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


class Calibration(Base):
    """One calibration of the questions, by everybody's evidence at that time. Never changed, never removed."""

    __tablename__ = "calibration"
    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    model: Mapped[str] = mapped_column(String(10))  # rasch | 2pl
    people: Mapped[int]  # whose evidence it rests on
    items: Mapped[int]
    log_likelihood: Mapped[float]
    report: Mapped[dict[str, Any]] = mapped_column(JSON)  # fit, what moved, and every item's parameters


class ItemParameterRow(Base):
    """What the newest calibration found of a question; those of earlier ones stand in their reports."""

    __tablename__ = "item_parameter"
    question: Mapped[str] = mapped_column(String(250), primary_key=True)  # its address
    a: Mapped[float]  # slope
    b: Mapped[float]  # difficulty, logits
    sd_b: Mapped[float]  # how uncertain it is
    guess: Mapped[float] = mapped_column(server_default="0")  # what a blind guess at it earns, as it was calibrated
    calibration_id: Mapped[int] = mapped_column(ForeignKey("calibration.id"))
