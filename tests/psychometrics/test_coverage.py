"""The intervals hold what they promise, on made-up people whose ability is known (the tables are in docs/scores.md)."""

from __future__ import annotations

import pytest

from tests.psychometrics.simulation import Draw, authored, calibrated, tally

PEOPLE = 1000
SCENES = {
    "calibrated": (calibrated(), 87, 93),
    "calibrated from a pilot": (calibrated(0.2), 87, 93),
    "the author errs as assumed": (authored(0.7), 87, 93),
    "the author errs more": (authored(1.0), 85, 93),
}


@pytest.mark.parametrize("answers", [5, 14])
@pytest.mark.parametrize(("draw", "least", "most"), SCENES.values(), ids=SCENES)
def test_nine_of_ten_intervals_hold_the_true_score(draw: Draw, least: float, most: float, answers: int) -> None:
    assert least <= tally(draw, answers, count=PEOPLE).coverage <= most


@pytest.mark.parametrize("draw", [calibrated(), authored()], ids=["calibrated", "the author's word"])
def test_a_state_is_wrong_at_most_as_often_as_its_certainty_allows(draw: Draw) -> None:
    found = tally(draw, 14, count=PEOPLE)
    assert 0 < found.mastered_below <= 0.2 * found.mastered
    assert 0 < found.support_above <= 0.2 * found.support


def test_luck_makes_scores_too_high_and_the_documentation_says_so() -> None:
    """The model knows no guessing: were this mended, the warning in docs/scores.md would have to go."""
    found = tally(authored(guess=0.25), 14, count=PEOPLE)
    assert found.error / found.people > 5
