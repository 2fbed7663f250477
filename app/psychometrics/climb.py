"""The way to the top of the marginal likelihood: expectation-maximisation (Bock & Aitkin 1981, Psychometrika 46) while
it goes quickly, then Newton's method with the observed information.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.psychometrics import likelihood
from app.psychometrics.likelihood import Line
from app.psychometrics.maximisation import raised
from app.psychometrics.models import STEEPEST
from app.psychometrics.priors import Terms
from app.psychometrics.responses import Array, Responses

Progress = Callable[[int, float], None]

EM_STEPS: Final = 500
NEAR: Final = 1e-3  # the largest change of an EM step (logits) from which Newton's method takes over,
SLOW: Final = 0.7  # where a step is still this share of the one before; quicker ones go on
ENOUGH: Final = 1e-7  # until this
NEWTON_STEPS: Final = 60
SETTLED: Final = 1e-8  # the largest slope of the log-likelihood per person
NEARLY_SETTLED: Final = 1e-6  # where rounding lets no step rise any more
EXPECTED_SLOPE: Final = 1.2  # before anything is known
SINGULAR: Final = 1e-4  # of a scaled information: a standard error 100 times what the item alone would have
NOTHING: Final = 1e-6  # of information per answer: what rounding leaves where there is none


class Top(NamedTuple):
    """Where the climb ended."""

    line: Line
    nodes: likelihood.Grid
    converged: bool


class Climb:
    """One search for the top of the likelihood: the answers, the model, and how many steps were gone.

    Parameters are searched as one vector: the slopes that the model leaves free (none, one, or all), then every d.
    """

    def __init__(self, answers: Responses, terms: Terms, progress: Progress | None) -> None:
        self.answers, self.terms, self.progress = answers, terms, progress
        self.guess = np.broadcast_to(terms.guess, answers.items)
        self.steps = 0
        self.free_slopes = {"rasch": 0, "1pl": 1, "2pl": answers.items}[terms.model]
        self.scale = max(1.0, float(answers.people.sum()))
        self.nodes = likelihood.grid(likelihood.spacing_for(answers, np.full(answers.items, EXPECTED_SLOPE)))

    def to_the_top(self) -> Top:
        """EM, then Newton; again on a finer grid where slopes came out steeper than the grid is fit for."""
        line = self._turned(self._by_expectation(self._start()))
        for _ in range(3):
            line, converged = self._by_newton(line)
            line = self._turned(line)
            if self._fit_for(line):
                break
        return Top(line, self.nodes, converged)

    def _start(self) -> Line:
        asked, earned = self.answers.totals()
        share = (earned + 0.5) / (asked + 1)
        share = np.maximum((share - self.guess) / (1 - self.guess), 0.5 / (asked + 1))  # of those who knew
        # 1.16: ability spreads the shares
        return Line(np.ones(len(asked)), 1.16 * np.log(share / (1 - share)), self.guess)

    def _turned(self, line: Line) -> Line:
        """Which end of the scale is able is a matter of sign: most slopes are to rise."""
        return line._replace(a=-line.a) if self.free_slopes and line.a.sum() < 0 else line

    def _by_expectation(self, line: Line) -> Line:
        last = np.inf
        for _ in range(EM_STEPS):
            counts = likelihood.expected(self.answers, self.nodes, line)
            self._tell(counts.log_likelihood + float(self.terms.heights(line).sum()))
            before, line = line, raised(counts, self.nodes, line, self.terms)
            change = max(np.abs(line.a - before.a).max(), np.abs(line.d - before.d).max())
            if change < ENOUGH or SLOW * last < change < NEAR:
                break
            last = change
            self._fit_for(line)
        return line

    def _fit_for(self, line: Line) -> bool:
        """Whether the grid is fit for these slopes; where it is not, a finer one is taken."""
        needed = likelihood.spacing_for(self.answers, line.a)
        fit = bool(needed >= 0.999 * (self.nodes.theta[1] - self.nodes.theta[0]))
        if not fit:
            self.nodes = likelihood.grid(needed)
        return fit

    def _by_newton(self, line: Line) -> tuple[Line, bool]:
        """Newton's method; the information is computed anew only where the last one no longer leads on quickly."""
        place = self._packed(line)
        height, slope = self._look(place)
        free, inverse = self._free(place, slope), None
        for _ in range(NEWTON_STEPS):
            largest = np.abs(slope[free]).max(initial=0.0)
            if largest < SETTLED * self.scale:
                return self._line(place), True
            fresh = inverse is None
            if inverse is None:
                inverse = _inverse(self.curvature(place)[np.ix_(free, free)])
            step = np.zeros_like(place)
            step[free] = inverse @ slope[free]
            found = self._uphill(place, step, height)
            if found is None:
                if fresh:
                    return self._line(place), bool(largest < NEARLY_SETTLED * self.scale)
                inverse = None
                continue
            place, height, slope = found
            self._tell(height)
            still_free = self._free(place, slope)
            if (still_free != free).any() or np.abs(slope[still_free]).max(initial=0.0) > 0.2 * largest:
                inverse = None
            free = still_free
        return self._line(place), False

    def _uphill(self, place: Array, step: Array, height: float) -> tuple[Array, float, Array] | None:
        """A place along the step that is no lower, with its height and slope; None: there is none."""
        for halving in range(20):
            tried = place + step / 2**halving
            tried[: self.free_slopes] = np.clip(tried[: self.free_slopes], -STEEPEST, STEEPEST)
            if not np.isfinite(self.terms.heights(self._line(tried))).all():
                continue
            its_height, slope = self._look(tried)
            if its_height >= height - 1e-13 * abs(height):
                return tried, its_height, slope
        return None

    def curvature(self, place: Array) -> Array:
        """Minus the second derivative of the log-likelihood (and priors) by the searched parameters."""
        line, items = self._line(place), self.answers.items
        aa, ad, dd = self.terms.curvature(line, exact=True)
        if not self.free_slopes:
            return likelihood.information(self.answers, self.nodes, line, slopes=False) + np.diag(dd)
        full = likelihood.information(self.answers, self.nodes, line)
        each = np.arange(items)
        full[each, each] += aa
        full[items + each, items + each] += dd
        full[each, items + each] += ad
        full[items + each, each] += ad
        if self.terms.model == "2pl":
            return full
        beside = full[:items, items:].sum(axis=0)
        return np.block([[full[:items, :items].sum(), beside[None, :]], [beside[:, None], full[items:, items:]]])

    def _look(self, place: Array) -> tuple[float, Array]:
        """Height and slope."""
        line, items = self._line(place), self.answers.items
        counts = likelihood.expected(self.answers, self.nodes, line)
        slope = likelihood.gradient(counts, self.nodes, line) + np.concatenate(self.terms.slopes(line))
        by_a = {"rasch": slope[:0], "1pl": slope[:items].sum(keepdims=True), "2pl": slope[:items]}[self.terms.model]
        height = counts.log_likelihood + float(self.terms.heights(line).sum())
        return height, np.concatenate((by_a, slope[items:]))

    def _free(self, place: Array, slope: Array) -> NDArray[np.bool_]:
        """Which parameters may still move: not a slope that stands at its bound and would go beyond."""
        free = np.ones(len(place), dtype=bool)
        a = place[: self.free_slopes]
        free[: self.free_slopes] = (np.abs(a) < STEEPEST) | (a * slope[: self.free_slopes] < 0)
        return free

    def _packed(self, line: Line) -> Array:
        return np.concatenate((line.a[: self.free_slopes], line.d))

    def _line(self, place: Array) -> Line:
        items, slopes = self.answers.items, self.free_slopes
        a = np.broadcast_to(place[:slopes] if slopes else np.ones(1), items).copy()
        return Line(a, place[slopes:], self.guess)

    def covariance(self, line: Line) -> Array:
        """Of the searched parameters: the inverse of the observed information. nan: the answers do not determine it."""
        place = self._packed(line)
        free = self._free(place, self._look(place)[1])
        curvature = self.curvature(place)
        asked = self.answers.totals()[0]
        told = np.diag(curvature) > NOTHING * self._packed(Line(asked, asked))
        curvature[~told, :] = curvature[:, ~told] = 0.0
        covariance = np.full((len(place), len(place)), np.nan)
        covariance[np.ix_(free, free)] = _covariance(curvature[np.ix_(free, free)])
        fixed = np.flatnonzero(~free)
        covariance[fixed, :] = covariance[:, fixed] = 0.0
        return covariance

    def _tell(self, height: float) -> None:
        self.steps += 1
        if self.progress is not None:
            self.progress(self.steps, height)


def _inverse(curvature: Array) -> Array:
    """Of the information, made positive definite where it is not: a step along it then still leads uphill."""
    size = float(np.abs(np.diag(curvature)).max(initial=1e-12))
    for ridge in (0.0, *(10.0**power for power in range(-8, 4))):
        try:
            np.linalg.cholesky(steadied := curvature + ridge * size * np.eye(len(curvature)))
        except np.linalg.LinAlgError:
            continue
        return np.asarray(np.linalg.inv(steadied), dtype=np.float64)
    return np.eye(len(curvature)) / size


def _covariance(curvature: Array) -> Array:
    """The inverse of the information; nan for parameters in a direction about which it tells nothing."""
    scale = 1 / np.sqrt(np.maximum(np.diag(curvature), 1e-300))
    values, vectors = np.linalg.eigh(curvature * np.outer(scale, scale))
    open_ = values < SINGULAR
    inverse = (vectors[:, ~open_] / values[~open_]) @ vectors[:, ~open_].T
    unknown = np.abs(vectors[:, open_]).max(axis=1, initial=0.0) > 1e-3
    inverse[unknown, :] = inverse[:, unknown] = np.nan
    return np.asarray(inverse * np.outer(scale, scale))
