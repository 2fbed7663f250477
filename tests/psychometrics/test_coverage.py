"""The intervals hold what they promise, on made-up people whose ability is known (the tables are in docs/scores.md)."""

from __future__ import annotations

import pytest

from tests.psychometrics.simulation import FOUR, TRUE_FALSE, Draw, World, authored, calibrated, piloted, tally

PEOPLE = 1000
SCENES = {
    "calibrated": (World(calibrated()), 87, 93),
    "calibrated from a pilot": (World(calibrated(0.2)), 87, 93),
    "the author errs as assumed": (World(authored(0.7)), 87, 93),
    "the author errs more": (World(authored(1.0)), 85, 93),
}
WHO = {"nobody guesses": 0.0, "half of them guess": 0.5, "everybody guesses": 1.0}


@pytest.mark.parametrize("answers", [5, 14])
@pytest.mark.parametrize(("world", "least", "most"), SCENES.values(), ids=SCENES)
def test_nine_of_ten_intervals_hold_the_true_score(world: World, least: float, most: float, answers: int) -> None:
    assert least <= tally(world, answers, count=PEOPLE).coverage <= most


@pytest.mark.parametrize("guessers", WHO.values(), ids=WHO)
def test_they_hold_it_whoever_guesses_at_calibrated_questions_of_four_options(guessers: float) -> None:
    """Calibrated in the same world, in which it is not known either who guesses."""
    found = tally(World(piloted(FOUR, guessers), guessers), 20, count=PEOPLE)
    assert 87 <= found.coverage <= 93


@pytest.mark.parametrize("guessers", WHO.values(), ids=WHO)
@pytest.mark.parametrize("guess", [FOUR, TRUE_FALSE], ids=["four options", "true or false"])
def test_they_hold_it_nearly_as_often_by_the_authors_word(guess: tuple[float, ...], guessers: float) -> None:
    """More often where some guess and some do not: an interval reckons with both."""
    assert 86 <= tally(World(authored(guess=guess), guessers), 20, count=PEOPLE).coverage <= 98


@pytest.mark.parametrize("draw", [calibrated(), authored()], ids=["calibrated", "the author's word"])
def test_a_state_is_wrong_at_most_as_often_as_its_certainty_allows(draw: Draw) -> None:
    found = tally(World(draw), 14, count=PEOPLE)
    assert 0 < found.mastered_below <= 0.2 * found.mastered
    assert 0 < found.support_above <= 0.2 * found.support


@pytest.mark.parametrize("guessers", WHO.values(), ids=WHO)
def test_few_who_need_support_are_told_that_they_have_mastered_it_whoever_guesses(guessers: float) -> None:
    found = tally(World(authored(guess=FOUR), guessers), 20, count=PEOPLE)
    assert found.mastered_below <= 0.04 * found.below
    assert found.support_above <= 0.2 * found.support
