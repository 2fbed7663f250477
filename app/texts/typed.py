"""Texts as people type and paste them into forms: without the signs that no file of a course may hold."""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")


def tidy_text(text: str) -> str:
    """A line's end of any kind, Word's among them, is a line feed; what nobody sees is not there."""
    return _UNSEEN.sub("", _ENDS.sub("\n", text))


def tidy_line(text: str) -> str:
    """The same where there is one line: its ends are blanks, and none stand around it."""
    return re.sub(r"\s*\n\s*", " ", tidy_text(text)).strip()
