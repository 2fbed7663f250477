"""Rows of people and where they belong."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class District(Base):
    """A sub-district (kecamatan)."""

    __tablename__ = "district"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)


class Organisation(Base):
    """Where a person works or reads: a village library, a school library, a reading park, another unit."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("name", "district_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))  # OrganisationKind
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)


class Person(Base):
    """An account. Never deleted, only deactivated: results hang on it."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_by_name", text("lower(name)"), "id"),)  # lists stand by name
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    user_name: Mapped[str] = mapped_column(String(64), unique=True)  # as it is compared: lower case, NFKC
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)  # E.164; only where it is one person's own
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    session_version: Mapped[int] = mapped_column(default=1)  # raised by a new password: older sessions end
    language: Mapped[str] = mapped_column(String(2), default="id")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    first_signed_in_at: Mapped[datetime | None] = mapped_column(UtcTime)
    last_signed_in_at: Mapped[datetime | None] = mapped_column(UtcTime)


class GrantRow(Base):
    """A role given to a person, with its scope."""

    __tablename__ = "role_grant"
    __table_args__ = (Index("ix_role_grant_person_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    scope_kind: Mapped[str] = mapped_column(String(20), default="everything")
    scope_id: Mapped[str | None] = mapped_column(String(120))
    granted_at: Mapped[datetime] = mapped_column(UtcTime)


class Cohort(Base):
    """A group that learns together (angkatan). With `has_path` its courses are recommended in their order."""

    __tablename__ = "cohort"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on", name="dates"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    has_path: Mapped[bool] = mapped_column(default=False)


class CohortMember(Base):
    """A person in a cohort."""

    __tablename__ = "cohort_member"
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class CohortCourse(Base):
    """A course of a cohort, by its slug (content lives in revisions, not in rows of its own)."""

    __tablename__ = "cohort_course"
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    course_slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]  # the recommended order, from 1


class SignInCounter(Base):
    """Failed sign-ins counted under one key: an account, or an account from one address."""

    __tablename__ = "sign_in_counter"
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[datetime] = mapped_column(UtcTime)
