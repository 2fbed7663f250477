"""Rows of content. A revision is immutable; a head says which one is served, a draft which one trainers work on.

People are named by their ids without a foreign key: they stand above the catalogue.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcTime


class Blob(Base):
    """A file's bytes, stored once under their SHA-256 (hex)."""

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Revision(Base):
    """The files of one course, or of what courses share (slug `@shared`), as they were published or saved once."""

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), index=True)
    sha256: Mapped[str] = mapped_column(String(64))  # over the sorted (path, bytes) of the folder
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    shared_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))  # the shared revision it was compiled with
    state: Mapped[str] = mapped_column(String(12), default="published", server_default="published")  # rules.py
    author: Mapped[str] = mapped_column(String(200))  # "files", or a name as it was then
    person_id: Mapped[int | None]  # None: no person of this platform
    message: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    kinds: Mapped[dict[str, str]] = mapped_column(JSON)  # address -> kind, of all that this and its ancestors ever had


class RevisionFile(Base):
    """One file of a revision: its path in the folder and the hash of its bytes."""

    __tablename__ = "revision_file"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)


class Head(Base):
    """Which revision of a course (or of what is shared) is served now."""

    __tablename__ = "head"
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    agreed_sha256: Mapped[str] = mapped_column(String(64), server_default="")  # of the folder; "": there was none yet


class Draft(Base):
    """Which revision of a course its trainers work on. A course without a row is worked on as it is served."""

    __tablename__ = "draft"
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    base_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))  # what it and the head both stem from


class DuePublication(Base):
    """A draft that is to be published at a time. It stays, with what stood in its way, where it could not be."""

    __tablename__ = "due_publication"
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    base_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))  # as the draft's when it was asked for
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    person_id: Mapped[int]
    author: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(String(500))
    refused: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))  # remembered.rows_of


class Pad(Base):
    """What stands in a form that was not saved yet: one for each person and place."""

    __tablename__ = "pad"
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    place: Mapped[str] = mapped_column(String(300), primary_key=True)
    fields: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    base_id: Mapped[int | None]  # the revision that the form began from
    saved_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class Presence(Base):
    """Who has a place open."""

    __tablename__ = "presence"
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    place: Mapped[str] = mapped_column(String(300), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    since: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class PreviewLink(Base):
    """A link that shows one activity of a revision to whoever has it, until it expires or is withdrawn."""

    __tablename__ = "preview_link"
    token: Mapped[str] = mapped_column(String(43), primary_key=True)  # what nobody guesses
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    slug: Mapped[str] = mapped_column(String(80), index=True)
    activity_id: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[int]  # who made it
    expires_at: Mapped[datetime] = mapped_column(UtcTime)


class Rendering(Base):
    """A lesson as it was rendered, under what it depends on (`content.renderings.key_of`). Can be made again."""

    __tablename__ = "rendering"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    page: Mapped[list[Any]] = mapped_column(JSON)  # content.renderings.as_json


class FolderState(Base):
    """Why a folder could not be published when it was last looked at. One that could has no row."""

    __tablename__ = "folder_state"
    slug: Mapped[str] = mapped_column(String(255), primary_key=True)  # the folder's name, whatever it is
    sha256: Mapped[str] = mapped_column(String(64))  # rules.folder_key
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # remembered.rows_of
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
