"""Rows of what people marked, and of marks given anew. What a slot came to by it stands in its mark."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime

STANDING: Final = text("standing")


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


class RegradeRow(Base):
    """Marks of a quiz given anew, for everybody at once: what, why, by whom; and whether it was undone."""

    __tablename__ = "regrade"
    __table_args__ = (UniqueConstraint("digest"), Index("ix_regrade_quiz", "course_slug", "quiz_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80))
    quiz_id: Mapped[str] = mapped_column(String(80))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))  # whose keys; None: decisions alone
    decisions: Mapped[dict[str, Any]] = mapped_column(JSON)  # address -> Decision, what this regrade decided
    reason: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))  # of what was previewed: the same confirmation counts once
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: somebody at the host's shell
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)


class RegradeMark(Base):
    """A slot's mark before and after a regrade. Never changed: undoing puts the old one back."""

    __tablename__ = "regrade_mark"
    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True, index=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    old_fraction: Mapped[float | None]
    old_outcome: Mapped[str] = mapped_column(String(20))
    old_certainty: Mapped[int | None] = mapped_column(SmallInteger)
    old_first_fraction: Mapped[float | None]
    new_fraction: Mapped[float | None]
    new_outcome: Mapped[str] = mapped_column(String(20))
    new_certainty: Mapped[int | None] = mapped_column(SmallInteger)
    new_first_fraction: Mapped[float | None]


class RegradeResult(Base):
    """An attempt's result before and after. An attempt handed in under a standing decision has one too: then the old
    result is what it would have been.
    """

    __tablename__ = "regrade_result"
    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True, index=True)
    at_hand_in: Mapped[bool]  # the learner was never told the old one
    old_state: Mapped[str] = mapped_column(String(20))  # AttemptState
    old_fraction: Mapped[float | None]
    old_passed: Mapped[bool | None]
    new_state: Mapped[str] = mapped_column(String(20))
    new_fraction: Mapped[float | None]
    new_passed: Mapped[bool | None]


class QuestionDecision(Base):
    """What was decided on a bad question of a quiz. While it stands it holds for attempts handed in later too, and
    nothing else can be decided on the question.
    """

    __tablename__ = "question_decision"
    __table_args__ = (
        Index(
            "ix_question_decision_standing", "course_slug", "quiz_id", "question",
            unique=True, sqlite_where=STANDING, postgresql_where=STANDING,
        ),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80))
    quiz_id: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(String(250))  # its address
    decision: Mapped[str] = mapped_column(String(20))  # Decision
    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"))  # which decided it
    standing: Mapped[bool]  # until that regrade is undone
