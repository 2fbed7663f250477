"""The mean score of a group, and how surely it is known."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

from app.competencies.rules.scores import tint

FEW_PEOPLE: Final = 5  # a mean over fewer people is to be read with care
INDICATIVE: Final = 30  # and one over fewer than these is but an indication
_WIDE: Final = NormalDist().inv_cdf(0.95)  # standard errors to either side hold 90 %


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
    sd^2, over n).
    """
    mean = total / people
    between = max(0.0, squares - people * mean**2) / (people - 1) if people > 1 else 0.0
    wide = _WIDE * sqrt((between + variances / people) / people)
    return Mean(mean, max(0.0, mean - wide), min(100.0, mean + wide), people)
