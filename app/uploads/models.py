"""Rows of what was uploaded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime

_UNUSED = text("NOT used")


class UploadBlob(Base):
    """The bytes of a file, once under their SHA-256 (hex), however many people handed them in. Read only to serve."""

    __tablename__ = "upload_blob"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    mime: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]  # bytes
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Upload(Base):
    """A file that a person sent for one activity. What stands in answers is its record (`questions.file.Upload`)."""

    __tablename__ = "upload"
    __table_args__ = (
        UniqueConstraint("person_id", "course_slug", "activity_id", "sha256"),  # the same file sent twice is one
        Index("ix_upload_unused", "uploaded_at", sqlite_where=_UNUSED, postgresql_where=_UNUSED),
    )
    id: Mapped[str] = mapped_column(String(22), primary_key=True)  # by chance: it is in addresses, and tells nothing
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_slug: Mapped[str] = mapped_column(String(80))  # with the activity: who may see it besides its owner
    activity_id: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(ForeignKey("upload_blob.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    uploaded_at: Mapped[datetime] = mapped_column(UtcTime)
    used: Mapped[bool] = mapped_column(server_default=false())  # an answer or a task refers to it; else it is removed
