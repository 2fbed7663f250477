"""Abilities of people, each with its standard error, where the items' parameters are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.psychometrics.likelihood import Line, grid, posterior_of, spacing_for
from app.psychometrics.models import ItemParameters
from app.psychometrics.responses import Array, Indices, Responses, summed

CLOSE: Final = 1e-10  # logits
STEPS: Final = 80  # halving alone needs 40


@dataclass(frozen=True, slots=True)
class Abilities:
    """In logits, one figure per person, under the prior theta ~ N(0, 1).

    `eap`: mean of the posterior, `eap_se` its standard deviation (Bock & Mislevy 1982); `map`: its mode, `map_se` by
    the information there. Who answered nothing is at the prior: 0, with standard error 1.
    """

    eap: Array
    eap_se: Array
    map: Array
    map_se: Array


def abilities(responses: Array | Responses, items: Sequence[ItemParameters]) -> Abilities:
    """The abilities of the people of `responses` (persons x items, nan: not asked). An item without parameters tells
    nothing. Raises Unusable (a ValueError).
    """
    answers = responses if isinstance(responses, Responses) else Responses.of_matrix(responses)
    answers, line = known(answers, items)
    nodes = grid(spacing_for(answers, line.a))
    logits = line.at(nodes.theta)
    mean, deviation = np.empty(answers.patterns), np.empty(answers.patterns)
    for block in answers.blocks():
        _, weight = posterior_of(block, nodes, logits)
        mean[block.patterns] = centre = weight @ nodes.theta
        deviation[block.patterns] = np.sqrt((weight * (nodes.theta - centre[:, None]) ** 2).sum(axis=1))
    mode, information = _mode(answers, line, mean)
    return Abilities(*(each[answers.pattern] for each in (mean, deviation, mode, 1 / np.sqrt(information))))


def known(answers: Responses, items: Sequence[ItemParameters]) -> tuple[Responses, Line]:
    """The answers to items whose curve is known, and the curves."""
    curves = [(each.a, each.b, each.guess) for each in items if each.a is not None and each.b is not None]
    kept = np.array([each.a is not None and each.b is not None for each in items], dtype=bool)
    a, b, guess = np.array(curves, dtype=np.float64).reshape(-1, 3).T
    return answers.of_items(kept), Line(a, -a * b, guess)


def _mode(answers: Responses, line: Line, start: Array) -> tuple[Array, Array]:
    """Where the posterior of each pattern is highest, and minus its second derivative there.

    Newton's method between bounds, halving them where it would leave: the posterior has one top. (Where something can
    be guessed it may have more: then one of them, by the expected curvature.)
    """
    theta = start.copy()
    reach = 1 + np.abs(line.a).sum()  # the slope of the prior outweighs all answers there
    low, high = np.full_like(theta, -reach), np.full_like(theta, reach)
    rows = answers.rows
    for _ in range(STEPS):
        slope, information = _slope(answers, rows, line, theta)
        low, high = np.where(slope >= 0, theta, low), np.where(slope <= 0, theta, high)
        tried = theta + slope / information
        tried = np.where((tried >= low) & (tried <= high), tried, (low + high) / 2)
        change = np.abs(tried - theta).max(initial=0.0)
        theta = tried
        if change < CLOSE:
            break
    return theta, _slope(answers, rows, line, theta)[1]


def _slope(answers: Responses, rows: Indices, line: Line, theta: Array) -> tuple[Array, Array]:
    a = line.a[answers.item]
    known = 0.5 * (1 + np.tanh(0.5 * (a * theta[rows] + line.d[answers.item])))
    guess = np.broadcast_to(line.guess, len(line.a))[answers.item]
    chance = guess + (1 - guess) * known
    # of the logits of the chance
    steepness = a * np.divide(known, chance, out=np.ones_like(chance), where=guess > 0)
    rise = summed(steepness * (answers.fraction - chance), rows, len(theta))
    return rise - theta, 1 + summed(steepness**2 * chance * (1 - chance), rows, len(theta))
