"""Rows of attempts. Answers are append-only; marks are written by `marking` alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime

WAITING: Final = text("state = 'submitted'")
UNDER_WAY: Final = text("state IN ('in_progress', 'overdue')")


class Attempt(Base):
    """One go at a quiz, pinned to the revision it was drawn from."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "course_slug", "quiz_id", "number"),
        Index("ix_attempt_timed", "state", sqlite_where=text("timed"), postgresql_where=text("timed")),
        # Those that wait for a person's marks, and no others: it costs the rest nothing.
        Index("ix_attempt_waiting", "course_slug", "quiz_id", sqlite_where=WAITING, postgresql_where=WAITING),
        # Those that are being worked on, for whoever watches: as few, however many there have been.
        Index("ix_attempt_under_way", "course_slug", "quiz_id", sqlite_where=UNDER_WAY, postgresql_where=UNDER_WAY),
        Index("ix_attempt_at_quiz", "course_slug", "quiz_id", "started_at"),
        Index("ix_attempt_of_person", "person_id", "started_at"),  # when somebody last began one
        Index("ix_attempt_finished_by_person", "person_id", "finished_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_slug: Mapped[str] = mapped_column(String(80))
    quiz_id: Mapped[str] = mapped_column(String(80))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    number: Mapped[int]  # from 1, per person and quiz
    seed: Mapped[int] = mapped_column(BigInteger)
    layout: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # per slot: question address, order of options, points
    state: Mapped[str] = mapped_column(String(20))  # AttemptState
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    fraction: Mapped[float | None]  # 0.0 .. 1.0 of the points, once finished
    passed: Mapped[bool | None]  # by the pass mark of the pinned revision, once finished
    # Whether it may run out of time: those are looked at when overdue attempts are closed.
    timed: Mapped[bool] = mapped_column(server_default=false())
    flagged: Mapped[list[int]] = mapped_column(JSON, server_default="[]")  # slots its learner is unsure of
    # The slot that a sequential attempt has come to; one more than it has slots: all were passed.
    at_slot: Mapped[int] = mapped_column(server_default="1")
    # Whether its marks were changed for everybody after it was handed in: only then is asked when and why.
    regraded: Mapped[bool] = mapped_column(server_default=false())
    # Until when it is worked on, given to this attempt alone; NULL: what holds for its person at the quiz decides.
    own_end: Mapped[datetime | None] = mapped_column(UtcTime)


class FormTaken(Base):
    """Which of two forms of a test somebody has before; the other one is theirs after. Drawn once, never changed."""

    __tablename__ = "form_taken"
    __table_args__ = (UniqueConstraint("course_slug", "pair", "cohort_id", "turn"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    pair: Mapped[str] = mapped_column(String(80), primary_key=True)  # "": the pair without a name
    first_form: Mapped[str] = mapped_column(String(1))  # TestForm
    cohort_id: Mapped[int]  # among whose members it was balanced; 0: the person was in none with the course
    # From 1 in the order of the cohort's draws; NULL: not drawn, the person had begun before there were two forms.
    turn: Mapped[int | None]
    taken_at: Mapped[datetime] = mapped_column(UtcTime)


class AttemptEventRow(Base):
    """What a trainer did to an attempt, and how the attempt stood before. Never changed, never removed."""

    __tablename__ = "attempt_event"
    __table_args__ = (UniqueConstraint("attempt_id", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    seq: Mapped[int]  # from 1 within the attempt
    kind: Mapped[str] = mapped_column(String(20))  # ChangeKind
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int | None]  # given with it; NULL: none were
    at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(20))  # before: AttemptState
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)  # before
    fraction: Mapped[float | None]  # before
    passed: Mapped[bool | None]  # before


class KeyShown(Base):
    """What a person was told of an answer in an attempt that was reopened or taken out, so that no mark says it."""

    __tablename__ = "key_shown"
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    question: Mapped[str] = mapped_column(String(250))  # its address
    opened_at: Mapped[datetime] = mapped_column(UtcTime)


class OverrideRow(Base):
    """What a person, or every member of a cohort, was granted at one quiz. NULL: as it is without.

    Zero minutes are no time limit, zero attempts as many as one likes; the first and the last moment of all (ALWAYS and
    NEVER of rules/limits.py) take the opening and the closing away.
    """

    __tablename__ = "quiz_override"
    __table_args__ = (
        UniqueConstraint("course_slug", "quiz_id", "person_id"),
        UniqueConstraint("course_slug", "quiz_id", "cohort_id"),
        CheckConstraint("(person_id IS NULL) <> (cohort_id IS NULL)", name="whose"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80))
    quiz_id: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    opens_at: Mapped[datetime | None] = mapped_column(UtcTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcTime)
    minutes: Mapped[int | None]  # the time limit
    attempts: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class Answer(Base):
    """One thing a learner did to one slot. Never changed, never removed."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("attempt_id", "slot", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]  # from 1
    seq: Mapped[int]  # from 1 within the slot
    action: Mapped[str] = mapped_column(String(10))  # save | check | try_again
    response: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # None: emptied again
    page_token: Mapped[str] = mapped_column(String(40))  # the page it was written from
    saved_at: Mapped[datetime] = mapped_column(UtcTime)
    certainty: Mapped[int | None] = mapped_column(SmallInteger)  # 1 .. 3, Certainty; None: not asked, or not told
    # How many other answers of the attempt still waited on the phone that sent it; None: it did not say.
    unsent: Mapped[int | None] = mapped_column(SmallInteger)


class Mark(Base):
    """What one slot of a finished attempt came to."""

    __tablename__ = "mark"
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(250))  # its address
    competency: Mapped[str | None] = mapped_column(String(80))  # as the pinned revision said
    # As the pinned revision said: easy, medium, hard. NULL: it said nothing, or nobody has looked since it is kept.
    difficulty: Mapped[str | None] = mapped_column(String(10))
    # What a blind guess at the pinned question earns, 0 .. 1. NULL: nobody has looked since it is kept.
    guess: Mapped[float | None]
    fraction: Mapped[float | None]  # of the points; None: waits for a person's mark, or is never marked
    points: Mapped[float]
    outcome: Mapped[str] = mapped_column(String(20))  # Outcome
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)  # of the row that counted; None: nothing was answered
    key_opened_at: Mapped[datetime | None] = mapped_column(UtcTime)  # since when its key may be seen; None: not yet
    # What the first answer was worth by itself, where the question was done again after its check or tried again after
    # a hint; None: it was not. `fraction` is then what all came to, `answered_at` and `key_opened_at` are of the first.
    first_fraction: Mapped[float | None]
    # 1 .. 3, Certainty; None: not asked, or not answered. `fraction` is what the answer is worth without it.
    certainty: Mapped[int | None] = mapped_column(SmallInteger)
