"""Rows of the daily practice: who takes part, what was asked and answered, and the projection of what is remembered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class Participant(Base):
    """Somebody who takes part. Who leaves has no row, and no cards; rounds and answers stay their own."""

    __tablename__ = "practice_participant"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    joined_at: Mapped[datetime] = mapped_column(UtcTime)


class ReviewCard(Base):
    """What is known of a participant and a question: the fold of all their answers to it, stored with each of them.

    The figures mean what those of `rules.cards.Card` mean.
    """

    __tablename__ = "review_card"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(250), primary_key=True)  # its address
    stability: Mapped[float]  # days
    difficulty: Mapped[float]
    reviewed_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    reviews: Mapped[int]


class PracticeRound(Base):
    """The questions of one person's day, each pinned to the revision it was drawn from. Never changed."""

    __tablename__ = "practice_round"
    __table_args__ = (UniqueConstraint("person_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]  # in the office's zone
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    layout: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # per place: question address, revision, order


class PracticeAnswer(Base):
    """The answer to one question of a round: the first one, which its key constraint sees to. Never changed."""

    __tablename__ = "practice_answer"
    round_id: Mapped[int] = mapped_column(ForeignKey("practice_round.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)  # from 1
    question: Mapped[str] = mapped_column(String(250))  # its address
    response: Mapped[dict[str, Any]] = mapped_column(JSON)
    fraction: Mapped[float]  # of the question's points
    answered_at: Mapped[datetime] = mapped_column(UtcTime)
