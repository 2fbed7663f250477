"""What is held of items beforehand, as a term of the likelihood: b ~ N(b0, sd_b), log a ~ N(0, sd_log_a)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from app.psychometrics.likelihood import NO_GUESS, Line
from app.psychometrics.models import ItemPriors, Model
from app.psychometrics.responses import Array


@dataclass(frozen=True, slots=True)
class Terms:
    """The model, and the priors of its items (None: none are held, and what is estimated is maximum likelihood).

    What a `guess` at each item earns (0..1) is known.
    """

    model: Model
    b: Array | None = None
    sd_b: Array | None = None
    sd_log_a: float = 1.0
    guess: Array = field(default_factory=NO_GUESS.copy)

    @classmethod
    def of(cls, model: Model, prior: ItemPriors | None) -> Terms:
        """A slope that all items share is held once: its weight is spread over them. Raises ValueError."""
        if prior is None:
            return cls(model)
        b, sd_b = np.asarray(prior.b, dtype=np.float64), np.asarray(prior.sd_b, dtype=np.float64)
        guess = np.asarray(prior.guess, dtype=np.float64) if len(prior.guess) else NO_GUESS
        if not (np.isfinite(b).all() and (sd_b > 0).all() and prior.sd_log_a > 0):
            raise ValueError("a prior has a finite b and deviations above 0")
        if not ((guess >= 0) & (guess < 1)).all():
            raise ValueError("what is held of a guess as a prior lies between 0 and 1, and is less than 1")
        return cls(model, b, sd_b, prior.sd_log_a * (np.sqrt(len(b)) if model == "1pl" else 1.0), guess)

    def heights(self, line: Line) -> Array:
        """Of each item: the logarithm of its prior density, up to a constant; minus infinity for a slope below 0."""
        if self.b is None or self.sd_b is None:
            return np.zeros(len(line.a))
        with np.errstate(invalid="ignore", divide="ignore"):
            slope, place = np.log(line.a) / self.sd_log_a, (-line.d / line.a - self.b) / self.sd_b
        return np.where(line.a > 0, -0.5 * (slope**2 + place**2), -np.inf)

    def slopes(self, line: Line) -> tuple[Array, Array]:
        """The derivatives of `heights` by a and by d."""
        if self.b is None or self.sd_b is None:
            return np.zeros(len(line.a)), np.zeros(len(line.a))
        slope, place, slope_a, place_a, place_d = self._residuals(line)
        return -(slope * slope_a + place * place_a), -place * place_d

    def curvature(self, line: Line, exact: bool) -> tuple[Array, Array, Array]:
        """Minus the second derivatives: aa, ad, dd; where not `exact`, without what could turn a step downhill."""
        if self.b is None or self.sd_b is None:
            nothing = np.zeros(len(line.a))
            return nothing, nothing, nothing
        slope, place, slope_a, place_a, place_d = self._residuals(line)
        aa, ad, dd = slope_a**2 + place_a**2, place_a * place_d, place_d**2
        if exact:
            aa = aa - slope * slope_a / line.a - 2 * place * place_a / line.a
            ad = ad - place * place_d / line.a
        return aa, ad, dd

    def _residuals(self, line: Line) -> tuple[Array, Array, Array, Array, Array]:
        """How many deviations log a and b lie from what is held, and the derivatives of that by a and d."""
        assert self.b is not None and self.sd_b is not None  # noqa: S101 (the callers asked)
        a, d = line.a, line.d
        slope, place = np.log(a) / self.sd_log_a, (-d / a - self.b) / self.sd_b
        return slope, place, 1 / (a * self.sd_log_a), d / (a**2 * self.sd_b), -1 / (a * self.sd_b)
