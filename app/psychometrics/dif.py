"""Whether a question is harder for one group than for another of the same ability (differential item functioning).

Mantel and Haenszel's common odds ratio over people matched on their score, as Holland and Thayer (1988) brought it to
tests, with the classes of the Educational Testing Service (Zieky 1993, in Holland and Wainer, Differential Item
Functioning). Pure Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, log, sqrt
from typing import Final

DELTA: Final = -2.35  # from the log odds ratio to the delta scale of ETS: negative is harder for the focal group
SIGNIFICANT: Final = 0.05
NEGLIGIBLE: Final = 1.0  # on the delta scale
LARGE: Final = 1.5
ONE_SIDED: Final = 1.645  # standard errors: 5 % on one side


class DifClass(StrEnum):
    """A: negligible. B: to be looked at. C: large, not to be used before somebody found out why."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Stratum:
    """People of one matching score: how many of each group answered the question rightly and wrongly."""

    reference_right: int
    reference_wrong: int
    focal_right: int
    focal_wrong: int

    @property
    def people(self) -> int:
        """All of them."""
        return self.reference_right + self.reference_wrong + self.focal_right + self.focal_wrong


@dataclass(frozen=True, slots=True)
class Dif:
    """`odds_ratio` > 1: easier for the reference group; `delta` is it on ETS's scale, with its standard error.

    `chi_square` (one degree of freedom, continuity correction) and its `p` say whether it could be chance.
    """

    odds_ratio: float
    delta: float
    delta_se: float
    chi_square: float
    p: float
    dif_class: DifClass


@dataclass(frozen=True, slots=True)
class Answers:
    """One person's answers to a test: by question, right or wrong; a question not asked is left out."""

    focal: bool  # False: of the reference group
    right: Mapping[str, bool]


def dif_of(question: str, people: Iterable[Answers]) -> Dif | None:
    """A question between two groups matched on how many questions each got right, the question itself included.

    That the question counts in its own match is as Holland and Thayer found it must. Compare people who were asked the
    same questions. None where it cannot be said (see `mantel_haenszel`).
    """
    cells: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for each in people:
        if question in each.right:
            cells[sum(each.right.values())][2 * each.focal + (not each.right[question])] += 1
    return mantel_haenszel([Stratum(*counts) for _, counts in sorted(cells.items())])


def mantel_haenszel(strata: Sequence[Stratum]) -> Dif | None:
    """The common odds ratio over strata; None where a group is missing, or the ratio would be 0 or without end.

    Standard error: Robins, Breslow and Greenland (1986, Biometrics 42, 311-323).
    """
    told = [each for each in strata if each.people > 1]
    agreeing = sum(each.reference_right * each.focal_wrong / each.people for each in told)
    opposing = sum(each.reference_wrong * each.focal_right / each.people for each in told)
    if not agreeing or not opposing:
        return None
    ratio = agreeing / opposing
    delta, delta_se = DELTA * log(ratio), -DELTA * _log_se(told, agreeing, opposing)
    chi_square = _chi_square(told)
    p = erfc(sqrt(chi_square / 2))
    return Dif(ratio, delta, delta_se, chi_square, p, _classed(delta, delta_se, p))


def _chi_square(strata: Sequence[Stratum]) -> float:
    """The deviation from what equal odds would give, with Yates' half, squared over its variance."""
    deviation = variance = 0.0
    for each in strata:
        reference = each.reference_right + each.reference_wrong
        right = each.reference_right + each.focal_right
        focal, wrong, people = each.people - reference, each.people - right, each.people
        deviation += each.reference_right - reference * right / people
        variance += reference * focal * right * wrong / (people * people * (people - 1))
    return max(0.0, abs(deviation) - 0.5) ** 2 / variance


def _log_se(strata: Sequence[Stratum], agreeing: float, opposing: float) -> float:
    both = crossed = neither = 0.0
    for each in strata:
        people = each.people
        p, q = (each.reference_right + each.focal_wrong) / people, (each.reference_wrong + each.focal_right) / people
        r, s = each.reference_right * each.focal_wrong / people, each.reference_wrong * each.focal_right / people
        both, crossed, neither = both + p * r, crossed + p * s + q * r, neither + q * s
    return sqrt(both / (2 * agreeing**2) + crossed / (2 * agreeing * opposing) + neither / (2 * opposing**2))


def _classed(delta: float, delta_se: float, p: float) -> DifClass:
    if p > SIGNIFICANT or abs(delta) < NEGLIGIBLE:
        return DifClass.A
    if abs(delta) >= LARGE and abs(delta) - NEGLIGIBLE > ONE_SIDED * delta_se:
        return DifClass.C
    return DifClass.B
