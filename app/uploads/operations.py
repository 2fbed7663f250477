"""Keep what was sent, note that an answer refers to it, and remove what none does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import bindparam, delete, select, update

from app.db import insert_unless_there, read_one, write, writing
from app.questions.file import Upload as UploadRecord
from app.uploads.models import Upload, UploadBlob
from app.uploads.queries import Place, uploads_at
from app.uploads.rules.receiving import Received
from app.uploads.rules.refusals import UploadGone

UNUSED_FOR: Final = timedelta(days=1)  # how long a file that no answer refers to is kept

_UPLOAD: Final = Upload.__table__
_BLOB: Final = UploadBlob.__table__
# Held until the upload that refers to it is stored, so that no sweep takes it away between. Not rendered on SQLite.
_HOLD: Final = (
    select(_BLOB.c.sha256)
    .where(_BLOB.c.sha256 == bindparam("sha256"))
    .with_for_update(key_share=True, read=True)
)  # fmt: skip
_SET_USED: Final = (
    update(_UPLOAD)
    .where(_UPLOAD.c.id == bindparam("upload"), _UPLOAD.c.person_id == bindparam("owner"))
    .values(used=bindparam("is_used"))
)
_FORGET: Final = delete(_UPLOAD).where(~_UPLOAD.c.used, _UPLOAD.c.uploaded_at < bindparam("before"))
_FORGET_BYTES: Final = delete(_BLOB).where(
    ~select(1).where(_UPLOAD.c.sha256 == _BLOB.c.sha256).correlate(_BLOB).exists()
)


def keep_uploads(place: Place, files: Iterable[Received], *, now: datetime) -> list[UploadRecord]:
    """Keep files that a person sent for an activity; their records. The same file sent again is the one there is.

    They are kept before the answer that names them, so that a refused answer loses none; until an answer is stored they
    are unused, and unused ones are removed after a day.
    """
    sent = list(files)
    if not sent:
        return []
    with writing():
        for each in sent:
            _store_bytes(each)
            row = {
                "id": token_urlsafe(16),
                "person_id": place.person_id,
                "course_slug": place.course_slug,
                "activity_id": place.activity_id,
                "sha256": each.sha256,
                "name": each.name,
                "uploaded_at": now,
                "used": False,
            }
            insert_unless_there(_UPLOAD, row)
        known = {record.sha256: record for record in uploads_at(place).values()}
    return [known[each.sha256] for each in sent]


def store_use(owner: int, upload_ids: Iterable[str], *, used: bool = True) -> None:
    """Note that an answer or a task of the owner refers to these uploads, or no longer does. Never commits.

    Raises UploadGone where one is not there, or not theirs.
    """
    for each in upload_ids:
        if not write(_SET_USED, {"upload": each, "owner": owner, "is_used": used}) and used:
            raise UploadGone


def remove_unused(*, now: datetime) -> int:
    """Remove what no answer refers to for a day, and the bytes that nobody's upload has; how many uploads."""
    with writing():
        removed = write(_FORGET, {"before": now - UNUSED_FOR})
        write(_FORGET_BYTES, {})
    return removed


def _store_bytes(file: Received) -> None:
    row = {"sha256": file.sha256, "mime": file.mime, "size": len(file.data), "data": file.data}
    while True:
        insert_unless_there(_BLOB, row)
        if read_one(_HOLD, {"sha256": file.sha256}) is not None:
            return
