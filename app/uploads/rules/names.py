"""The name of an uploaded file as it is shown and offered for download. It is never used as a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

NAME_LIMIT: Final = 120  # characters, its ending included
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")

ENDINGS: Final[Mapping[str, str]] = {
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/plain": ".txt",
}
"""The ending of each kind of file that is kept: what a name claims beside it is replaced."""


def clean_name(given: str | None, mime: str) -> str:
    """A browser's name for a file -> one that may be shown: one line, no folders, and the ending of what it holds.

    Signs that nobody sees or that turn the direction of the text are left out: they hide what a name says.
    """
    text = unicodedata.normalize("NFC", given or "")
    last = re.split(r"[/\\]", text)[-1]
    seen = "".join(sign for sign in last.replace("\t", " ") if unicodedata.category(sign)[0] != "C")
    ending = ENDINGS[mime]
    stem = _ENDING.sub("", " ".join(seen.split())).strip(". ")
    return (stem[: NAME_LIMIT - len(ending)].strip(". ") or "file") + ending
