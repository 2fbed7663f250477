"""What a person's answers say of one ability, and how surely. Standard library only: it runs at every hand-in.

Before any answer the ability theta is taken to be spread N(0, 1) over people (in logits); each answer sharpens this by
the two-parameter logistic model, P(right) = 1 / (1 + exp(-a (theta - b))). What is shown is the *score*, 100 times the
probability of answering a question of medium difficulty (a = 1, b = 0) rightly: 100 / (1 + exp(-theta)).

The posterior is summed on a fixed grid (expected a posteriori: Bock and Mislevy 1982, Applied Psychological
Measurement 6, 431-444). The likelihood takes two numbers per answer and one curve per question, and the curves are
kept, so that an answer costs a line of additions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, exp, fsum, inf, log, log1p, sqrt
from operator import mul
from statistics import NormalDist
from types import MappingProxyType
from typing import Final

STEP: Final = 0.1  # logits between two points of the grid
GRID: Final = tuple(STEP * point for point in range(-50, 51))  # -5 .. 5: beyond it the prior holds under 1 in a million
TAIL: Final = 0.05  # left out at each end of the interval: it holds 90 %
FORESEEABLE: Final = 40  # answers; a longer way is not foretold
# (16 sqrt(3) / (15 pi))^2: how much a logistic curve flattens when averaged over a normal spread of its location
# (Zeger, Liang and Albert 1988, Biometrics 44, 1049-1060).
FLATTENING: Final = 0.346

_PRIOR: Final = tuple(theta * theta / 2 for theta in GRID)  # what it takes from the log likelihood
_SCORES: Final = tuple(100 / (1 + exp(-theta)) for theta in GRID)


class State(StrEnum):
    """What may be said of a person in a competency. None of them is a verdict of competence."""

    MASTERED = "mastered"
    NEEDS_SUPPORT = "needs_support"
    UNCERTAIN = "uncertain"  # answers enough, but the score may lie on either side of the cut
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Prior:
    """How difficult a question is taken to be (`b`, logits) before it is calibrated, and how uncertain that is."""

    b: float
    sd: float


DIFFICULTIES: Final[Mapping[str | None, Prior]] = MappingProxyType(
    {"easy": Prior(-1, 0.7), "medium": Prior(0, 0.7), "hard": Prior(1, 0.7), None: Prior(0, 1)}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer that counts: `fraction` of its points (0..1, what lies outside is taken as the end it passed).

    `a` (> 0) and `b` (logits) are the question's slope and difficulty, `sd_b` (>= 0) how uncertain the difficulty is.
    """

    fraction: float
    a: float
    b: float
    sd_b: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """`theta` and `se` are the ability's mean and standard deviation in logits.

    `score` and `sd` are the mean and standard deviation of the score, `low` .. `high` holds it with 90 % (all 0..100).
    `certainty` is the probability (0..1) that the true score is at or above the cut.
    """

    theta: float
    se: float
    score: float
    sd: float
    low: float
    high: float
    certainty: float


def posterior(evidence: Sequence[Evidence], *, cut: float) -> Posterior:
    """What these answers of one person say, in whatever order they came; without any, the prior.

    An answer worth a fraction f of its points counts f log P + (1 - f) log(1 - P). `cut` is on the scale of the score.
    """
    weights = _weights(evidence)
    mass = 1 / sum(weights)
    theta = sum(map(mul, weights, GRID)) * mass
    score = sum(map(mul, weights, _SCORES)) * mass
    below = _cumulated(weights)
    return Posterior(
        theta=theta,
        se=_spread(weights, GRID, theta, mass),
        score=score,
        sd=_spread(weights, _SCORES, score, mass),
        low=_score(_quantile(below, TAIL)),
        high=_score(_quantile(below, 1 - TAIL)),
        certainty=1 - _share_below(below, _ability(cut)),
    )


def state(posterior: Posterior, n: int, *, minimum: int, certainty: float) -> State:
    """What may be said after `n` answers; `certainty` (0.5 .. 1) is asked for on either side of the cut."""
    if n < minimum:
        return State.TOO_FEW
    if posterior.certainty >= certainty:
        return State.MASTERED
    if 1 - posterior.certainty >= certainty:
        return State.NEEDS_SUPPORT
    return State.UNCERTAIN


def more_answers(posterior: Posterior, n: int, *, cut: float, minimum: int, certainty: float) -> int | None:
    """How many further answers will settle the state if the person goes on as so far; None: settled, or too many.

    Foretold for questions of medium difficulty as authors say it: each adds its information a^2 P (1 - P) at the
    person's ability, until the ability lies as many standard errors from the cut as the certainty asks.
    """
    reached = state(posterior, n, minimum=minimum, certainty=certainty)
    if reached in (State.MASTERED, State.NEEDS_SUPPORT):
        return None
    distance = abs(posterior.theta - _ability(cut))
    wanted = NormalDist().inv_cdf(certainty) if certainty < 1 else inf
    lacking = (wanted / distance) ** 2 - 1 / posterior.se**2 if distance else inf
    expected = max(lacking / _information(posterior.theta), minimum - n, 1)
    return ceil(expected) if expected <= FORESEEABLE else None


def _weights(evidence: Iterable[Evidence]) -> list[float]:
    """Likelihood times prior on the grid, scaled so that the largest is 1."""
    curves, slopes = [_PRIOR], []
    for each in evidence:
        curves.append(_curve(each.a, each.b, each.sd_b))
        slopes.append(min(1.0, max(0.0, each.fraction)) * _flattened(each.a, each.sd_b))
    # fsum: the same number whatever the order of the rows
    slope, curve = fsum(slopes), map(fsum, zip(*curves, strict=True))
    logs = [slope * theta - each for theta, each in zip(GRID, curve, strict=True)]
    top = max(logs)
    return [exp(each - top) for each in logs]


@lru_cache(maxsize=2048)
def _curve(a: float, b: float, sd_b: float) -> tuple[float, ...]:
    """-log(1 - P) of a question on the grid: what an answer takes from the log likelihood, whatever it was worth."""
    slope = _flattened(a, sd_b)
    return tuple(_softplus(slope * (theta - b)) for theta in GRID)


def _softplus(z: float) -> float:
    """log(1 + exp(z)), also where exp(z) would overflow."""
    return max(z, 0.0) + log1p(exp(-abs(z)))


def _flattened(a: float, sd_b: float) -> float:
    """The slope that is left of a question whose difficulty is uncertain."""
    return a / sqrt(1 + FLATTENING * (a * sd_b) ** 2)


def _spread(weights: Sequence[float], values: Sequence[float], mean: float, mass: float) -> float:
    squares = sum(weight * (value - mean) ** 2 for weight, value in zip(weights, values, strict=True))
    return sqrt(squares * mass)


def _cumulated(weights: Sequence[float]) -> list[float]:
    """The probability below each point of the grid, by trapezoids: 0 at its first point, 1 at its last."""
    areas = [0.0, *((left + right) / 2 for left, right in pairwise(weights))]
    total = sum(areas)
    return [each / total for each in accumulate(areas)]


def _quantile(below: Sequence[float], share: float) -> float:
    """The ability with this share of the probability below it, between the points of the grid on a straight line."""
    point = next(point for point, each in enumerate(below) if each >= share)
    left, right = below[point - 1], below[point]
    return GRID[point - 1] + STEP * (share - left) / (right - left)


def _share_below(below: Sequence[float], theta: float) -> float:
    if theta <= GRID[0]:
        return 0.0
    if theta >= GRID[-1]:
        return 1.0
    place = (theta - GRID[0]) / STEP
    point = min(int(place), len(GRID) - 2)
    return below[point] + (place - point) * (below[point + 1] - below[point])


def _ability(score: float) -> float:
    """The ability whose score this is; what lies outside 0 .. 100 is taken as its end."""
    if score <= 0:
        return -inf
    return inf if score >= 100 else log(score / (100 - score))


def _score(theta: float) -> float:
    return 100 / (1 + exp(-theta))


def _information(theta: float) -> float:
    """What one further question of medium difficulty, as its author says, tells at this ability (per square logit)."""
    medium = DIFFICULTIES["medium"]
    slope = _flattened(1, medium.sd)
    right = 1 / (1 + exp(-slope * (theta - medium.b)))
    return slope**2 * right * (1 - right)
