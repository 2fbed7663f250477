"""How long calibration takes: made-up people who were each asked some of many items."""

from __future__ import annotations

import resource
import sys
import time
from typing import Final, NamedTuple

import numpy as np

from app.psychometrics.ability import abilities
from app.psychometrics.calibration import calibrate
from app.psychometrics.fit import item_fit
from app.psychometrics.models import MODELS, Calibration
from app.psychometrics.responses import Array, Responses

PEOPLE: Final = 20_000
ITEMS: Final = 500
ASKED: Final = 100  # of each person
CALIBRATED: Final = 120.0  # seconds, the target
MEGABYTES: Final = 1000  # the most memory this process may take


class MadeUp(NamedTuple):
    """Answers, and the difficulties behind them."""

    answers: Responses
    b: Array


def made_up() -> MadeUp:
    """Always the same."""
    chance = np.random.default_rng(20261123)
    ability, a, b = chance.normal(size=PEOPLE), np.exp(chance.normal(0, 0.3, ITEMS)), chance.normal(size=ITEMS)
    item = np.argpartition(chance.random((PEOPLE, ITEMS)), ASKED, axis=1)[:, :ASKED].ravel()
    person = np.repeat(np.arange(PEOPLE), ASKED)
    right = chance.random(len(item)) < 1 / (1 + np.exp(-a[item] * (ability[person] - b[item])))
    return MadeUp(Responses.of_answers(person, item, right.astype(np.float64), (PEOPLE, ITEMS)), b)


def calibration_rows() -> list[list[str]]:
    """Each model once, with its progress told beside; then abilities and fit of the last."""
    data = made_up()
    rows = []
    found: Calibration | None = None
    for model in MODELS:
        start = time.perf_counter()
        found = calibrate(data.answers, model, progress=_say)
        taken = time.perf_counter() - start
        print(file=sys.stderr)
        what = f"{model}, {ITEMS} items x {PEOPLE:,} people, {ASKED} answers each, {found.iterations} steps"
        rows.append([what, f"< {CALIBRATED:g}", f"{taken:.1f}"])
    if found is None or not found.converged:
        raise RuntimeError("the calibration did not come to its end")
    start = time.perf_counter()
    abilities(data.answers, found.items)
    rows.append([f"abilities of these {PEOPLE:,} people", "", f"{time.perf_counter() - start:.1f}"])
    start = time.perf_counter()
    item_fit(data.answers, found.items)
    rows.append([f"fit of these {ITEMS} items", "", f"{time.perf_counter() - start:.1f}"])
    return [*rows, ["the most memory, MB", f"< {MEGABYTES}", f"{_megabytes():.0f}"]]


def _say(step: int, log_likelihood: float) -> None:
    print(f"\r{step}: {log_likelihood:.3f}", end="", file=sys.stderr, flush=True)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
