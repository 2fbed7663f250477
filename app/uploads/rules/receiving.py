"""One file as it was sent -> what is kept of it, or why it is not taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from app.questions.file import MIMES
from app.uploads.rules.documents import document_mime
from app.uploads.rules.names import clean_name
from app.uploads.rules.photos import PHOTO_MIME, looks_like_photo, small_photo
from app.uploads.rules.refusals import EmptyFile, FileTooLarge, NotTaken

PHOTOS = frozenset(MIMES["photo"])
DOCUMENTS = frozenset(MIMES["document"])


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is taken, as it is kept."""

    data: bytes
    mime: str
    name: str

    @property
    def sha256(self) -> str:
        """Of the bytes kept, in hexadecimal: two that hold the same are one."""
        return sha256(self.data).hexdigest()

    @property
    def is_photo(self) -> bool:
        """Whether it may be shown in a page; anything else is only downloaded."""
        return self.mime in PHOTOS


def receive(data: bytes, name: str | None, accepted: Collection[str], limit: int) -> Received:
    """Check a file by what it holds; a photo is made small. `limit` in bytes, of the file as sent.

    `accepted` are the types that are asked for. Raises UploadRefused.
    """
    if not data:
        raise EmptyFile
    if len(data) > limit:
        raise FileTooLarge(len(data), limit)
    photos, documents = not PHOTOS.isdisjoint(accepted), not DOCUMENTS.isdisjoint(accepted)
    if photos and looks_like_photo(data):
        return Received(small_photo(data), PHOTO_MIME, clean_name(name, PHOTO_MIME))
    mime = document_mime(data) if documents else None
    if mime is None or mime not in accepted:
        raise NotTaken(photos=photos, documents=documents)
    return Received(data, mime, clean_name(name, mime))
