"""What each option of a question does: who chose it, and whether they were the strong or the weak. numpy.

A good distractor is chosen by some, and by the weak more than by the strong; the key the other way round. An attempt's
strength is what it earned on all the rest of the test.
Source: Haladyna (2004), Developing and Validating Multiple-Choice Test Items, chapter 9 (trace lines by ability group,
point-biserial of each option against the rest).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.psychometrics.classical import unvaried_reason
from app.psychometrics.figures import Reason
from app.psychometrics.intervals import INDICATIVE
from app.psychometrics.moments import Column, correlation, moments

THIRDS: Final = 3
FIFTHS: Final = 5

_DIGITS: Final = 9  # of a rest; what differs beyond is a last bit, and the same strength

Groups = NDArray[np.intp]


class Chosen(NamedTuple):
    """What one attempt answered, and how strong it was otherwise."""

    options: Collection[int]  # indexes of the question's options; empty: not answered; several where that is allowed
    rest: float  # of all the rest of the attempt; as a share of its points where attempts hold different items


@dataclass(frozen=True, slots=True)
class Group:
    """Attempts of like strength."""

    n: int
    low: float | None  # the weakest rest in it, and the strongest; None where nobody is in it
    high: float | None


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """One option, or leaving the question unanswered."""

    option: int | None  # index; None: not answered
    count: int
    share: float | None  # of all attempts, 0..1; None where there is none
    by_group: tuple[float | None, ...]  # share in each group, the weakest first; None for a group of nobody
    discrimination: float | None  # percent, -100..100: point-biserial of choosing it with the rest
    reason: Reason | None  # why discrimination is None


@dataclass(frozen=True, slots=True)
class OptionAnalysis:
    """All options of a question, in their order."""

    n: int
    groups: tuple[Group, ...]  # the weakest first
    options: tuple[OptionStatistics, ...]
    unanswered: OptionStatistics

    @property
    def indicative(self) -> bool:
        """Whether there are too few attempts for more than a hint."""
        return self.n < INDICATIVE


def analyse_options(answers: Sequence[Chosen], options: int, groups: int | None = None) -> OptionAnalysis:
    """The question's `options` (how many) over the attempts that held it.

    `groups`: how many groups of like strength; None: fifths where each of them has INDICATIVE attempts, else thirds.
    Raises ValueError where an answer names no option.
    """
    count = groups or (FIFTHS if len(answers) >= FIFTHS * INDICATIVE else THIRDS)
    rests = np.array([answer.rest for answer in answers], dtype=np.float64)
    chosen = np.zeros((len(answers), options))
    for row, answer in enumerate(answers):
        for option in answer.options:
            if not 0 <= option < options:
                raise ValueError(f"there is no option {option} among {options}")
            chosen[row, option] = 1.0
    belongs = ability_groups(rests, count)
    told = [_option(option, chosen[:, option], rests, (belongs, count)) for option in range(options)]
    left = (chosen.sum(axis=1) == 0).astype(np.float64)
    made = tuple(_group(rests[belongs == group]) for group in range(count))
    return OptionAnalysis(len(answers), made, tuple(told), _option(None, left, rests, (belongs, count)))


def ability_groups(rests: Column, count: int) -> Groups:
    """To which of `count` groups each rest belongs, from 0, the weakest. Equal rests are never parted.

    A group is told by the middle rank of those with the same rest, so that groups are as even as ties allow; one may
    stay empty.
    """
    if not len(rests):
        return np.zeros(0, dtype=np.intp)
    _, place, sizes = np.unique(np.round(rests, _DIGITS), return_inverse=True, return_counts=True)
    middle = np.cumsum(sizes) - sizes / 2  # attempts below, and half of those beside
    return (middle * count / len(rests)).astype(np.intp)[place]


def _group(rests: Column) -> Group:
    return Group(len(rests), float(rests.min()), float(rests.max())) if len(rests) else Group(0, None, None)


def _option(option: int | None, chosen: Column, rests: Column, groups: tuple[Groups, int]) -> OptionStatistics:
    belongs, count = groups
    inside = [chosen[belongs == group] for group in range(count)]
    spread = moments(chosen, rests, 0.0)
    discrimination = correlation(spread)
    reason = None if discrimination is not None else unvaried_reason(spread) or Reason.FEW_ATTEMPTS
    shares = tuple(float(each.mean()) if len(each) else None for each in inside)
    share = float(chosen.mean()) if len(chosen) else None
    return OptionStatistics(option, int(chosen.sum()), share, shares, discrimination, reason)
