"""Reads of uploads: which are a person's own, and one to be served."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, or_, select

from app.db import db, read
from app.errors import NotFound
from app.people.models import Person
from app.people.permissions import Scope
from app.people.queries import work_within
from app.questions.file import Upload as UploadRecord
from app.uploads.models import Upload, UploadBlob
from app.uploads.rules.receiving import PHOTOS

_UPLOAD: Final = Upload.__table__.c
_BLOB: Final = UploadBlob.__table__.c
_OWN: Final = (
    select(_UPLOAD.id, _UPLOAD.sha256, _UPLOAD.name, _BLOB.mime, _BLOB.size)
    .join_from(Upload.__table__, UploadBlob.__table__, _BLOB.sha256 == _UPLOAD.sha256)
    .where(
        _UPLOAD.person_id == bindparam("person_id"),
        _UPLOAD.course_slug == bindparam("course"),
        _UPLOAD.activity_id == bindparam("activity"),
    )
)
ID_LENGTH: Final = 22


@dataclass(frozen=True, slots=True)
class Place:
    """Whose uploads, and for which activity."""

    person_id: int
    course_slug: str
    activity_id: str


@dataclass(frozen=True, slots=True)
class ServedUpload:
    """A file as it is sent to a browser."""

    data: bytes
    mime: str
    name: str

    @property
    def is_photo(self) -> bool:
        """Whether a page may show it; anything else is only downloaded."""
        return self.mime in PHOTOS


def uploads_at(place: Place) -> dict[str, UploadRecord]:
    """By id, the records of what a person sent for an activity and is still there."""
    values = {"person_id": place.person_id, "course": place.course_slug, "activity": place.activity_id}
    return {
        row.id: UploadRecord(id=row.id, sha256=row.sha256, name=row.name, mime=row.mime, bytes=row.size)
        for row in read(_OWN, values)
    }


def own_uploads(ids: Iterable[str], place: Place) -> list[UploadRecord]:
    """Of some ids, those that name a person's own uploads for an activity, in their order; nothing else is known."""
    wanted = list(dict.fromkeys(ids))
    known = uploads_at(place) if wanted else {}
    return [known[each] for each in wanted if each in known]


def get_upload(upload_id: str, *, own: Scope, others: Scope | None) -> ServedUpload:
    """A file of one's own, or of somebody whose work one may see (`others`; None: nobody's). Raises NotFound."""
    if len(upload_id) > ID_LENGTH:
        raise NotFound
    may_see = Upload.person_id == own.person_id
    if others is not None:
        may_see = or_(may_see, work_within(others, Upload.course_slug))
    chosen = (
        select(UploadBlob.data, UploadBlob.mime, Upload.name)
        .join(Upload, Upload.sha256 == UploadBlob.sha256)
        .join(Person, Person.id == Upload.person_id)
        .where(Upload.id == upload_id, may_see)
    )
    row = db.session.execute(chosen).one_or_none()
    if row is None:
        raise NotFound
    return ServedUpload(*row)
