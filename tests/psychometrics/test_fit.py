"""How well items fit, and what is said where they do not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from app.psychometrics.calibration import calibrate
from app.psychometrics.fit import VERDICTS, ItemFit, Verdict, item_fit
from app.psychometrics.models import ItemParameters

NAN = float("nan")
PEOPLE, COUNT = 800, 20


@pytest.fixture(scope="module")
def flawed() -> NDArray[np.float64]:
    """Rasch answers, save for three items: a wrong key, mere guessing, and one that able people never miss."""
    chance = np.random.default_rng(4)
    theta, b = chance.normal(size=PEOPLE), np.linspace(-1.5, 1.5, COUNT)
    data = (chance.random((PEOPLE, COUNT)) < 1 / (1 + np.exp(b - theta[:, None]))).astype(float)
    data[:, 3] = 1 - data[:, 3]
    data[:, 7] = chance.random(PEOPLE) < 0.5
    data[:, 9] = theta > b[9]
    data[chance.random(data.shape) < 0.2] = NAN
    return data


def test_flawed_items_are_told_and_the_others_left_in_peace(flawed: NDArray[np.float64]) -> None:
    fits = item_fit(flawed, calibrate(flawed, "rasch").items)
    told = {number: fit.verdict for number, fit in enumerate(fits) if fit and fit.verdict is not Verdict.FITS}
    assert told == {3: Verdict.NOISY, 7: Verdict.NOISY, 9: Verdict.PREDICTABLE}
    others = [fit for number, fit in enumerate(fits) if fit and number not in told]
    assert [fit.infit for fit in others] == pytest.approx([1.0] * len(others), abs=0.1)
    assert [fit.answers for fit in others][:1] == [int((~np.isnan(flawed[:, 0])).sum())]


def test_the_mean_squares_are_1_on_the_average_and_their_distance_is_measured_in_deviations() -> None:
    chance = np.random.default_rng(2)
    theta, b = chance.normal(size=2000), chance.normal(size=40)
    data = (chance.random((2000, 40)) < 1 / (1 + np.exp(b - theta[:, None]))).astype(float)
    fits = [fit for fit in item_fit(data, [ItemParameters(1.0, each) for each in b]) if fit]
    for mean_square, distance in (("infit", "z_infit"), ("outfit", "z_outfit")):
        assert np.mean([getattr(fit, mean_square) for fit in fits]) == pytest.approx(1, abs=0.02)
        assert np.std([getattr(fit, distance) for fit in fits]) == pytest.approx(1, abs=0.3)


def test_an_answer_is_judged_from_the_persons_other_answers() -> None:
    """Against the posterior without the item, computed anew for each answer."""
    items = [ItemParameters(1.0, 0.2), ItemParameters(1.8, -0.5), ItemParameters(0.6, 1.0)]
    rows = np.array([[1, 0, 0.25], [0, NAN, 1], [1, 1, 1], [0.5, 1, NAN]])
    theta = np.linspace(-8, 8, 4001)
    chance = np.array([1 / (1 + np.exp(-each.a * (theta - each.b))) for each in items if each.a and each.b])
    squares, expected, ratios = [], [], []
    for row in rows[~np.isnan(rows[:, 2])]:
        weight = np.exp(-(theta**2) / 2)
        for other in (0, 1):
            if not np.isnan(row[other]):
                weight *= chance[other] ** row[other] * (1 - chance[other]) ** (1 - row[other])
        p = (weight * chance[2]).sum() / weight.sum()
        squares.append((row[2] - p) ** 2)
        expected.append(p * (1 - p))
        ratios.append(squares[-1] / expected[-1])
    fit = item_fit(rows, items)[2]
    assert fit is not None and fit.answers == 3
    assert (fit.infit, fit.outfit) == pytest.approx((sum(squares) / sum(expected), np.mean(ratios)), abs=1e-6)


@pytest.mark.parametrize(
    ("fit", "verdict"),
    [
        (ItemFit(500, 1.05, 1.1, 1.0, 1.0), Verdict.FITS),
        (ItemFit(500, 1.3, 1.5, 4.0, 4.0), Verdict.NOISY),
        (ItemFit(8, 1.3, 1.5, 0.7, 0.9), Verdict.FITS),  # chance would explain it
        (ItemFit(500, 1.1, 1.5, 1.9, 4.0), Verdict.SURPRISING),
        (ItemFit(500, 0.7, 0.6, -4.0, -4.0), Verdict.PREDICTABLE),
        (ItemFit(8, 0.7, 0.6, -0.9, -0.9), Verdict.FITS),
    ],
)
def test_a_departure_is_told_where_it_is_large_and_beyond_chance(fit: ItemFit, verdict: Verdict) -> None:
    assert fit.verdict is verdict
    assert VERDICTS[verdict].msgid


def test_an_item_without_parameters_or_answers_has_no_fit() -> None:
    rows = np.array([[1.0, 1.0, NAN], [0.0, 1.0, NAN]])
    fits = item_fit(rows, [ItemParameters(1.0, 0.0), ItemParameters(None, None), ItemParameters(1.0, 0.0)])
    assert fits[0] is not None and fits[1:] == (None, None)


def test_a_slope_like_a_step_still_gives_figures() -> None:
    fits = item_fit(np.array([[1.0, 0.0], [0.0, 1.0]]), [ItemParameters(15.0, 0.0), ItemParameters(15.0, 0.1)])
    assert all(fit is not None and np.isfinite([fit.infit, fit.outfit, fit.z_outfit]).all() for fit in fits)
