"""Addresses: which of those that come from a form are followed, and which numbers in a path can name a row."""

from __future__ import annotations

from urllib.parse import urlsplit

from werkzeug.routing import IntegerConverter


class RowId(IntegerConverter):
    """`<int:…>` in a path. More than nine digits are no path of ours: no row's id of an integer column has them."""

    regex = "[0-9]{1,9}"


def local_path(target: str | None) -> str | None:
    """A path (with its query) of this site; None for anything that leads elsewhere or is no path."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    if any(ord(letter) < 33 for letter in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
