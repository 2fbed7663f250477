"""Spreads of marks, and how they go together: what item statistics are made of. numpy.

Marks are decimals, and sums of them are off by a last bit: 0.1 three times is not its own mean. What varies by no more
than such a bit does not vary at all, and what goes together by no more than that is independent, so that a figure that
is undefined never shows up as a wild number.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, sqrt
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.float64]

_BIT: Final = 1e-9  # of the largest value: marks that differ by less are the same mark
_NOTHING: Final = 1e-12  # of the spreads: a covariance below is none


@dataclass(frozen=True, slots=True)
class Moments:
    """Two columns of values beside each other, in the units of the values squared; None for fewer than two rows."""

    variance: float | None  # divisor n - 1, as of the others
    other_variance: float | None
    covariance: float | None
    covariance_max: float | None  # after each column is sorted by itself: as high as these values allow


NO_MOMENTS: Final = Moments(None, None, None, None)


def moments(values: Column, others: Column, scale: float) -> Moments:
    """How both columns spread and go together; `scale`: the largest of the sums whose last bits may be off."""
    freedom = len(values) - 1
    if freedom < 1:
        return NO_MOMENTS
    mine, theirs = centred(values), centred(others, scale)
    variance, other_variance = float(mine @ mine) / freedom, float(theirs @ theirs) / freedom
    bound = sqrt(variance) * sqrt(other_variance)
    return Moments(
        variance,
        other_variance,
        settled(float(mine @ theirs) / freedom, bound),
        settled(float(np.sort(mine) @ np.sort(theirs)) / freedom, bound),
    )


def centred(values: Column, scale: float = 0.0) -> Column:
    """The values less their mean; noughts where they are all the same. At least one value."""
    largest = max(scale, float(np.abs(values).max()))
    if float(np.ptp(values)) <= _BIT * largest:
        return np.zeros_like(values)
    return values - float(values.mean())


def settled(value: float, scale: float) -> float:
    """The value, or 0 where it is no more than a last bit of what it was made from."""
    return 0.0 if abs(value) <= _NOTHING * scale else value


def correlation(spread: Moments) -> float | None:
    """In percent, -100..100, and an end of these where a last bit is missing; None where one side does not vary."""
    if spread.covariance is None or not spread.variance or not spread.other_variance:
        return None
    together = spread.covariance / sqrt(spread.variance) / sqrt(spread.other_variance)
    return 100 * together if abs(together) < 1 - _NOTHING else copysign(100.0, together)
