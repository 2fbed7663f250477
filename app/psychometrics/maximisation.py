"""The M step: the items that best fit the expected counts, by Newton's method with steps that never go downhill."""

from __future__ import annotations

from typing import Final

import numpy as np

from app.psychometrics.likelihood import Expected, Grid, Line, probability, wrong_logarithm
from app.psychometrics.models import STEEPEST
from app.psychometrics.priors import Terms
from app.psychometrics.responses import Array

NEWTON_STEPS: Final = 4  # in one M step: more would be thrown away by the next E step
HALVINGS: Final = 12
RIDGE: Final = 1e-9


def raised(counts: Expected, nodes: Grid, line: Line, terms: Terms) -> Line:
    """Items at which the expected complete log-likelihood (with the priors) is at least as high as at `line`."""
    heights = _heights(counts, nodes, line, terms)
    for _ in range(NEWTON_STEPS):
        step = _direction(counts, nodes, line, terms)
        share = np.ones(len(line.a))
        for _ in range(HALVINGS):
            tried = moved(line, step, share)
            gain = _heights(counts, nodes, tried, terms) - heights
            fell = ~(_together(gain, terms) >= 0)
            if not fell.any():
                break
            share[fell] /= 2
        share[fell] = 0.0
        line = moved(line, step, share)
        heights = _heights(counts, nodes, line, terms)
    return line


def moved(line: Line, step: Line, share: Array | float) -> Line:
    """The line a `share` of a step further on; slopes stay within their bound."""
    return line._replace(a=np.clip(line.a + share * step.a, -STEEPEST, STEEPEST), d=line.d + share * step.d)


def _together(gain: Array, terms: Terms) -> Array:
    """Items that share a slope rise or fall together."""
    return np.full_like(gain, gain.sum()) if terms.model == "1pl" else gain


def _heights(counts: Expected, nodes: Grid, line: Line, terms: Terms) -> Array:
    logits = line.at(nodes.theta)
    heights = (counts.earned * logits + counts.asked * wrong_logarithm(logits)).sum(axis=1)
    return np.asarray(heights + terms.heights(line))


def _direction(counts: Expected, nodes: Grid, line: Line, terms: Terms) -> Line:
    """Newton's step by the expected curvature. A slope that all share is found by elimination of the rest."""
    theta = nodes.theta
    chance, lift = probability(line, nodes), line.lift(theta)
    surplus = (counts.earned - counts.asked * chance) * lift
    weight = counts.asked * chance * (1 - chance) * lift**2
    slope_a, slope_d = terms.slopes(line)
    by_a, by_d = surplus @ theta + slope_a, surplus.sum(axis=1) + slope_d
    prior_aa, prior_ad, prior_dd = terms.curvature(line, exact=False)
    aa, ad = weight @ theta**2 + prior_aa + RIDGE, weight @ theta + prior_ad
    dd = weight.sum(axis=1) + prior_dd + RIDGE
    if terms.model == "rasch":
        return Line(np.zeros_like(by_d), by_d / dd)
    left, remaining = by_a - ad * by_d / dd, aa - ad**2 / dd + RIDGE
    if terms.model == "1pl":
        left, remaining = np.full_like(left, left.sum()), np.full_like(remaining, remaining.sum())
    step = left / remaining
    return Line(step, (by_d - ad * step) / dd)
