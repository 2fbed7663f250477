"""A list shown some at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

PAGE: Final = 50  # on one page


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of them. `page` counts from 1; `total` is of all pages."""

    items: Sequence[T]
    total: int
    page: int
    pages: int


def paged(items: Sequence[T], page: int | None) -> Paged[T]:
    """The page that is asked for; a page beyond the last is the last."""
    pages = max(1, -(-len(items) // PAGE))
    page = min(max(page or 1, 1), pages)
    return Paged(items[(page - 1) * PAGE : page * PAGE], len(items), page, pages)
