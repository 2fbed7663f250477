"""What the figures of a question say in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.marking.rules.item_bands import Flag, Hardness, Power, Quality
from app.marking.rules.item_quality import (
    ItemFigure,
    Judged,
    OptionTally,
    best_figures,
    concerns,
    fits_quality,
    hardness,
    power,
)
from app.marking.rules.item_words import ADVICE, FLAG_WORDS, reliability_advice

KEY = OptionTally("A", True, 40, 0.8)
FIGURE = ItemFigure("kuis", 60, 0.6, 0.5)


def flags(item: Judged) -> list[Flag]:
    return [each.flag for each in concerns(item)]


@pytest.mark.parametrize(
    ("facility", "band"),
    [(-0.1, "hard"), (0.0, "hard"), (0.304, "hard"), (0.306, "medium"), (0.70, "medium"), (0.71, "easy"), (1, "easy")],
)
def test_a_word_for_how_hard_agrees_with_the_figure_as_it_is_shown(facility: float, band: str) -> None:
    assert hardness(facility) is Hardness(band)


@pytest.mark.parametrize(
    ("correlation", "band"),
    [
        (-1, "negative"), (-0.006, "negative"), (-0.004, "poor"), (0.2, "poor"), (0.21, "fair"), (0.4, "fair"),
        (0.41, "good"), (0.7, "good"), (0.71, "very_good"),
    ],
)  # fmt: skip
def test_a_word_for_discrimination_agrees_with_the_figure_as_it_is_shown(correlation: float, band: str) -> None:
    assert power(correlation) is Power(band)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Judged(60, 0.6, 0.5, 0.25), []),
        (Judged(4, 0.0, -1.0, 0.25), []),  # too few to say anything
        (Judged(60, None, None), []),
        (Judged(60, 0.6, -0.3), [Flag.NEGATIVE]),
        (Judged(60, 0.6, 0.1), [Flag.POOR]),
        (Judged(12, 0.6, 0.1), []),  # among few, what may be chance is no fault
        (Judged(12, 0.6, -0.3), []),
        (Judged(12, 0.6, -0.8), [Flag.NEGATIVE]),
        (Judged(60, 0.97, 0.05), [Flag.TOO_EASY]),  # that it tells nobody apart is said by that
        (Judged(60, 0.05, 0.3), [Flag.TOO_HARD]),
        (Judged(60, 0.10, 0.3, 0.5), [Flag.BELOW_GUESSING]),
        (Judged(60, 0.20, 0.3, 0.25), []),  # guessing lies within its interval
        (Judged(60, 0.05, -0.3, 0.25), [Flag.NEGATIVE, Flag.BELOW_GUESSING]),
        (Judged(60, 0.6, -0.1), [Flag.POOR]),  # its interval reaches above nought: no word against the key
        (Judged(60, 0.6, None), []),
    ],
)
def test_what_is_looked_into_follows_from_the_figures(item: Judged, expected: list[Flag]) -> None:
    assert flags(item) == expected


@pytest.mark.parametrize(
    ("option", "n", "expected"),
    [
        (OptionTally("B", False, 20, 0.5), 60, []),
        (OptionTally("B", False, 20, 0.9), 60, [Flag.ABLE_CHOOSE_WRONG]),
        (OptionTally("B", False, 4, 0.9), 60, []),  # four people are no rule
        (OptionTally("B", False, 1, 0.1), 60, [Flag.UNCHOSEN]),
        (OptionTally("B", False, 0, None), 60, [Flag.UNCHOSEN]),
        (OptionTally("B", False, 0, None), 29, []),  # may well be chance
    ],
)
def test_a_wrong_option_is_named_when_it_does_no_work_or_draws_the_able(
    option: OptionTally, n: int, expected: list[Flag]
) -> None:
    found = concerns(Judged(n, 0.6, 0.5, 0.25, (KEY, option)))
    assert [each.flag for each in found] == expected
    assert all("B" in each.advice.text() for each in found)


@given(
    st.integers(0, 500),
    st.none() | st.floats(-1, 1),
    st.none() | st.floats(-1, 1),
    st.none() | st.floats(0, 1),
)
def test_any_figures_lead_to_sentences_without_gaps(
    n: int, facility: float | None, discrimination: float | None, guess: float | None
) -> None:
    options = (KEY, OptionTally("B", False, n, facility))
    for each in concerns(Judged(n, facility, discrimination, guess, options)):
        assert "%(" not in each.advice.text()


def test_every_flag_has_its_words_and_its_advice() -> None:
    assert set(ADVICE) == set(FLAG_WORDS) == set(Flag)


@pytest.mark.parametrize(
    ("figure", "fitting"),
    [
        (None, {Quality.UNKNOWN}),
        (FIGURE, {Quality.GOOD, Quality.MEDIUM}),
        (ItemFigure("kuis", 60, 0.2, -0.2), {Quality.CHECK, Quality.HARD}),
        (ItemFigure("kuis", 60, 0.99, None), {Quality.CHECK, Quality.EASY}),
    ],
)
def test_a_bank_is_searched_by_what_answers_tell(figure: ItemFigure | None, fitting: set[Quality]) -> None:
    assert {each for each in Quality if fits_quality(figure, each)} == fitting
    assert fits_quality(figure, "") and not fits_quality(figure, "tidak-ada")


def test_of_several_quizzes_the_one_that_most_people_took_tells_of_a_question() -> None:
    fewer, as_many = ItemFigure("a", 59, 0.1, 0.1), ItemFigure("c", 60, 0.2, 0.2)
    found = best_figures([{"x": fewer, "y": fewer}, {"x": FIGURE}, {"x": as_many}])
    assert found == {"x": FIGURE, "y": fewer}


def test_an_alpha_says_what_it_allows() -> None:
    told = [reliability_advice(each).msgid for each in (0.5, 0.694, 0.7, 0.794, 0.8, 1.0)]
    assert told[0] == told[1] and told[2] == told[3] and told[4] == told[5] and len(set(told)) == 3
