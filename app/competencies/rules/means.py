"""The mean score of a group, and how surely it is known."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

from app.competencies.rules.scores import tint
from app.psychometrics.intervals import FEW, INDICATIVE, mean_interval

FEW_PEOPLE: Final = FEW  # a mean over fewer people is to be read with care
_WIDE: Final = NormalDist().inv_cdf(0.95)  # standard deviations to either side hold 90 %


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean (0.0 .. 100.0) of the scores of those `people` whose score is shown, with its 90 % interval."""

    score: float
    low: float
    high: float
    people: int

    @property
    def few(self) -> bool:
        """Whether it is to be read with care."""
        return self.people < FEW_PEOPLE

    @property
    def indicative(self) -> bool:
        """Whether it is but an indication."""
        return self.people < INDICATIVE

    @property
    def tint(self) -> int:
        """Its tint."""
        return tint(self.score)


def mean_of(people: int, total: float, squares: float, variances: float) -> Mean:
    """The mean over `people` (at least one) of scores that come to `total`, their squares to `squares`, and the squares
    of their standard deviations to `variances`.

    Its standard error has two parts: people differ (s^2 / n), and each one's score is known only so well (the mean of
    sd^2, over n). Student's t; of one person what is known of that one.
    """
    mean = total / people
    between = max(0.0, squares - people * mean**2) / (people - 1) if people > 1 else 0.0
    spread = sqrt(between + variances / people)
    low, high = mean_interval(people, mean, spread) or (mean - _WIDE * spread, mean + _WIDE * spread)
    return Mean(mean, max(0.0, low), min(100.0, high), people)
