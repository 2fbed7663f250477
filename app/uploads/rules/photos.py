"""A photo as it arrives -> the small, bare picture that is kept: only its pixels, upright.

Where a photo was taken, with which phone and when stands in its EXIF data, and librarians' homes with it: nothing but
the pixels is written again. What cannot be decoded is no photo, whatever it is called.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Final

from app.uploads.rules.refusals import BrokenPhoto, HeicPhoto, TooManyPixels

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST: Final = 1600  # pixels of the longer side that are kept: a page of a book is still read
WANTED: Final = 300_000  # bytes that a kept photo should not exceed by much
QUALITIES: Final = (80, 65, 50)  # tried in this order until it is small enough; the last stands
PHOTO_MIME: Final = "image/webp"  # of every photo that is kept
JPEG_PIXELS: Final = 64_000_000  # a JPEG is decoded at a fraction of its size
OTHER_PIXELS: Final = 24_000_000  # the others in full: 4 bytes each

_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})
_ONE_AT_A_TIME: Final = Lock()  # a process never holds two decoded photos


def looks_like_photo(data: bytes) -> bool:
    """Whether the first bytes are those of a picture of some kind. Raises HeicPhoto for one that cannot be read."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise HeicPhoto
    return (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
    )  # fmt: skip


def small_photo(data: bytes, longest: int = LONGEST, wanted: int = WANTED) -> bytes:
    """The photo as WebP, upright, its longer side at most `longest` pixels. Raises BrokenPhoto, TooManyPixels.

    Its quality goes down step by step while it has more than `wanted` bytes.
    """
    with _ONE_AT_A_TIME:
        try:
            return _written(_decoded(data, longest), wanted)
        except TooManyPixels:
            raise
        except Exception as fault:  # Pillow meets a hostile file with errors of many kinds
            raise BrokenPhoto from fault


def _decoded(data: bytes, longest: int) -> Image:
    from PIL import Image, ImageOps  # not at start: it costs every process 10 MB, and a photo comes now and then

    Image.MAX_IMAGE_PIXELS = JPEG_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture: Image.Image = Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise TooManyPixels(JPEG_PIXELS) from None
        limit = JPEG_PIXELS if data.startswith(b"\xff\xd8") else OTHER_PIXELS
        if picture.width * picture.height > limit:  # told by the header: nothing is decoded yet
            raise TooManyPixels(limit)
        picture.draft("RGB", (longest, longest))  # a JPEG shrinks while it is decoded
        if picture.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):
            picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
        picture.thumbnail((longest, longest), reducing_gap=2.0)
    upright = ImageOps.exif_transpose(picture)
    return upright.convert("RGBA" if upright.mode in ("RGBA", "LA") else "RGB")


def _written(picture: Image, wanted: int) -> bytes:
    written = b""
    for quality in QUALITIES:
        target = BytesIO()
        picture.save(target, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
        written = target.getvalue()
        if len(written) <= wanted:
            break
    return written
