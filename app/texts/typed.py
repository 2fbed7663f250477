"""What people type or paste, before it can stand in a file: Word and phones leave signs that no file may hold."""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")


def tidy_typed(text: str) -> str:
    """The text without the signs that no file may hold; a line's end of any kind is a line feed."""
    return _UNSEEN.sub("", _ENDS.sub("\n", text))


def tidy_line(text: str) -> str:
    """The same as one line, without blanks around it or at an end of a line."""
    return re.sub(r"\s*\n\s*", " ", tidy_typed(text)).strip()
