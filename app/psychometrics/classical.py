"""Classical test theory: what the marks of a test's attempts tell of its items and of the test. numpy.

x is an attempt's mark for the item, T its total, o = T - x its rest; variances have the divisor n - 1.
Source: Moodle 4.1, question/classes/statistics and mod/quiz/report/statistics, but that cov(x, T) is centred on the
true mean of T, and that a negative alpha is not meaningful and said to be so. docs/scores.md explains each figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from app.psychometrics.figures import Analysis, ItemMark, ItemStatistics, Reason, TestStatistics
from app.psychometrics.moments import Column, Moments, centred, correlation, moments, settled

__all__ = ["Analysis", "ItemMark", "ItemStatistics", "Reason", "TestStatistics", "analyse", "analyse_matrix"]


def analyse(marks: Iterable[ItemMark]) -> Analysis:
    """Item and test statistics of a test's attempts, which may hold different items (drawn questions).

    For an item that not all attempts held, the rest o is that of the attempts that did. Weights and alpha have no
    meaning then: they are None with the reason ITEMS_DIFFER. (Take places in the test for items to have them.)
    Raises ValueError where a mark is no finite number, an attempt has two marks for an item, or max_mark varies.
    """
    rows: dict[str | int, int] = {}
    columns: dict[str, int] = {}
    max_marks: list[float] = []
    places: list[tuple[int, int]] = []
    values: list[float] = []
    for attempt, item, mark, max_mark in marks:
        column = columns.setdefault(item, len(columns))
        if column == len(max_marks):
            max_marks.append(max_mark)
        elif max_marks[column] != max_mark:
            raise ValueError(f"{item} is worth {max_marks[column]} and {max_mark}")
        places.append((rows.setdefault(attempt, len(rows)), column))
        values.append(mark)
    matrix = np.full((len(rows), len(columns)), np.nan)
    if places:
        matrix[tuple(np.array(places).T)] = values
    if int(np.isfinite(matrix).sum()) < len(values):
        raise ValueError("an attempt has two marks for one item, or a mark that is no number")
    return analyse_matrix(matrix, tuple(columns), max_marks)


def analyse_matrix(marks: NDArray[np.float64], items: Sequence[str], max_marks: Sequence[float]) -> Analysis:
    """The same of a table of attempts x items, nan where an attempt did not hold the item."""
    asked = ~np.isnan(marks)
    marks, asked = marks[asked.any(axis=1)], asked[asked.any(axis=1)]
    totals = np.nansum(marks, axis=1)
    scale = float(np.abs(totals).max(initial=0.0))
    alike = bool(asked.all())
    found = []
    for column in range(len(items)):
        held = asked[:, column]
        x = marks[held, column]
        spread = moments(x, totals[held] - x, scale)
        mean = float(x.mean()) if len(x) else None
        found.append(_Item(items[column], len(x), mean, float(max_marks[column]), spread))
    whole = _Whole.of(found, alike)
    return Analysis(tuple(_statistics(each, whole) for each in found), _test(totals, found, alike))


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    n: int
    mean: float | None
    max_mark: float
    spread: Moments

    @property
    def with_total(self) -> float | None:
        """cov(x, T), which is var x + cov(x, o)."""
        variance, covariance = self.spread.variance, self.spread.covariance
        return None if variance is None or covariance is None else settled(variance + covariance, variance)

    @property
    def share(self) -> float | None:
        """What the item brings into the spread of the totals; None where it takes away from it."""
        return None if self.with_total is None or self.with_total < 0 else sqrt(self.with_total)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the items come to together."""

    alike: bool  # all attempts hold the same items
    max_mark: float
    shares: float

    @classmethod
    def of(cls, items: Sequence[_Item], alike: bool) -> _Whole:
        return cls(alike, sum(each.max_mark for each in items), sum(each.share or 0.0 for each in items))


def _statistics(item: _Item, whole: _Whole) -> ItemStatistics:
    spread = item.spread
    figures = {
        "facility": None if item.mean is None or not item.max_mark else item.mean / item.max_mark,
        "sd": None if spread.variance is None else sqrt(spread.variance),
        "intended_weight": _percent(item.max_mark, whole.max_mark) if whole.alike else None,
        "effective_weight": _percent(item.share, whole.shares) if whole.alike else None,
        "covariance": spread.covariance,
        "mark_variance": spread.variance,
        "other_mark_variance": spread.other_variance,
        "discrimination_index": correlation(spread),
        "covariance_max": spread.covariance_max,
        "discriminative_efficiency": _percent(spread.covariance, spread.covariance_max),
    }
    why = _why(figures, _item_reasons(item, whole))
    return ItemStatistics(item=item.name, n=item.n, max_mark=item.max_mark, why=why, **figures)


def _percent(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole


def _item_reasons(item: _Item, whole: _Whole) -> dict[str, Reason | None]:
    """Why a figure of the item may be undefined, but for too few attempts."""
    differ = None if whole.alike else Reason.ITEMS_DIFFER
    unvaried = unvaried_reason(item.spread)
    share = None if item.with_total is None else Reason.NEGATIVE if item.share is None else Reason.SAME_TOTAL
    return {
        "facility": Reason.NO_POINTS if item.n else None,
        "intended_weight": differ or Reason.NO_POINTS,
        "effective_weight": differ or share,
        "discrimination_index": unvaried,
        "discriminative_efficiency": unvaried,
    }


def unvaried_reason(spread: Moments) -> Reason | None:
    """Which side of a correlation does not vary."""
    if spread.variance == 0:
        return Reason.SAME_MARK
    return Reason.SAME_REST if spread.other_variance == 0 else None


def _why(figures: Mapping[str, float | None], reasons: Mapping[str, Reason | None]) -> dict[str, Reason]:
    return {name: reasons.get(name) or Reason.FEW_ATTEMPTS for name, value in figures.items() if value is None}


def _test(totals: Column, items: Sequence[_Item], alike: bool) -> TestStatistics:
    n = len(totals)
    spread = centred(totals) if n else totals
    k2 = float(spread @ spread) / (n - 1) if n > 1 else None
    sd = None if k2 is None else sqrt(k2)
    alpha = _alpha(k2, [each.spread.variance or 0.0 for each in items]) if alike and n > 2 else None
    error = None if alpha is None or alpha < 0 else sqrt(1 - alpha)
    figures = {
        "mean": float(totals.mean()) if n else None,
        "median": float(np.median(totals)) if n else None,
        "sd": sd,
        "skewness": _skewness(spread / sd) if sd and n > 2 else None,
        "kurtosis": _kurtosis(spread / sd) if sd and n > 3 else None,
        "cic": None if error is None or alpha is None else 100 * alpha,
        "error_ratio": None if error is None else 100 * error,
        "standard_error": None if error is None or sd is None else error * sd,
    }
    shape = Reason.SAME_TOTAL if k2 == 0 else None
    agreeing = _alpha_reason(items, alike, shape) if n > 2 else None
    reasons = {
        "skewness": shape if n > 2 else None,
        "kurtosis": shape if n > 3 else None,
        **dict.fromkeys(("cic", "error_ratio", "standard_error"), agreeing),
    }
    return TestStatistics(n=n, why=_why(figures, reasons), **figures)


def _alpha(k2: float | None, variances: Sequence[float]) -> float | None:
    """Cronbach's alpha, as it comes out; None for one item or totals that do not vary."""
    count = len(variances)
    if not k2 or count < 2:
        return None
    return min(1.0, settled(count / (count - 1) * (1 - sum(variances) / k2), 1.0))  # above 1 by a last bit at most


def _alpha_reason(items: Sequence[_Item], alike: bool, unvaried: Reason | None) -> Reason:
    if not alike:
        return Reason.ITEMS_DIFFER
    return Reason.ONE_ITEM if len(items) < 2 else unvaried or Reason.NEGATIVE


def _skewness(standard: Column) -> float:
    """k3 / k2^1.5, with unbiased cumulants k; of at least three totals in units of their standard deviation."""
    n = len(standard)
    return float(n * np.sum(standard**3) / ((n - 1) * (n - 2)))


def _kurtosis(standard: Column) -> float:
    """k4 / k2^2: 0 for a normal distribution; of at least four totals in units of their standard deviation."""
    n = len(standard)
    m2, m4 = (n - 1) / n, float(np.mean(standard**4))
    return n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
