"""What one answer says of an ability, on a fixed grid of abilities. Standard library only: it runs at every hand-in.

Who knows enough answers rightly with the probability L = 1 / (1 + exp(-a (theta - b))): the two-parameter logistic
model. Who does not know may guess, and earns c of the points by that: P = c + (1 - c) L, the three-parameter model
(Birnbaum, in Lord and Novick 1968), c being what the question's blind guess is worth on the average. A fraction f of
the points counts f log P + (1 - f) log(1 - P): right on the average for any mark whose mean is P.

Each curve is kept: an answer then costs a line of additions.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, log, log1p, sqrt
from typing import Final, NamedTuple

STEP: Final = 0.1  # logits between two points of the grid
GRID: Final = tuple(STEP * point for point in range(-50, 51))  # -5 .. 5: beyond it the prior holds under 1 in a million
# (16 sqrt(3) / (15 pi))^2: how much a logistic curve flattens when averaged over a normal spread of its location
# (Zeger, Liang and Albert 1988, Biometrics 44, 1049-1060). What guessing adds is the same wherever the curve lies.
FLATTENING: Final = 0.346

Curve = tuple[float, ...]


class Evidence(NamedTuple):
    """One answer that counts: `fraction` of its points (0..1, what lies outside is taken as the end it passed).

    `a` (> 0) and `b` (logits) are the question's slope and difficulty, `sd_b` (>= 0) how uncertain the difficulty is,
    `guess` (0..1) what a blind guess at it earns on the average.
    """

    fraction: float
    a: float
    b: float
    sd_b: float
    guess: float = 0.0


@lru_cache(maxsize=4096)
def curves(answer: Evidence) -> tuple[Curve, Curve]:
    """The answer's log likelihood on the grid, up to a constant: if the person never guesses, and if they always do
    where they do not know. The same twice where nothing can be guessed.
    """
    slope, fraction = _flattened(answer.a, answer.sd_b), min(1.0, max(0.0, answer.fraction))
    guess = min(1.0, max(0.0, answer.guess))
    logits = [slope * (theta - answer.b) for theta in GRID]
    never = tuple(fraction * z - _softplus(z) for z in logits)
    if not fraction * guess:
        return never, never
    return never, tuple(fraction * _raised(z, guess) - _softplus(z) for z in logits)


def information(answer: Evidence, theta: float) -> float:
    """What such an answer is expected to tell at this ability, per square logit: a^2 ((P - c) / (1 - c))^2 (1 - P) / P
    (Lord 1980, Applications of Item Response Theory, chapter 5), the slope flattened; a^2 P (1 - P) without guessing.
    """
    slope = _flattened(answer.a, answer.sd_b)
    known = exp(-_softplus(-slope * (theta - answer.b)))
    right = answer.guess + (1 - answer.guess) * known
    return slope**2 * known**2 * (1 - right) / right if right else 0.0


def _flattened(a: float, sd_b: float) -> float:
    """The slope that is left of a question whose difficulty is uncertain."""
    return a / sqrt(1 + FLATTENING * (a * sd_b) ** 2)


def _softplus(z: float) -> float:
    """log(1 + exp(z)), also where exp(z) would overflow: -log(1 - L)."""
    return max(z, 0.0) + log1p(exp(-abs(z)))


def _raised(z: float, guess: float) -> float:
    """log(exp(z) + c): by how much log P lies above log(1 - L), z being the logit of L."""
    return z + log1p(guess * exp(-z)) if z > 0 else log(exp(z) + guess)
