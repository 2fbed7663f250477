"""A list shown some at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from app.paging import page_within

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
    return paged_from(len(items), page, lambda first, count: items[first : first + count])


def paged_from(total: int, page: int | None, fetch: Callable[[int, int], Sequence[T]]) -> Paged[T]:
    """The same of items that are fetched only for their page: told how many to pass over, and how many to give."""
    page, pages = page_within(total, page or 1, PAGE)
    return Paged(fetch((page - 1) * PAGE, PAGE), total, page, pages)
