"""Items estimated from answers by marginal maximum likelihood with theta ~ N(0, 1); `climb` says how.

The inverse of the observed information gives the standard errors. With priors of the items the mode of their posterior
is found the same way (Mislevy 1986, Psychometrika 51).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.psychometrics.climb import Climb, Progress, Top
from app.psychometrics.likelihood import expected
from app.psychometrics.models import (
    FLAT,
    LEVEL,
    STEEPEST,
    Calibration,
    ItemParameters,
    ItemPriors,
    Model,
    Remark,
)
from app.psychometrics.priors import Terms
from app.psychometrics.responses import Array, Responses


def calibrate(
    responses: Array | Responses, model: Model, prior: ItemPriors | None = None, progress: Progress | None = None
) -> Calibration:
    """Estimate the items. `responses`: persons x items, fractions 0..1 of the points, nan where not asked.

    `progress` is told the step and the log-likelihood (with the logarithm of the priors, where they are given) after
    each step. An item that all answer alike is left out where no prior holds it: its difficulty has no bound.
    Raises Unusable (a ValueError) for answers outside 0..1.
    """
    answers = responses if isinstance(responses, Responses) else Responses.of_matrix(responses)
    remarks = _left_out(answers) if prior is None else [None] * answers.items
    kept = np.array([each is None for each in remarks], dtype=bool)
    if not kept.any():
        return Calibration(tuple(ItemParameters(None, None, remark=each) for each in remarks), 0.0, 0, True)
    climb = Climb(answers.of_items(kept), Terms.of(model, prior), progress)
    top = climb.to_the_top()
    parameters = iter(_parameters(climb, top))
    items = tuple(next(parameters) if each is None else ItemParameters(None, None, remark=each) for each in remarks)
    log_likelihood = expected(climb.answers, top.nodes, top.line).log_likelihood
    return Calibration(items, log_likelihood, climb.steps, top.converged)


def _left_out(answers: Responses) -> list[Remark | None]:
    asked, earned = answers.totals()
    alike = ((asked == 0, Remark.UNANSWERED), (earned == 0, Remark.ALL_WRONG), (earned == asked, Remark.ALL_RIGHT))
    return [next((remark for all_so, remark in alike if all_so[item]), None) for item in range(answers.items)]


def _parameters(climb: Climb, top: Top) -> list[ItemParameters]:
    """From a theta + d to a (theta - b), standard errors by the delta method."""
    a, d = top.line.a, top.line.d
    covariance, slopes = climb.covariance(top.line), climb.free_slopes
    at_a = {"rasch": None, "1pl": np.zeros(len(a), dtype=int), "2pl": np.arange(len(a))}[climb.terms.model]
    at_d = slopes + np.arange(len(a))
    aa, ad = (covariance[at_a, at_a], covariance[at_a, at_d]) if at_a is not None else (np.zeros(len(a)),) * 2
    dd = covariance[at_d, at_d]
    with np.errstate(invalid="ignore", divide="ignore"):
        by_a, by_d = d / a**2, -1 / a
        se_b = np.sqrt(by_a**2 * aa + by_d**2 * dd + 2 * by_a * by_d * ad)
        se_a, b = np.sqrt(aa), -d / a
    found = (_item(a[each], b[each], se_a[each], se_b[each]) for each in range(len(a)))
    return [replace(item, guess=guess) for item, guess in zip(found, climb.guess.tolist(), strict=True)]


def _item(a: float, b: float, se_a: float, se_b: float) -> ItemParameters:
    level = abs(a) < LEVEL
    remarks = (
        (abs(a) >= STEEPEST, Remark.STEEP),
        (abs(a) < FLAT, Remark.FLAT),
        (not np.isfinite(se_a) or not np.isfinite(se_b), Remark.UNDETERMINED),
        (a < 0, Remark.NEGATIVE),
    )
    return ItemParameters(
        a=float(a),
        b=None if level else float(b),
        se_a=float(se_a) if np.isfinite(se_a) and se_a > 0 else None,
        se_b=None if level or not np.isfinite(se_b) else float(se_b),
        remark=next((remark for so, remark in remarks if so), None),
    )
