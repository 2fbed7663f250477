"""Rows of surveys: who has answered, named answers, and sums of anonymous ones.

What an insider with the whole database learns of an anonymous survey: who has answered it (so that nobody answers
twice), and what was answered by all of them together. Not whose an answer is:

- Answers have no rows. A row each would be joined to its person without any column in common: PostgreSQL stamps both
  rows of one transaction with its number (xmin), SQLite numbers rows in their order. So all answers to a survey are one
  row of sums, rewritten whole with each answer; closed answers are counts, and one's answers to two questions are not
  kept together.
- Open answers lie in that row in an order drawn anew by chance with each, without times.
- Who has answered is noted without a time, and on SQLite without a row number: in no order.

What remains, and no table can help: while only one person has answered, the sums are that person's answers (and pages
show nothing below five); who compares the database or a backup from before one answer with one from after it sees that
answer (so does, until it is overwritten, who reads the database's files instead of its tables); and words may betray
who wrote them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class SurveyTaken(Base):
    """That a person answered a survey: once, as the key has it."""

    __tablename__ = "survey_taken"
    __table_args__ = ({"sqlite_with_rowid": False},)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    survey_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcTime)  # None: it is anonymous


class SurveyResponse(Base):
    """What a person answered to a survey that is not anonymous, under the revision it was asked by."""

    __tablename__ = "survey_response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["person_id", "course_slug", "survey_id"],
            ["survey_taken.person_id", "survey_taken.course_slug", "survey_taken.survey_id"],
        ),
    )
    person_id: Mapped[int] = mapped_column(primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    survey_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)  # question id -> response


class SurveySums(Base):
    """All answers to an anonymous survey, added up."""

    __tablename__ = "survey_sums"
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    survey_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    people: Mapped[int]
    tallies: Mapped[list[Any]] = mapped_column(JSON)  # rules.tallies.as_json
