"""What an item analysis is made from and what it tells. Pure Python, so that pages may name these without numpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.psychometrics.intervals import INDICATIVE


class ItemMark(NamedTuple):
    """What an attempt earned for an item. A negative mark is possible, where wrong answers cost points."""

    attempt: str | int
    item: str
    mark: float
    max_mark: float  # at least 0; the same in all attempts


class Reason(StrEnum):
    """Why a figure is undefined."""

    NO_POINTS = "no_points"  # nothing can be earned
    FEW_ATTEMPTS = "few_attempts"  # fewer than the figure needs
    SAME_MARK = "same_mark"  # everybody earned the same for the item
    SAME_REST = "same_rest"  # everybody earned the same for all the rest
    SAME_TOTAL = "same_total"
    NEGATIVE = "negative"  # comes out below 0, where it means nothing
    ITEMS_DIFFER = "items_differ"  # attempts hold different items
    ONE_ITEM = "one_item"


Why = Mapping[str, Reason]  # by the name of each figure that is None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item over the attempts that held it. Marks are in points; a percentage lies on 0..100."""

    item: str
    n: int  # attempts that held it
    facility: float | None  # mean mark / max_mark: 0..1, below 0 only where marks are
    sd: float | None  # of the marks
    intended_weight: float | None  # percent: max_mark among all
    effective_weight: float | None  # percent: sqrt(cov(x, T)) among those of all items that have one
    covariance: float | None  # of x and o
    mark_variance: float | None  # of x
    other_mark_variance: float | None  # of o
    discrimination_index: float | None  # percent, -100..100: correlation of x and o
    covariance_max: float | None  # of x and o, each sorted by itself
    discriminative_efficiency: float | None  # percent: covariance / covariance_max; may lie below -100
    max_mark: float
    why: Why

    @property
    def indicative(self) -> bool:
        """Whether there are too few attempts for more than a hint."""
        return self.n < INDICATIVE


@dataclass(frozen=True, slots=True)
class TestStatistics:
    """The totals of all attempts, in points, and how well the items agree with each other."""

    n: int
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None  # 0: even; below 0: a tail of low totals
    kurtosis: float | None  # 0: as a normal distribution; below 0: flatter
    cic: float | None  # percent: coefficient of internal consistency, 100 x Cronbach's alpha (KR-20 for right or wrong)
    error_ratio: float | None  # percent of the sd that is chance
    standard_error: float | None  # of one person's total
    why: Why

    __test__ = False  # a name that pytest would collect

    @property
    def indicative(self) -> bool:
        """Whether there are too few attempts for more than a hint."""
        return self.n < INDICATIVE


@dataclass(frozen=True, slots=True)
class Analysis:
    """Items in the order in which they were met."""

    items: tuple[ItemStatistics, ...]
    test: TestStatistics
