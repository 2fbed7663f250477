"""Abilities of people whose items are known."""

from __future__ import annotations

import numpy as np
import pytest

from app.psychometrics.ability import abilities
from app.psychometrics.calibration import calibrate
from app.psychometrics.models import ItemParameters, Model
from tests.psychometrics.lsat6 import NEEDED, lsat6
from tests.psychometrics.published import SECTION_6, answers

NAN = float("nan")
STATED = 1e-3  # the tolerance of the reference estimates
ITEMS = tuple(ItemParameters(a, b) for a, b in ((1.0, -1.0), (0.7, 0.0), (1.6, 0.5), (2.5, 1.2)))


def test_the_abilities_of_lsat_6_come_out_as_published() -> None:
    """The mode and its error by pattern, as ltm's factor.scores() prints them for the 2PL model (Rizopoulos 2006)."""
    published = {
        "00000": (-1.895, 0.795), "00111": (-0.463, 0.812), "01011": (-0.573, 0.809), "10010": (-0.933, 0.802),
        "10111": (0.093, 0.831), "11000": (-0.911, 0.802), "11011": (-0.022, 0.827), "11111": (0.606, 0.855),
    }  # fmt: skip
    patterns = np.array([[float(each) for each in pattern] for pattern in published])
    found = abilities(patterns, calibrate(answers(SECTION_6), "2pl").items)
    modes, errors = zip(*published.values(), strict=True)
    assert found.map == pytest.approx(modes, abs=STATED + 5e-4)  # they are printed to three places
    assert found.map_se == pytest.approx(errors, abs=STATED + 5e-4)


@NEEDED
@pytest.mark.peer
@pytest.mark.parametrize(("model", "name"), [("rasch", "rasch"), ("1pl", "onepl"), ("2pl", "twopl")])
def test_the_abilities_of_lsat_6_agree_with_the_reference_estimates(model: Model, name: str) -> None:
    items = calibrate(answers(SECTION_6), model).items
    for kind in ("eap", "map"):
        scores = lsat6()["scores"][f"{name}_{kind.upper()}"]
        found = abilities(np.array([[float(each) for each in pattern] for pattern in scores]), items)
        reference = list(scores.values())
        assert getattr(found, kind) == pytest.approx([each["theta"] for each in reference], abs=STATED)
        assert getattr(found, f"{kind}_se") == pytest.approx([each["se"] for each in reference], abs=STATED)


@pytest.mark.parametrize("row", [[1, 1, 0, 0], [0, 0, 0, 1], [1, NAN, 0.5, NAN], [1, 1, 1, 1], [0.3, 0.6, 0.9, 0.1]])
def test_mean_deviation_and_mode_are_those_of_the_posterior(row: list[float]) -> None:
    theta = np.linspace(-9, 9, 180_001)
    told = -(theta**2) / 2
    for item, answer in zip(ITEMS, row, strict=True):
        assert item.a is not None and item.b is not None
        logit = item.a * (theta - item.b)
        told += 0 if np.isnan(answer) else answer * logit - np.logaddexp(0, logit)
    weight = np.exp(told - told.max())
    mean = (weight * theta).sum() / weight.sum()
    deviation = np.sqrt((weight * (theta - mean) ** 2).sum() / weight.sum())
    top = int(told.argmax())
    bend = (2 * told[top] - told[top - 100] - told[top + 100]) / (100 * (theta[1] - theta[0])) ** 2
    found = abilities(np.array([row], dtype=float), ITEMS)
    assert found.eap[0] == pytest.approx(mean, abs=1e-6)
    assert found.eap_se[0] == pytest.approx(deviation, abs=1e-6)
    assert found.map[0] == pytest.approx(theta[top], abs=2e-4)
    assert found.map_se[0] == pytest.approx(bend**-0.5, abs=1e-4)


def test_who_answered_nothing_is_where_the_prior_is() -> None:
    found = abilities(np.full((2, 4), NAN), ITEMS)
    assert found.eap == pytest.approx([0.0, 0.0], abs=1e-12) and found.map.tolist() == [0.0, 0.0]
    assert found.eap_se == pytest.approx([1.0, 1.0], abs=1e-9) and found.map_se == pytest.approx([1.0, 1.0])


def test_an_item_without_parameters_tells_nothing_of_anyone() -> None:
    rows = np.array([[1.0, 0, 1, 0, 1], [1, 0, 1, 0, 0]])
    found = abilities(rows, (*ITEMS, ItemParameters(None, None)))
    assert found.eap[0] == found.eap[1] == abilities(rows[:1, :4], ITEMS).eap[0]
    level = abilities(rows, (*ITEMS, ItemParameters(0.004, None)))  # so flat that its difficulty is open
    assert level.eap[0] == level.eap[1] == found.eap[0]
    assert abilities(rows[:, :1], [ItemParameters(None, None)]).eap == pytest.approx([0.0, 0.0], abs=1e-12)


def test_many_answers_and_steep_items_are_still_integrated_exactly() -> None:
    """A posterior as narrow as 0.1: with abilities 0.4 apart it would be lost."""
    items = [ItemParameters(1.5, b) for b in np.linspace(-2, 2, 300)]
    row = np.array([[float(item.b < 0.31) for item in items if item.b is not None]])
    found = abilities(row, items)
    assert found.eap[0] == pytest.approx(found.map[0], abs=5e-3)
    assert found.eap_se[0] == pytest.approx(found.map_se[0], rel=0.02) and found.eap_se[0] < 0.13
    step = abilities(np.array([[1.0, 0.0]]), [ItemParameters(15, 0.5), ItemParameters(15, 0.8)])
    assert 0.5 < step.eap[0] < 0.8 and np.isfinite(step.map_se[0])


def test_nine_in_ten_abilities_lie_within_the_interval_of_90_percent() -> None:
    chance = np.random.default_rng(11)
    theta, b = chance.normal(size=4000), chance.normal(size=14)
    data = (chance.random((4000, 14)) < 1 / (1 + np.exp(b - theta[:, None]))).astype(float)
    found = abilities(data, [ItemParameters(1.0, each) for each in b])
    assert 0.88 < (np.abs(theta - found.eap) < 1.645 * found.eap_se).mean() < 0.92
