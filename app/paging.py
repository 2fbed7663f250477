"""Pages of a long list. Pure."""

from __future__ import annotations


def page_within(total: int, page: int, size: int) -> tuple[int, int]:
    """The page nearest to the one asked for, counted from 1, and how many there are of `size` rows each: at least 1."""
    pages = max(1, -(-total // size))
    return min(max(page, 1), pages), pages
