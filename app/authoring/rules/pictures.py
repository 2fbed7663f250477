"""Pictures for a lesson: what is kept of a file that was chosen, and how the lesson names it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from app.content.editing.finding import fresh_id
from app.content.media import FOLDER
from app.content.reading import FILE_LIMIT
from app.errors import N_, Message, Refusal
from app.texts.svg import check_svg, svg_size
from app.texts.typed import tidy_line
from app.uploads.rules.photos import looks_like_photo, small_photo
from app.uploads.rules.refusals import EmptyFile, FileTooLarge, NotTaken

LONGEST: Final = 1000  # pixels of the longer side: as wide as a page is on any screen
WANTED: Final = 80_000  # bytes of one picture

_SVG: Final = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+svg\b.*?)?<svg[\s>]", re.DOTALL)


class DrawingRefused(Refusal):
    """A drawing that may not be served."""

    status = 415


class AltMissing(Refusal):
    """A picture without words for who cannot see it."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            N_("Tulis dulu apa yang tampak di gambar. Kalimat itu dibacakan kepada yang tidak dapat melihat gambarnya.")
        )


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture as the course will hold it."""

    path: str
    data: bytes
    alt: str

    @property
    def written(self) -> str:
        """How a lesson shows it."""
        return f"![{self.alt}]({self.path})"

    @property
    def kilobytes(self) -> int:
        """Its size, rounded up."""
        return -(-len(self.data) // 1000)


def new_picture(data: bytes, alt: str, limit: int, paths: Iterable[str]) -> NewPicture:
    """A picture to add to a course that has files at `paths`. `limit` in bytes, of the file as it was sent.

    A photo is written anew, small and without what it tells of its place; a drawing stays as it is. Raises AltMissing,
    DrawingRefused, UploadRefused.
    """
    words = " ".join(re.sub(r"[\[\]\\]", " ", tidy_line(alt)).split())
    if not data:
        raise EmptyFile
    if len(data) > limit:
        raise FileTooLarge(len(data), limit)
    if not words:
        raise AltMissing
    kept, ending = _kept(data)
    taken = {PurePosixPath(each).stem for each in paths if each.startswith(FOLDER)}
    return NewPicture(f"{FOLDER}{fresh_id(words, taken)}{ending}", kept, words)


def _kept(data: bytes) -> tuple[bytes, str]:
    if looks_like_photo(data):
        return small_photo(data, LONGEST, WANTED), ".webp"
    if not _SVG.match(data[:4_000].removeprefix(b"\xef\xbb\xbf")):
        raise NotTaken(photos=True, documents=False)
    if len(data) > FILE_LIMIT:
        raise FileTooLarge(len(data), FILE_LIMIT)
    for problem in check_svg(data):
        raise DrawingRefused(_refused(problem.message, problem.line))
    if svg_size(data) is None:
        raise DrawingRefused(N_("Ukuran gambar SVG ini tidak diketahui. Beri viewBox, atau simpan sebagai WebP."))
    return data, ".svg"


def _refused(message: Message, line: int) -> Message:
    return N_("Gambar SVG ini tidak dapat dipakai (baris %(line)s). %(why)s", line=line, why=message)
