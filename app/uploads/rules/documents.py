"""What kind of document some bytes are, told by what they hold: a name or a browser's claim proves nothing."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from app.uploads.rules.refusals import HoldsMacros

MEMBERS_LIMIT: Final = 5_000  # files inside an office document
_TYPES_LIMIT: Final = 500_000  # bytes of its list of types that are read
_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_MAIN_PARTS: Final = {
    "word/document.xml": f"{_OOXML}wordprocessingml.document",
    "xl/workbook.xml": f"{_OOXML}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OOXML}presentationml.presentation",
}
_ODF: Final = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
)


def document_mime(data: bytes) -> str | None:
    """The type of a document that may be kept; None for anything else. Raises HoldsMacros."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    return "text/plain" if _is_text(data) else None


def _packed(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > MEMBERS_LIMIT:
                return None
            if "[Content_Types].xml" in names:
                return _ooxml(archive, names)
            return _odf(archive, names) if names and names[0] == "mimetype" else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return None  # damaged, locked by a password, or packed in a way that nobody's office program uses


def _ooxml(archive: zipfile.ZipFile, names: Sequence[str]) -> str | None:
    with archive.open("[Content_Types].xml") as file:
        types = file.read(_TYPES_LIMIT).lower()
    lower = [name.lower() for name in names]
    if b"macroenabled" in types or any(name.endswith("vbaproject.bin") or "macrosheets/" in name for name in lower):
        raise HoldsMacros
    return next((mime for part, mime in _MAIN_PARTS.items() if part in names), None)


def _odf(archive: zipfile.ZipFile, names: Sequence[str]) -> str | None:
    with archive.open("mimetype") as file:
        mime = file.read(200).decode("ascii", "replace").strip()
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise HoldsMacros
    return mime if mime in _ODF else None


def _is_text(data: bytes) -> bool:
    """UTF-8 that a person could have typed: no control characters but those of lines."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(sign in "\t\n\r\f" or unicodedata.category(sign) != "Cc" for sign in text)
