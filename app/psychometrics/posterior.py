"""What a person's answers say of one ability, and how surely. Standard library only: it runs at every hand-in.

Before any answer the ability theta is taken to be spread N(0, 1) over people (in logits); each answer sharpens this by
its curve (`curves`). What is shown is the *score*, 100 times the probability of knowing the answer to a question of
medium difficulty (a = 1, b = 0): 100 / (1 + exp(-theta)).

Whether somebody guesses where they do not know is not known. So two posteriors are made, one as if they always do and
one as if they never do, and half of each is taken (a linear opinion pool: Stone 1961, Annals of Mathematical Statistics
32, 1339-1342). The halves stay halves whatever is answered: were the answers to say who guesses, a right answer could
lower a score.

The posterior is summed on a fixed grid (expected a posteriori: Bock and Mislevy 1982, Applied Psychological
Measurement 6, 431-444).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from math import ceil, exp, fsum, inf, log, sqrt
from operator import mul
from statistics import NormalDist
from types import MappingProxyType
from typing import Final

from app.psychometrics.curves import GRID, STEP, Curve, Evidence, curves, information

TAIL: Final = 0.05  # left out at each end of the interval: it holds 90 %
FORESEEABLE: Final = 40  # answers; a longer way is not foretold
GUESSING: Final = 0.5  # how probable it is held that somebody guesses where they do not know

_PRIOR: Final = tuple(-theta * theta / 2 for theta in GRID)  # its log, up to a constant
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
class Posterior:
    """`theta` and `se` are the ability's mean and standard deviation in logits.

    `score` and `sd` are the mean and standard deviation of the score, `low` .. `high` holds it with 90 % (all 0..100).
    `certainty` is the probability (0..1) that the true score is at or above the cut. `guess` (0..1) is what a blind
    guess earns at these questions on the average.
    """

    theta: float
    se: float
    score: float
    sd: float
    low: float
    high: float
    certainty: float
    guess: float = 0.0


def posterior(evidence: Sequence[Evidence], *, cut: float) -> Posterior:
    """What these answers of one person say, in whatever order they came; without any, the prior.

    `cut` is on the scale of the score.
    """
    weights = _weights(evidence)
    theta, score = sum(map(mul, weights, GRID)), sum(map(mul, weights, _SCORES))
    below = _cumulated(weights)
    return Posterior(
        theta=theta,
        se=_spread(weights, GRID, theta),
        score=score,
        sd=_spread(weights, _SCORES, score),
        low=_score(_quantile(below, TAIL)),
        high=_score(_quantile(below, 1 - TAIL)),
        certainty=1 - _share_below(below, _ability(cut)),
        guess=fsum(each.guess for each in evidence) / len(evidence) if evidence else 0.0,
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

    Foretold for questions of medium difficulty as authors say it, as easily guessed as those so far: each adds its
    information at the person's ability, until the ability lies as many standard errors from the cut as the certainty
    asks.
    """
    reached = state(posterior, n, minimum=minimum, certainty=certainty)
    if reached in (State.MASTERED, State.NEEDS_SUPPORT):
        return None
    distance = abs(posterior.theta - _ability(cut))
    wanted = NormalDist().inv_cdf(certainty) if certainty < 1 else inf
    lacking = (wanted / distance) ** 2 - 1 / posterior.se**2 if distance else inf
    expected = max(lacking / _of_a_further(posterior), minimum - n, 1)
    return ceil(expected) if expected <= FORESEEABLE else None


def told(answer: Evidence, theta: float) -> float:
    """What such an answer tells at this ability (per square logit) while it is not known who guesses."""
    return information(answer._replace(guess=GUESSING * answer.guess), theta)


def _weights(evidence: Sequence[Evidence]) -> list[float]:
    """The posterior on the grid: sums to 1."""
    pairs = list(map(curves, sorted(evidence)))  # the same number whatever the order of the rows
    never = _normal([each for each, _ in pairs])
    if all(each is other for each, other in pairs):
        return never
    always = _normal([each for _, each in pairs])
    return [GUESSING * guessed + (1 - GUESSING) * known for guessed, known in zip(always, never, strict=True)]


def _normal(answers: Iterable[Curve]) -> list[float]:
    """Likelihood times prior on the grid, scaled to sum to 1."""
    logs = list(map(sum, zip(_PRIOR, *answers, strict=True)))
    top = max(logs)
    weights = [exp(each - top) for each in logs]
    mass = 1 / sum(weights)
    return [each * mass for each in weights]


def _spread(weights: Sequence[float], values: Sequence[float], mean: float) -> float:
    away = [value - mean for value in values]
    return sqrt(sum(map(mul, weights, map(mul, away, away))))


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


def _of_a_further(posterior: Posterior) -> float:
    """What one further question of medium difficulty, as its author says, tells at this ability (per square logit)."""
    medium = DIFFICULTIES["medium"]
    return told(Evidence(1, 1, medium.b, medium.sd, posterior.guess), posterior.theta)
