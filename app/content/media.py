"""Pictures of a course: what kind they are, how large, and whether they are safe to serve."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final

from app.content.course import Media
from app.content.faults import Notes
from app.content.nodes import Place
from app.content.reading import FILE_LIMIT
from app.errors import N_, Message
from app.texts.svg import check_svg, svg_size

FOLDER: Final = "media/"
TYPES: Final[Mapping[str, str]] = {
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
_START = Place(1, 1, 0)

Size = tuple[int, int]  # width and height in pixels


def read_media(data: bytes, notes: Notes) -> Media | None:
    """A picture as the course knows it; None where it cannot be shown, its faults in `notes`."""
    ending = PurePosixPath(notes.path).suffix
    if len(data) > FILE_LIMIT:
        notes.add(_START, N_("File ini terlalu besar. Batasnya %(limit)s KB.", limit=FILE_LIMIT // 1024))
        return None
    if ending == ".svg":
        for problem in check_svg(data):
            notes.add(Place(problem.line, problem.column, 0), problem.message)
    size = _SIZES[ending](data)
    if size is None or min(size) < 1:
        notes.add(_START, _no_size(ending))
        return None
    return Media(notes.path, sha256(data).hexdigest(), TYPES[ending], *size, len(data))


def _no_size(ending: str) -> Message:
    if ending == ".svg":
        return N_(
            "Ukuran gambar ini tidak diketahui. Beri viewBox, atau width dan height dalam piksel, pada elemen svg."
        )
    return N_('Isi file ini bukan gambar "%(ending)s" yang dapat dibaca.', ending=ending)


def _png_size(data: bytes) -> Size | None:
    """Source: PNG specification, 5.2 and 11.2.2 (the IHDR chunk comes first)."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _webp_size(data: bytes) -> Size | None:
    """Source: WebP container specification; RFC 6386, 9.1, for lossy and the lossless bitstream's header."""
    if len(data) < 30 or data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return None


_NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})  # tables that stand among the frame headers' numbers


def _jpeg_size(data: bytes) -> Size | None:
    """Source: ITU T.81, B.1 and B.2.2: segments up to the first frame header."""
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


_SIZES: Final[Mapping[str, Callable[[bytes], Size | None]]] = {
    ".svg": svg_size,
    ".webp": _webp_size,
    ".png": _png_size,
    ".jpg": _jpeg_size,
    ".jpeg": _jpeg_size,
}
