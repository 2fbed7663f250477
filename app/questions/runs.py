"""Runs of items in the right order, others between them or not: the longest one, and how long chance makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import factorial
from typing import Final

COUNT_LIMIT: Final = 30  # items; beyond, the sum over partitions takes too long for what it tells


@lru_cache(maxsize=64)  # a review asks for it item by item
def longest_run(places: tuple[int | None, ...]) -> tuple[int, ...]:
    """Indexes of the longest strictly increasing subsequence of `places`, the first found among equals.

    None is in no run, and a run of a single one, which any order has, is none: (). Where there is only one place in
    all, that is the run.
    """
    best: list[tuple[int, ...]] = []  # the longest run that ends at each index
    for index, place in enumerate(places):
        before = [
            best[other]
            for other in range(index)
            if place is not None and (earlier := places[other]) is not None and earlier < place
        ]
        best.append((*max(before, key=len, default=()), index) if place is not None else ())
    longest = max(best, key=len, default=())
    return longest if len(longest) > 1 or len(places) == 1 else ()


@lru_cache(maxsize=COUNT_LIMIT + 1)
def expected_longest(count: int) -> float | None:
    """The mean of len(longest_run) / count over all orders of `count` items; None for none, or beyond COUNT_LIMIT.

    A permutation's longest increasing subsequence is as long as the first row of its Young tableaux (Schensted 1961),
    and a shape has f tableaux, f = count! / product of its hook lengths (Frame, Robinson and Thrall 1954): f^2
    permutations have it.
    """
    if not 1 <= count <= COUNT_LIMIT:
        return None
    total = sum(shape[0] * _tableaux(shape) ** 2 for shape in _partitions(count, count) if shape[0] > 1 or count == 1)
    return total / factorial(count) / count


def _partitions(total: int, largest: int) -> Iterator[tuple[int, ...]]:
    if total == 0:
        yield ()
    for first in range(min(total, largest), 0, -1):
        yield from ((first, *rest) for rest in _partitions(total - first, first))


def _tableaux(shape: Sequence[int]) -> int:
    hooks = 1
    for row, length in enumerate(shape):
        for column in range(length):
            below = sum(1 for other in shape[row + 1 :] if other > column)
            hooks *= length - column + below
    return factorial(sum(shape)) // hooks
