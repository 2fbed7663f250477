"""Item and test statistics once more, slowly and in exact fractions, straight from the formulas: what to agree with.

Nothing here is shared with the code under test. Only the last step, a root or a share, leaves the fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from statistics import median

Exact = Fraction
Table = Sequence[Mapping[str, Fraction]]  # an attempt: item -> mark


def mean(values: Sequence[Fraction]) -> Fraction:
    return Fraction(sum(values), len(values))


def moment(values: Sequence[Fraction], power: int) -> Fraction:
    """The central moment, with the divisor n."""
    return mean([(value - mean(values)) ** power for value in values])


def covariance(xs: Sequence[Fraction], ys: Sequence[Fraction]) -> Fraction | None:
    if len(xs) < 2:
        return None
    return Fraction(sum((x - mean(xs)) * (y - mean(ys)) for x, y in zip(xs, ys, strict=True)), len(xs) - 1)


def percent(part: Fraction | None, whole: Fraction | None) -> float | None:
    return None if part is None or not whole else float(100 * part / whole)


def root(value: Fraction | None) -> float | None:
    return None if value is None else sqrt(value)


def item_figures(table: Table, item: str, max_marks: Mapping[str, Fraction]) -> dict[str, float | None]:
    """What is to be told of one item, but for its weights."""
    held = [attempt for attempt in table if item in attempt]
    x = [attempt[item] for attempt in held]
    o = [Fraction(sum(attempt.values())) - attempt[item] for attempt in held]
    both, mine, rest = covariance(x, o), covariance(x, x), covariance(o, o)
    most = covariance(sorted(x), sorted(o))
    return {
        "facility": None if not x or not max_marks[item] else float(mean(x) / max_marks[item]),
        "sd": root(mine),
        "covariance": None if both is None else float(both),
        "mark_variance": None if mine is None else float(mine),
        "other_mark_variance": None if rest is None else float(rest),
        "discrimination_index": float(100 * both) / sqrt(mine * rest) if both is not None and mine and rest else None,
        "covariance_max": None if most is None else float(most),
        "discriminative_efficiency": percent(both, most),
    }


def weights(table: Table, max_marks: Mapping[str, Fraction]) -> dict[str, tuple[float | None, float | None]]:
    """Intended and effective weight of each item, in percent; None for all where attempts hold different items."""
    if any(one.keys() != other.keys() for one, other in pairwise(table)):
        return dict.fromkeys(max_marks, (None, None))
    totals = [Fraction(sum(attempt.values())) for attempt in table]
    brought = {item: covariance([attempt[item] for attempt in table], totals) for item in max_marks}
    shares = {item: None if each is None or each < 0 else sqrt(each) for item, each in brought.items()}
    whole = sum(share or 0.0 for share in shares.values())
    return {
        item: (
            percent(max_mark, Fraction(sum(max_marks.values()))),
            None if (share := shares[item]) is None or not whole else 100 * share / whole,
        )
        for item, max_mark in max_marks.items()
    }


def test_figures(table: Table, items: Sequence[str]) -> dict[str, float | None]:
    """What is to be told of the totals. Cumulants k as in B 4.8."""
    totals = [Fraction(sum(attempt.values())) for attempt in table]
    s = len(totals)
    figures = dict.fromkeys(
        ("mean", "median", "sd", "skewness", "kurtosis", "cic", "error_ratio", "standard_error"), None
    )
    told: dict[str, float | None] = dict(figures)
    if s:
        told |= {"mean": float(mean(totals)), "median": float(median(totals))}
    k2 = covariance(totals, totals)
    told["sd"] = root(k2)
    if not k2 or s < 3:
        return told
    told["skewness"] = float(s * s * moment(totals, 3) / ((s - 1) * (s - 2))) / float(k2) ** 1.5
    if s > 3:
        m2, m4 = moment(totals, 2), moment(totals, 4)
        k4 = s * s * ((s + 1) * m4 - 3 * (s - 1) * m2**2) / ((s - 1) * (s - 2) * (s - 3))
        told["kurtosis"] = float(k4 / k2**2)
    p = len(items)
    if p > 1 and all(set(attempt) == set(items) for attempt in table):
        variances = [covariance(x, x) or Fraction(0) for x in ([attempt[item] for attempt in table] for item in items)]
        cic = 100 * Fraction(p, p - 1) * (1 - sum(variances) / k2)
        if cic >= 0:
            ratio = sqrt(1 - cic / 100)
            told |= {"cic": float(cic), "error_ratio": 100 * ratio, "standard_error": ratio * sqrt(k2)}
    return told


test_figures.__test__ = False  # type: ignore[attr-defined]  # a name that pytest would collect
