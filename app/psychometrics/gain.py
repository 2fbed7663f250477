"""What a group gained between a test before and one after: of those who took both, from their first attempts.

The normalised gain is Hake's, from the group's means (Hake 1998, American Journal of Physics 66, 64-74): the share of
what could still be gained that was gained. The effect size is d_av, the difference of the means in units of the mean of
both standard deviations (Cumming 2012; Lakens 2013, Frontiers in Psychology 4:863, formula 10), because unlike d_z it
does not grow with the correlation of the two tests and can be held against those of other studies; it carries Hedges'
correction for small groups. Both have intervals by resampling people with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, lgamma, nan, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.psychometrics.intervals import CERTAINTY, FEW, INDICATIVE, Interval, mean_interval, wilson

FULL: Final = 100.0  # percent of the points
HIGH: Final = 0.7
MEDIUM: Final = 0.3
TIMES: Final = 2_000  # samples of people; fewer where the group is large
DRAWS: Final = 2_000_000  # people drawn in all samples together
DRAWN_AT_ONCE: Final = 100_000  # bounds the memory
LEAST_TIMES: Final = 200
LEAST_PEOPLE: Final = 3  # an interval or an effect size of fewer says nothing
UNDEFINED: Final = 0.05  # more samples than this without a figure: no interval
TAIL: Final = (1 - CERTAINTY) / 2
MIDDLE: Final = 50.0  # marks are summed around it, so that squares stay exact
ROUNDING: Final = 1e-5  # points of a hundred: what floating point may leave of a difference of nothing
A_FIRST: Final = (1, -1)
B_FIRST: Final = (-1, 1)

Numbers = NDArray[np.float64]


class GainClass(StrEnum):
    """Hake's classes; less than nothing is no low gain."""

    HIGH = "high"  # from 0.7
    MEDIUM = "medium"  # from 0.3
    LOW = "low"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Taken:
    """What one person reached before and after, in percent of the points (0..100), and the form each time ("A", "B").

    None: the test has one form.
    """

    before: float
    after: float
    form_before: str | None = None
    form_after: str | None = None


@dataclass(frozen=True, slots=True)
class GroupGain:
    """A group that took both tests. `before` and `after` are mean percents, corrected for the forms where crossed.

    `gain` None: nothing could be gained (before = 100). `effect` None: fewer than three people, or all alike.
    `forms` is how much easier A is than B, in points of a hundred: None where the forms were not crossed.
    `confounded`: people met different forms that were not crossed, so gain and forms cannot be told apart.
    """

    people: int
    before: float
    after: float
    before_interval: Interval | None
    after_interval: Interval | None
    gain: float | None
    gain_class: GainClass | None
    gain_interval: Interval | None
    effect: float | None
    effect_interval: Interval | None
    forms: float | None
    confounded: bool

    @property
    def few(self) -> bool:
        """Whether it is to be read with care."""
        return self.people < FEW

    @property
    def indicative(self) -> bool:
        """Whether it is indicative only."""
        return self.people < INDICATIVE


@dataclass(frozen=True, slots=True)
class ItemGain:
    """One question met before and after: the share of its points (0..1) each time, the difference with its interval.

    `gain` is the share of what could still be gained that was gained; None where nothing could.
    """

    before: float
    after: float
    difference: float
    interval: Interval
    gain: float | None


def normalised_gain(before: float, after: float, full: float = FULL) -> float | None:
    """The share of what could still be gained that was gained; negative where the mean fell, None from `full` on."""
    return (after - before) / (full - before) if full - before > ROUNDING else None


def gain_class(gain: float) -> GainClass:
    """The class of a gain, as it is shown: with two decimals."""
    shown = round(gain, 2)
    if shown < 0:
        return GainClass.NEGATIVE
    if shown < MEDIUM:
        return GainClass.LOW
    return GainClass.HIGH if shown >= HIGH else GainClass.MEDIUM


def group_gain(taken: Sequence[Taken], seed: int = 1) -> GroupGain | None:
    """What these people gained as a group; None without people. The same seed gives the same intervals."""
    if not taken:
        return None
    orders = sorted({_signs(each) for each in taken})
    columns = _columns(taken, orders)
    people = len(taken)
    found = _figures(columns.sum(axis=0)[np.newaxis], orders)
    sampled = _figures(_sampled_sums(columns, seed), orders) if people >= LEAST_PEOPLE else None
    before, after = float(found.means[0, 0]), float(found.means[0, 1])
    gain = _or_none(found.gains[0])
    return GroupGain(
        people=people,
        before=before,
        after=after,
        before_interval=_mean_interval(people, before, float(found.spreads[0, 0])),
        after_interval=_mean_interval(people, after, float(found.spreads[0, 1])),
        gain=gain,
        gain_class=None if gain is None else gain_class(gain),
        gain_interval=_percentiles(sampled.gains) if sampled and gain is not None else None,
        effect=_or_none(found.effects[0]),
        effect_interval=_percentiles(sampled.effects) if sampled else None,
        forms=_or_none(found.forms[0]),
        confounded=bool(np.isnan(found.forms[0])) and any(first != second for first, second in orders),
    )


def item_gain(
    before_right: float, before_people: int, after_right: float, after_people: int, *, certainty: float = CERTAINTY
) -> ItemGain | None:
    """One question, from the sums of what people reached of it (shares 0..1); None where a side has nobody.

    The interval is Newcombe's for two groups (1998, Statistics in Medicine 17, 873-890, method 10). Where the same
    people met the question twice it is rather too wide.
    """
    if not (before_people and after_people):
        return None
    before, after = before_right / before_people, after_right / after_people
    old = wilson(before_right, before_people, certainty)
    new = wilson(after_right, after_people, certainty)
    difference = after - before
    down = sqrt((after - new.low) ** 2 + (old.high - before) ** 2)
    up = sqrt((new.high - after) ** 2 + (before - old.low) ** 2)
    gain = normalised_gain(before, after, full=1)
    return ItemGain(before, after, difference, Interval(difference - down, difference + up), gain)


def _signs(taken: Taken) -> tuple[int, int]:
    """The order of the forms: A is 1, B is -1, a test of one form 0."""
    signs = {None: 0, "A": 1, "B": -1}
    return signs[taken.form_before], signs[taken.form_after]


def _columns(taken: Sequence[Taken], orders: Sequence[tuple[int, int]]) -> Numbers:
    """People x orders x (1, before, after, both squared); nought but at the order that the person met."""
    marks = np.array([[each.before, each.after] for each in taken], dtype=float) - MIDDLE
    of_each = np.hstack([np.ones((len(taken), 1)), marks, marks**2])
    columns = np.zeros((len(taken), len(orders), of_each.shape[1]))
    columns[np.arange(len(taken)), [orders.index(_signs(each)) for each in taken]] = of_each
    return columns


def _sampled_sums(columns: Numbers, seed: int) -> Numbers:
    """The sums of samples of as many people, drawn with replacement: samples x orders x 5."""
    random = np.random.default_rng(seed)
    people = len(columns)
    flat = columns.reshape(people, -1)
    times = max(LEAST_TIMES, min(TIMES, DRAWS // people))
    at_once = max(1, DRAWN_AT_ONCE // people)
    sums = [_drawn(flat, random, min(at_once, times - made)) for made in range(0, times, at_once)]
    return np.concatenate(sums).reshape(times, *columns.shape[1:])


def _drawn(flat: Numbers, random: np.random.Generator, times: int) -> Numbers:
    """The sums of so many samples, made at once: samples x sums."""
    people = len(flat)
    drawn = random.integers(0, people, (times, people)) + people * np.arange(times)[:, np.newaxis]
    return np.bincount(drawn.ravel(), minlength=times * people).reshape(times, people) @ flat


@dataclass(frozen=True, slots=True)
class _Figures:
    """Of each sample; nan where undefined. `means` and `spreads` have a column for before and one for after."""

    means: Numbers
    spreads: Numbers
    gains: Numbers
    effects: Numbers
    forms: Numbers


def _figures(sums: Numbers, orders: Sequence[tuple[int, int]]) -> _Figures:
    counts, marks, squares = sums[..., :1], sums[..., 1:3], sums[..., 3:5]
    people = counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        forms = _forms_difference(sums, orders)
        crossed = {A_FIRST, B_FIRST} <= set(orders)  # then a sample that lost one of both orders is undefined
        # Each mark as it would be on a test midway between both forms; it may leave 0..100, so that means stay true.
        shift = (forms if crossed else np.zeros(len(sums)))[:, np.newaxis, np.newaxis] / 2 * np.array(orders, float)
        level = (marks - counts * shift).sum(axis=1)
        level_squares = (squares - 2 * shift * marks + counts * shift**2).sum(axis=1)
        means = level / people + MIDDLE
        variances = (level_squares - level**2 / people) / (people - 1)
        spreads = np.sqrt(np.maximum(variances, 0))
        left = FULL - means[:, 0]
        gained = means[:, 1] - means[:, 0]
        spread = spreads.mean(axis=1)
        effects = _hedges(int(people[0, 0]) - 1) * gained / np.where(spread > ROUNDING, spread, np.nan)
        return _Figures(means, spreads, gained / np.where(left > ROUNDING, left, np.nan), effects, forms)


def _forms_difference(sums: Numbers, orders: Sequence[tuple[int, int]]) -> Numbers:
    """How many points A is easier than B; nan where not both orders were met.

    The estimate of the two-period cross-over design (Hills and Armitage 1979, British Journal of Clinical Pharmacology
    8, 7-20): half the difference of the mean gains of those who met B first and those who met A first. What one group
    knows more than the other falls out, as does what all gained.
    """
    if not {A_FIRST, B_FIRST} <= set(orders):
        return np.full(len(sums), np.nan)
    gained = (sums[..., 2] - sums[..., 1]) / sums[..., 0]
    return (gained[:, orders.index(B_FIRST)] - gained[:, orders.index(A_FIRST)]) / 2


def _hedges(freedom: int) -> float:
    """The factor that takes the bias of small groups out (Hedges 1981, Journal of Educational Statistics 6, 107-128).

    nan below two degrees of freedom.
    """
    if freedom < LEAST_PEOPLE - 1:
        return nan
    return exp(lgamma(freedom / 2) - lgamma((freedom - 1) / 2)) / sqrt(freedom / 2)


def _percentiles(found: Numbers) -> Interval | None:
    defined = found[np.isfinite(found)]
    if len(defined) < (1 - UNDEFINED) * len(found):
        return None
    low, high = np.quantile(defined, [TAIL, 1 - TAIL]).tolist()
    return Interval(low, high)


def _or_none(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)


def _mean_interval(people: int, mean: float, spread: float) -> Interval | None:
    if people < LEAST_PEOPLE:
        return None
    found = mean_interval(people, mean, spread, CERTAINTY)
    return found and Interval(max(0.0, found.low), min(FULL, found.high))
