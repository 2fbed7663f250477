"""Certainty marks: how sure a person is decides what a right answer earns and a wrong one costs.

Source: Moodle 4.1, deferredcbm and `question_cbm`, after Gardner-Medwin (1995). A mark is a multiple of the question's
points, from -6 to 3, so that honesty about what one does not know pays best.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import fsum
from types import MappingProxyType
from typing import Final

from app.content.activities import Feedback
from app.questions.base import EPSILON, Question

WRONG_BELOW: Final = 5e-8  # a fraction up to this counts as wrong
BONUS_RATE: Final = 0.1
CLEARLY: Final = 0.5  # how large n * (share right - limit)^2 must be to be more than "slightly" off


class Certainty(IntEnum):
    """How sure a person says to be."""

    LOW = 1
    MIDDLE = 2
    HIGH = 3


ASSUMED: Final = Certainty.LOW  # of an answer without one, where the quiz is marked at the end
LOWEST_MARK: Final = -6.0  # of the question's points
HIGHEST_MARK: Final = 3.0

_COST: Final[Mapping[Certainty, float]] = MappingProxyType(
    {Certainty.LOW: 0.0, Certainty.MIDDLE: -2.0, Certainty.HIGH: LOWEST_MARK}
)

# The chance of being right (low, high) between which a certainty pays best: C = 1 earns p, C = 2 earns 2p - 2(1 - p),
# C = 3 earns 3p - 6(1 - p); the lines cross at p = 2/3 and p = 4/5.
LIMITS: Final[Mapping[Certainty, tuple[float, float]]] = MappingProxyType(
    {Certainty.LOW: (0.0, 2 / 3), Certainty.MIDDLE: (2 / 3, 0.8), Certainty.HIGH: (0.8, 1.0)}
)


def certainty_mark(fraction: float, certainty: Certainty) -> float:
    """The mark of an answer that is worth `fraction`, -6.0 .. 3.0 of the question's points."""
    return _COST[certainty] if fraction <= WRONG_BELOW else certainty * fraction


def asks_certainty(question: Question, feedback: Feedback) -> bool:
    """Whether a learner is asked how sure they are: not where a person marks, or nobody."""
    return feedback == "certainty" and question.checkable


@dataclass(frozen=True, slots=True)
class SureAnswer:
    """One slot of a finished attempt. `certainty` None: nothing was answered, or what was given was not understood.

    `asked` False: answered, and a person marked it; how sure one is of an essay is not asked, so it says nothing of it.
    """

    fraction: float
    certainty: Certainty | None
    points: float = 1.0
    asked: bool = True

    @property
    def mark(self) -> float:
        """Its mark in points; 0.0 where it was not answered."""
        return 0.0 if self.certainty is None else self.points * certainty_mark(self.fraction, self.certainty)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a set of answers comes to. Shares and the average are of the points, at least one of which was at stake."""

    accuracy: float  # A: the share of the points that was right, whatever the certainty
    average: float  # T: the mean certainty mark, -6.0 .. 3.0, of those of which it was asked
    asked: float = 1.0  # which share of the points those are
    asked_accuracy: float = 0.0  # A of those

    @property
    def bonus(self) -> float:
        """0.1 (T - the best that one certainty for all answers would have earned); below 0 for who misjudged.

        Of the answers of which it was asked, and weighing as much as they do: marked by hand, a right essay beside
        right answers all given surely is still full marks. (Moodle 4.1 marks an essay by hand, without certainty.)
        """
        right, wrong = self.asked_accuracy, 1 - self.asked_accuracy
        return BONUS_RATE * self.asked * (self.average - max(right, 2 * right - 2 * wrong, 3 * right - 6 * wrong))

    @property
    def accuracy_with_bonus(self) -> float:
        """A + bonus, as it is reported."""
        return self.accuracy + self.bonus


class Judgement(StrEnum):
    """Whether a certainty was chosen as often as was right."""

    FITTING = "fitting"
    SLIGHTLY_OVERCONFIDENT = "slightly_overconfident"
    OVERCONFIDENT = "overconfident"
    SLIGHTLY_UNDERCONFIDENT = "slightly_underconfident"
    UNDERCONFIDENT = "underconfident"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The answers given with one certainty: how many, which share of their points was right, and what that says."""

    certainty: Certainty
    answers: int  # at least 1
    share_right: float
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Summary:
    """An attempt under certainty marks. None where no points were at stake; no calibration for a certainty not used."""

    overall: Totals | None
    answered: Totals | None
    by_certainty: tuple[Calibration, ...]
    unanswered: int


def summary(answers: Iterable[SureAnswer]) -> Summary:
    """What the slots of an attempt say together; those without points are left out."""
    counted = [each for each in answers if each.points > 0]
    given = [each for each in counted if each.certainty is not None]
    groups = [(level, [each for each in given if each.asked and each.certainty is level]) for level in Certainty]
    return Summary(
        _totals(counted),
        _totals(given),
        tuple(_calibration(level, group) for level, group in groups if group),
        len(counted) - len(given),
    )


def certainty_fraction(answers: Iterable[SureAnswer]) -> float:
    """An attempt under certainty marks as a share of 1: accuracy with bonus, within 0.0 .. 1.0.

    So a quiz stays worth 100 %, and its pass mark keeps its meaning: everything right and always sure is 1; knowing
    what one knows adds some points, being wrong and sure takes some away. The plain sum of the marks would be worth up
    to 300 % (a right answer earns up to 3). Source: accuracy + bonus, as Moodle 4.1 reports it.
    """
    overall = summary(answers).overall
    return 0.0 if overall is None else min(1.0, max(0.0, overall.accuracy_with_bonus))


def judged(certainty: Certainty, share_right: float, answers: int) -> Judgement:
    """How `answers` given with a certainty, of which a share was right, compare with its limits."""
    low, high = LIMITS[certainty]
    below, above = share_right < low - EPSILON, share_right > high + EPSILON
    clearly = (share_right - (low if below else high)) ** 2 * answers > CLEARLY
    if below:
        return Judgement.OVERCONFIDENT if clearly else Judgement.SLIGHTLY_OVERCONFIDENT
    if above:
        return Judgement.UNDERCONFIDENT if clearly else Judgement.SLIGHTLY_UNDERCONFIDENT
    return Judgement.FITTING


def _totals(answers: Sequence[SureAnswer]) -> Totals | None:
    points = fsum(each.points for each in answers)
    if points <= 0:
        return None
    asked = [each for each in answers if each.asked]
    of_asked = fsum(each.points for each in asked)
    if of_asked <= 0:
        return Totals(_share_right(answers), average=0.0, asked=0.0)
    average = fsum(each.mark for each in asked) / of_asked
    return Totals(_share_right(answers), average, of_asked / points, _share_right(asked))


def _share_right(answers: Sequence[SureAnswer]) -> float:
    """Their earned share of their points; what was not answered earned nothing."""
    earned = fsum(each.points * each.fraction for each in answers if each.certainty is not None)
    return earned / fsum(each.points for each in answers)


def _calibration(certainty: Certainty, answers: Sequence[SureAnswer]) -> Calibration:
    share = _share_right(answers)
    return Calibration(certainty, len(answers), share, judged(certainty, share, len(answers)))
