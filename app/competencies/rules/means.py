"""The mean score of a group, in one competency or several, and how surely it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean
from typing import Final

from app.psychometrics.intervals import FEW, mean_interval
from app.psychometrics.posterior import State

FEW_PEOPLE: Final = FEW  # a mean over fewer people is to be read with care
_WIDE: Final = NormalDist().inv_cdf(0.95)  # standard deviations to either side hold 90 %


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean (0.0 .. 100.0) of the scores of those `people` whose score is shown, with its 90 % interval."""

    score: float
    low: float
    high: float
    people: int


@dataclass(frozen=True, slots=True)
class Pooled:
    """What a group's means come to in one competency or over several, each of these counting alike.

    `score`, `low` and `high` (0.0 .. 100.0) are the means of theirs, and so is `cut`. The people are much the same in
    all of them and may err the same way in each: no mean of bounds is too narrow then, it is rather too wide. Between
    `fewest` and `most` people stand behind a competency; of `asked` competencies `told` have a mean.
    """

    score: float
    low: float
    high: float
    cut: float
    fewest: int
    most: int
    told: int
    asked: int

    @property
    def state(self) -> State:
        """Whether the mean is at or above the cut, below it, or neither for certain: as shown, in whole numbers."""
        if round(self.low) >= self.cut:
            return State.MASTERED
        return State.NEEDS_SUPPORT if round(self.high) < self.cut else State.UNCERTAIN


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


def pooled(means: Sequence[Mean | None], cuts: Sequence[float]) -> Pooled | None:
    """The means of a group in some competencies (None: of nobody) as one figure, with their cuts; None without any."""
    told = [(mean, cut) for mean, cut in zip(means, cuts, strict=True) if mean]
    if not told:
        return None
    people = [mean.people for mean, _ in told]
    return Pooled(
        fmean(mean.score for mean, _ in told),
        fmean(mean.low for mean, _ in told),
        fmean(mean.high for mean, _ in told),
        fmean(cut for _, cut in told),
        min(people),
        max(people),
        len(told),
        len(means),
    )
