"""Files as phones and offices send them, made here: nothing binary lies in the repository."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile

from PIL import Image

from app.questions.file import MIMES

ALL: Final = MIMES["any"]
LIMIT: Final = 12_000_000
PDF: Final = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HEIC: Final = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 64
ORIENTATION: Final = 0x0112
MAKER: Final = 0x010F
GPS: Final = 0x8825


def photo(size: tuple[int, int] = (400, 200), kind: str = "JPEG", mode: str = "RGB", **more: Any) -> bytes:
    """A photo whose left half is red and whose right half is blue; `more` as Pillow's `save` takes it."""
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.paste((20, 20, 200), (size[0] // 2, 0, size[0], size[1]))
    target = BytesIO()
    picture.convert(mode).save(target, kind, **more)
    return target.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes beside the pixels: its maker, the place, which way it was held."""
    told = Image.Exif()
    told[ORIENTATION] = orientation
    told[MAKER] = "RahasiaPhone"
    told.get_ifd(GPS)[1] = "S"
    return told


def packed(names: dict[str, bytes], first: tuple[str, bytes] | None = None) -> bytes:
    """A zip file with these members; `first` stands before them, stored as it is."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        if first is not None:
            archive.writestr(first[0], first[1], ZIP_STORED)
        for name, data in names.items():
            archive.writestr(name, data)
    return target.getvalue()


def word(types: bytes = b"<Types/>", **more: bytes) -> bytes:
    """A Word document, as far as its kind shows."""
    parts = {name.replace("__", "/"): data for name, data in more.items()}
    return packed({"[Content_Types].xml": types, "word/document.xml": b"<w/>", **parts})


def opened(data: bytes) -> Image.Image:
    """A kept photo, decoded."""
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture
