"""Text as it comes from Word or WhatsApp -> lines without what nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

PASTED_LIMIT: Final = 200_000  # characters of a text: some hundred pages of questions

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_SPACES: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_GAP: Final = re.compile(r"(?<=[ \t]{40})[ \t]+")  # wider than any that parts two columns
_QUOTES: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\uf0b7\uf0a7\u00b7", "\u2022"),
        **dict.fromkeys("\uf0fc\u2705", "✓"),
        **{wide: chr(ord(wide) - 0xFEE0) for wide in "\uff08\uff09\uff0e\uff1a\uff1d"},  # full-width ( ) . : =
    }
)
_BEGINS: Final = re.compile(  # a number or letter that is drawn, or stands before an ideographic comma
    "(?P<key>[0-9])\u20e3|(?P<letter>[\U0001f170-\U0001f177\U0001f1e6-\U0001f1ed])|(?P<plain>[0-9]{1,3}|[A-Ha-h])\u3001"
)
_CLOCK: Final = r"[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?(?: ?[AaPp][Mm])?"
_DAY: Final = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}"
_SENDER: Final = re.compile(
    rf"(?:\[(?:{_CLOCK},? {_DAY}|{_DAY},? {_CLOCK})\] ?|{_DAY},? {_CLOCK} - )[^:\n]{{1,60}}:(?: |$)"
)


class Line(NamedTuple):
    """A line that is not blank: as it stood there, as it is read, and whether a blank line stands before it."""

    raw: str
    text: str
    after_gap: bool


def tidy(text: str) -> str:
    """One line without signs that nobody sees and gaps without end; every kind of space is a space or a tab, quotes are
    straight.
    """
    seen = _GAP.sub("", _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text))))
    said = _SENDER.sub("", seen.translate(_QUOTES).strip(), count=1).strip()
    begins = _BEGINS.match(said)
    return f"{_typed(begins)}. {said[begins.end() :].strip()}" if begins else said


def _typed(begins: re.Match[str]) -> str:
    """The number or letter as a keyboard types it."""
    drawn = begins["letter"]
    if drawn is None:
        return str(begins["key"] or begins["plain"])
    first = 0x1F170 if drawn < "\U0001f1e6" else 0x1F1E6
    return chr(ord("A") + ord(drawn) - first)


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank once they are tidy."""
    found: list[Line] = []
    gap = False
    for raw in text[:PASTED_LIMIT].splitlines():
        read = tidy(raw)
        if read:
            found.append(Line(raw.strip(), read, gap))
        gap = not read
    return found
