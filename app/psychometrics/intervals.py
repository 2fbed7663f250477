"""How far a figure from few cases may be trusted: intervals, and the counts below which that is said. Pure Python.

An interval of certainty 0.9 is made so that nine of ten such intervals hold the true figure.
"""

from __future__ import annotations

from functools import cache
from math import atanh, cos, pi, sin, sqrt, tan, tanh
from statistics import NormalDist
from typing import Final, NamedTuple

INDICATIVE: Final = 30  # below so many cases a figure is indicative only
FEW: Final = 5  # below so many it is read with care
CERTAINTY: Final = 0.9

_HALVINGS: Final = 52  # bits of a float
_SERIES: Final = 30  # degrees of freedom from which an expansion is exact enough (six digits and more)


class Interval(NamedTuple):
    """From `low` to `high`, in the units of what it is about."""

    low: float
    high: float


def wilson(successes: float, n: int, certainty: float = CERTAINTY) -> Interval:
    """The share behind `successes` of `n` cases, within 0..1; 0..1 itself where there is no case.

    `successes` may be a sum of fractions 0..1 (partly right answers): such a sum varies less than one of noughts and
    ones with the same mean, so the interval is then rather too wide than too narrow.
    Source: Wilson (1927), J. Am. Stat. Assoc. 22; recommended by Brown, Cai and DasGupta (2001), Stat. Science 16.
    Raises ValueError where the successes do not lie within 0..n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n}")
    if n == 0:
        return Interval(0.0, 1.0)
    z2 = _z(certainty) ** 2
    share = successes / n
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return Interval(max(0.0, middle - half) if successes else 0.0, min(1.0, middle + half) if successes < n else 1.0)


def mean_interval(n: int, mean: float, sd: float, certainty: float = CERTAINTY) -> Interval | None:
    """The mean behind `n` values with this mean and standard deviation (divisor n - 1); None for fewer than two.

    Student's t with n - 1 degrees of freedom.
    """
    if n < 2:
        return None
    half = student(certainty, n - 1) * sd / sqrt(n)
    return Interval(mean - half, mean + half)


def correlation_interval(correlation: float, n: int, certainty: float = CERTAINTY) -> Interval | None:
    """The correlation behind one of `n` pairs, within -1..1; None for fewer than four pairs, and where it is -1 or 1.

    Fisher's z (1915): exact for normal values, a fair guide for marks; of a perfect agreement it cannot tell how far
    it goes beyond these pairs.
    """
    if n < 4 or abs(correlation) >= 1:
        return None
    half = _z(certainty) / sqrt(n - 3)
    return Interval(tanh(atanh(correlation) - half), tanh(atanh(correlation) + half))


@cache
def student(certainty: float, freedom: int) -> float:
    """The t that |T| stays below with this certainty; `freedom`: degrees of freedom, at least 1.

    Source: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4 (exact, solved by halving), 26.7.5 from _SERIES on.
    """
    if freedom >= _SERIES:
        return _expanded(_z(certainty), freedom)
    low, high = 0.0, pi / 2
    for _ in range(_HALVINGS):
        angle = (low + high) / 2
        low, high = (angle, high) if _within(angle, freedom) < certainty else (low, angle)
    return sqrt(freedom) * tan(low)


def _within(angle: float, freedom: int) -> float:
    """The probability of |T| <= sqrt(freedom) * tan(angle)."""
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for step in range(2 + odd, freedom - 1, 2):
        term *= (step - 1) / step * cos(angle) ** 2
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def _expanded(x: float, v: int) -> float:
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + sum(term / float(v**power) for power, term in enumerate(terms, start=1))


def _z(certainty: float) -> float:
    """How many standard deviations to each side hold this share of a normal distribution."""
    return NormalDist().inv_cdf((1 + certainty) / 2)
