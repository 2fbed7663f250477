"""Answers of people to items, kept as they are: sparse, and people who answered alike counted together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.intp]

BLOCK_CELLS: Final = 250_000  # of a block: 2 MB an array, so that blocks stay in the processor's cache


class Unusable(ValueError):
    """Answers that no model can take; the text says which."""


def summed(values: Array, by: Indices, count: int) -> Array:
    """The sums of the values that belong to each of 0..count-1."""
    return np.bincount(by, values, minlength=count).astype(np.float64)


class Block(NamedTuple):
    """Some patterns written out: pattern x item. `right`: the fraction earned, 0 where not asked; `asked`: 1 or 0."""

    patterns: slice
    right: Array
    asked: Array
    people: Array  # how many people have each pattern


@dataclass(frozen=True, slots=True)
class Responses:
    """Answers by pattern (all that a person answered, and how), in compressed rows.

    Answers `start[p]`..`start[p + 1]` belong to pattern p: `item` is what was asked, `fraction` (0..1) what was earned.
    """

    items: int
    start: Indices
    item: Indices
    fraction: Array
    people: Array  # of each pattern: how many people
    pattern: Indices  # of each person: the pattern

    @property
    def patterns(self) -> int:
        """How many different patterns there are."""
        return len(self.people)

    @property
    def lengths(self) -> Indices:
        """How many items each pattern answers."""
        return np.diff(self.start)

    @property
    def rows(self) -> Indices:
        """The pattern of each answer."""
        return np.repeat(np.arange(self.patterns), self.lengths)

    @classmethod
    def of_matrix(cls, matrix: Array) -> Responses:
        """From persons x items of fractions 0..1; nan: not asked. Raises Unusable."""
        matrix = np.asarray(matrix, dtype=np.float64)
        if matrix.ndim != 2:
            raise Unusable("persons x items are expected")
        person, item = np.nonzero(~np.isnan(matrix))
        return cls.of_answers(person, item, matrix[person, item], matrix.shape)

    @classmethod
    def of_answers(cls, person: Indices, item: Indices, fraction: Array, shape: tuple[int, int]) -> Responses:
        """From one entry per answer (indices of person and item from 0), in any order; `shape`: persons, items.

        Raises Unusable for a fraction outside 0..1 and for a person who answers an item twice.
        """
        if not ((fraction >= 0) & (fraction <= 1)).all():
            raise Unusable("an answer earns a fraction between 0 and 1")
        order = np.lexsort((item, person))
        person, item = np.asarray(person)[order], np.asarray(item)[order].astype(np.intp)
        fraction = np.asarray(fraction, dtype=np.float64)[order]
        if ((np.diff(person) == 0) & (np.diff(item) == 0)).any():
            raise Unusable("a person answers an item once")
        ends = np.searchsorted(person, np.arange(shape[0] + 1))
        rows = [slice(first, last) for first, last in pairwise(ends.tolist())]
        numbers: dict[tuple[bytes, bytes], int] = {}
        pattern = np.array(
            [numbers.setdefault((item[row].tobytes(), fraction[row].tobytes()), len(numbers)) for row in rows],
            dtype=np.intp,
        )
        first = np.unique(pattern, return_index=True)[1]  # the person who first answered so
        lengths = ends[first + 1] - ends[first]
        start = np.concatenate(([0], np.cumsum(lengths))).astype(np.intp)
        taken = np.repeat(ends[first] - start[:-1], lengths) + np.arange(start[-1])
        people = summed(np.ones(shape[0]), pattern, len(numbers))
        return cls(shape[1], start, item[taken], fraction[taken], people, pattern)

    def of_items(self, kept: NDArray[np.bool_]) -> Responses:
        """The answers to the items that are `kept`, numbered anew."""
        stays = kept[self.item]
        start = np.concatenate(([0], np.cumsum(stays)))[self.start].astype(np.intp)
        number = np.cumsum(kept) - 1
        return replace(
            self,
            items=int(kept.sum()),
            start=start,
            item=number[self.item[stays]].astype(np.intp),
            fraction=self.fraction[stays],
        )

    def totals(self) -> tuple[Array, Array]:
        """Of each item: how many people answered it, and what they earned together."""
        people = self.people[self.rows]
        return summed(people, self.item, self.items), summed(people * self.fraction, self.item, self.items)

    def blocks(self) -> Iterator[Block]:
        """All patterns, some at a time, written out as matrices."""
        height = max(1, BLOCK_CELLS // max(1, self.items))
        rows = self.rows
        for first in range(0, self.patterns, height):
            last = min(first + height, self.patterns)
            answers = slice(self.start[first], self.start[last])
            right, asked = np.zeros((last - first, self.items)), np.zeros((last - first, self.items))
            right[rows[answers] - first, self.item[answers]] = self.fraction[answers]
            asked[rows[answers] - first, self.item[answers]] = 1.0
            yield Block(slice(first, last), right, asked, self.people[first:last])
