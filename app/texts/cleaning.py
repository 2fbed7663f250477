"""The one `clean()`: whatever HTML a page takes from a course has passed here.

Our renderers write only what is listed, so nothing should be left to remove; this is the second lock, and it does not
know how the first one works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bleach.sanitizer import Cleaner

LINK: Final = re.compile(
    r"https://[^\s/?#\"'<>]+[^\s\"'<>]*|mailto:[^\s\"'<>:]+@[^\s\"'<>:]+|#[A-Za-z0-9][A-Za-z0-9-]*"
)
MEDIA: Final = re.compile(r"/media/[0-9a-f]{64}\.[a-z]{3,4}")  # files are served by their hash

_ID = re.compile(r"(?:kembali|fn|fnref|note)-[a-z0-9-]+")
_ANY = re.compile(r".*", re.DOTALL)
_PIXELS = re.compile(r"[1-9][0-9]{0,4}")


# Control characters and what Unicode never assigns: no page may hold them. Sources: HTML standard, 13.2.3.5.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def _words(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


_NOTES = _words("note note-contoh", "note note-coba", "note note-ringkasan", "note note-catatan", "footnotes")
_CELL = {"class": _words("center", "end"), "scope": _words("col")}

_ALLOWED: Final[Mapping[str, Mapping[str, re.Pattern[str]]]] = {
    **{tag: {} for tag in ("p", "em", "strong", "code", "br", "hr", "blockquote", "ul", "dl", "dt", "dd", "sup")},
    **{tag: {} for tag in ("table", "thead", "tbody", "tr", "figure", "figcaption")},
    **{tag: {"id": _ID} for tag in ("h2", "h3", "h4", "h5", "h6")},
    "a": {"href": LINK, "id": _ID, "class": _words("term", "footnote-back"), "aria-label": _ANY},
    "div": {"class": _words("scroll"), "tabindex": _words("0"), "role": _words("region"), "aria-label": _ANY},
    "img": {
        "src": MEDIA,
        "alt": _ANY,
        "width": _PIXELS,
        "height": _PIXELS,
        "loading": _words("lazy"),
        "decoding": _words("async"),
    },
    "li": {"id": _ID},
    "ol": {"start": re.compile(r"[0-9]{1,9}")},
    "pre": {"tabindex": _words("0")},
    "section": {"class": _NOTES, "aria-labelledby": _ID, "aria-label": _ANY},
    "td": _CELL,
    "th": _CELL,
}


def _allowed(tag: str, name: str, value: str) -> bool:
    pattern = _ALLOWED[tag].get(name)
    return pattern is not None and pattern.fullmatch(value) is not None


# Its parser keeps state, hence the lock.
_lock = Lock()


@cache
def _cleaner() -> Cleaner:
    """One cleaner for all: making one costs more than using it. A server that finds its lessons rendered needs none."""
    from bleach.sanitizer import Cleaner

    return Cleaner(tags=set(_ALLOWED), attributes=_allowed, protocols={"https", "mailto"}, strip=True)


def clean(html: str) -> str:
    """HTML with nothing but the elements, attributes and addresses that lessons and questions need."""
    html = _UNSEEN.sub("", html)
    if "<" not in html:
        return html  # no element can begin: there is nothing to remove
    with _lock:
        return _cleaner().clean(html)
