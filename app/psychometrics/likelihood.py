"""The marginal likelihood of answers under theta ~ N(0, 1): its value, its gradient, and its curvature.

The integral over ability is a sum over equally spaced abilities (the trapezoid rule), which for such smooth curves is
exact to rounding as soon as the spacing is small against the steepest curve and the narrowest posterior: its error
falls as exp(-2 pi^2 (s/h)^2) with spacing h and posterior deviation s (Trefethen & Weideman 2014, SIAM Review 56).
Gauss-Hermite nodes would lie too far apart for people with a hundred answers.
A fraction f of a question's points counts as f log P + (1 - f) log (1 - P). What was not asked does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from app.psychometrics.responses import Array, Block, Responses, summed

REACH: Final = 7.0  # abilities from -7 to 7: beyond lies 3e-12 of the population
WIDEST: Final = 0.2  # of the spacing
NEGLIGIBLE: Final = 1e-9  # posterior weight at an ability that no standard error would show
NO_GUESS: Final = np.zeros(1)  # for all items
ROWS: Final = 4096  # of the matrix whose square is summed, at a time


class Grid(NamedTuple):
    """Abilities and the logarithm of their share of the population."""

    theta: Array
    log_share: Array


class Line(NamedTuple):
    """Items as logit L = a theta + d, so that b = -d / a: what is searched, because it is nearly linear.

    L is the chance to know the answer; who does not know earns `guess` (0..1, below 1): P = guess + (1 - guess) L.
    """

    a: Array
    d: Array
    guess: Array = NO_GUESS

    def at(self, theta: Array) -> Array:
        """The logits of P, item x ability: log (exp z + guess) - log (1 - guess), z being those of L."""
        return np.logaddexp(self._known(theta), self._log_guess()) - np.log1p(-self.guess)[:, None]

    def lift(self, theta: Array) -> Array:
        """How far the logits of P rise where those of L rise by one (item x ability): L / P, 1 without guessing."""
        return np.asarray(0.5 * (1 + np.tanh(0.5 * (self._known(theta) - self._log_guess()))))

    def _known(self, theta: Array) -> Array:
        return np.outer(self.a, theta) + self.d[:, None]

    def _log_guess(self) -> Array:
        with np.errstate(divide="ignore"):
            return np.log(self.guess)[:, None]


@dataclass(frozen=True, slots=True)
class Expected:
    """How many people of each ability are expected to have been asked each item, and what they earned (item x ability).

    Made from the answers and the items as they stand (Bock & Aitkin 1981); with it the log-likelihood.
    """

    log_likelihood: float
    asked: Array
    earned: Array


def grid(spacing: float) -> Grid:
    """Abilities `spacing` or a little less apart."""
    theta = np.linspace(-REACH, REACH, 2 * int(np.ceil(REACH / spacing)) + 1)
    density = -0.5 * theta**2
    return Grid(theta, density - np.log(np.exp(density).sum()))


def spacing_for(responses: Responses, a: Array) -> float:
    """How far apart abilities may lie for these slopes and the person who answered most."""
    steepest = float(np.abs(a).max(initial=0.0))
    information = summed(a[responses.item] ** 2, responses.rows, responses.patterns).max(initial=0.0) / 4
    return float(min(WIDEST, 1.5 / max(steepest, 1e-9), 1 / np.sqrt(1 + information)))


def wrong_logarithm(logits: Array) -> Array:
    """log (1 - P) from logits, without overflow."""
    return np.asarray(-np.logaddexp(0.0, logits))


def posterior_of(block: Block, nodes: Grid, logits: Array) -> tuple[Array, Array]:
    """The log-likelihood of each pattern, and its posterior over the abilities (rows sum to 1)."""
    joint = block.right @ logits + block.asked @ wrong_logarithm(logits) + nodes.log_share
    highest = joint.max(axis=1, keepdims=True)
    np.exp(joint - highest, out=joint)
    total = joint.sum(axis=1, keepdims=True)
    joint /= total
    return (np.log(total) + highest)[:, 0], joint


def expected(responses: Responses, nodes: Grid, line: Line) -> Expected:
    """The E step."""
    logits = line.at(nodes.theta)
    asked, earned = np.zeros_like(logits), np.zeros_like(logits)
    log_likelihood = 0.0
    for block in responses.blocks():
        logarithm, weight = posterior_of(block, nodes, logits)
        log_likelihood += float(block.people @ logarithm)
        weight *= block.people[:, None]
        asked += block.asked.T @ weight
        earned += block.right.T @ weight
    return Expected(log_likelihood, asked, earned)


def gradient(counts: Expected, nodes: Grid, line: Line) -> Array:
    """Of the log-likelihood: by a of each item, then by d."""
    surplus = (counts.earned - counts.asked * probability(line, nodes)) * line.lift(nodes.theta)
    return np.concatenate((surplus @ nodes.theta, surplus.sum(axis=1)))


def probability(line: Line, nodes: Grid) -> Array:
    """P, item x ability."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * line.at(nodes.theta))))


def information(responses: Responses, nodes: Grid, line: Line, *, slopes: bool = True) -> Array:
    """The observed information about all a, then all d (without `slopes`: about the d alone): minus the second
    derivative of the log-likelihood.

    What complete data would tell less what is missing (Louis 1982, JRSS B 44): sum over people of E[-s''] - Var[s],
    where s is the score of the answers given ability, and both are over the person's posterior.
    """
    items, theta = responses.items, nodes.theta
    chances, logits, lift = probability(line, nodes), line.at(theta), line.lift(theta)
    powers = np.vstack((theta, np.ones_like(theta))) if slopes else np.ones((1, len(theta)))
    told = np.zeros((len(powers) * items, len(powers) * items))
    curved = np.zeros_like(chances)
    bent = chances * (1 - chances) * lift**2 + chances * lift * (1 - lift)  # of those asked; less what was earned
    for block in responses.blocks():
        _, weight = posterior_of(block, nodes, logits)
        told -= _variance_of_scores(block, weight, (chances, lift), powers)
        weight *= block.people[:, None]
        curved += block.asked.T @ weight * bent - block.right.T @ weight * (lift * (1 - lift))
    each = np.arange(items)
    for row, left in enumerate(powers):
        for column, right in enumerate(powers):
            told[row * items + each, column * items + each] += curved @ (left * right)
    return told


def _variance_of_scores(block: Block, weight: Array, curves: tuple[Array, Array], powers: Array) -> Array:
    """The variance of the score over each person's posterior, summed over people."""
    pattern, node = np.nonzero(weight > NEGLIGIBLE)
    root = np.sqrt(weight[pattern, node] * block.people[pattern])[:, None]
    chances, lift = curves
    mean = np.hstack(
        [
            block.right * (weight @ (lift * each).T) - block.asked * (weight @ (chances * lift * each).T)
            for each in powers
        ]
    )
    total = np.zeros((mean.shape[1], mean.shape[1]))
    for first in range(0, len(pattern), ROWS):
        rows = slice(first, first + ROWS)
        at, ability = pattern[rows], node[rows]
        surplus = (block.right[at] - block.asked[at] * chances[:, ability].T) * lift[:, ability].T
        score = np.hstack([each[ability][:, None] * surplus for each in powers])
        score -= mean[at]
        score *= root[rows]
        single = score.astype(np.float32)  # twice as quick; a standard error does not show its seventh digit
        total += single.T @ single
    return total
