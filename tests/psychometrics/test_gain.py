"""What a group gained: worked by hand, and what must hold whatever the marks."""

from __future__ import annotations

from dataclasses import replace
from math import pi, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.psychometrics.gain import GainClass, GroupGain, Taken, gain_class, group_gain, item_gain, normalised_gain

THREE = [Taken(40, 60), Taken(50, 70), Taken(60, 95)]
CROSSED = [Taken(60, 60, "A", "B"), Taken(50, 54, "A", "B"), Taken(40, 80, "B", "A"), Taken(30, 66, "B", "A")]

percents = st.integers(0, 100).map(float)
forms = st.sampled_from([(None, None), ("A", "B"), ("B", "A"), ("A", "A")])
taken = st.builds(lambda before, after, form: Taken(before, after, *form), percents, percents, forms)


def gained(people: list[Taken]) -> GroupGain:
    found = group_gain(people)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(54, 81, 27 / 46), (50, 50, 0), (60, 50, -0.25), (0, 100, 1), (100, 100, None), (100, 90, None), (99, 0, -99)],
)
def test_hakes_gain_is_the_share_of_what_could_be_gained(before: float, after: float, expected: float | None) -> None:
    assert normalised_gain(before, after) == (pytest.approx(expected) if expected is not None else None)


@pytest.mark.parametrize(
    ("gain", "expected"),
    [
        (1, GainClass.HIGH),
        (0.7, GainClass.HIGH),
        (0.696, GainClass.HIGH),  # shown as 0.70
        (0.69, GainClass.MEDIUM),
        (0.3, GainClass.MEDIUM),
        (0.29, GainClass.LOW),
        (0, GainClass.LOW),
        (-0.001, GainClass.LOW),  # shown as 0.00
        (-0.01, GainClass.NEGATIVE),
    ],
)
def test_the_class_is_that_of_the_number_shown(gain: float, expected: GainClass) -> None:
    assert gain_class(gain) is expected


def test_three_people_by_hand() -> None:
    """Means 50 and 75, standard deviations 10 and sqrt(325) = 18.03; Hedges' factor at two degrees is 1 / sqrt(pi)."""
    found = gained(THREE)
    assert (found.people, found.before, found.after, found.gain) == pytest.approx((3, 50, 75, 0.5))
    assert found.gain_class is GainClass.MEDIUM
    assert found.effect == pytest.approx(25 / ((10 + sqrt(325)) / 2) / sqrt(pi))
    assert found.before_interval == pytest.approx((50 - 2.92 * 10 / sqrt(3), 50 + 2.92 * 10 / sqrt(3)), abs=0.01)
    assert found.few and found.indicative and not found.confounded and found.forms is None


def test_the_gain_is_of_the_means_not_the_mean_of_gains() -> None:
    """The second gained all she could; the mean of both persons' gains would be 0.55."""
    found = gained([Taken(0, 10), Taken(90, 100)])
    assert found.gain == pytest.approx(10 / 55)


def test_crossed_forms_are_levelled_by_hand() -> None:
    """Who met A first gained 2 on average, who met B first 38: A is (38 - 2) / 2 = 18 points easier."""
    found = gained(CROSSED)
    assert (found.forms, found.before, found.after, found.gain) == pytest.approx((18, 45, 65, 20 / 55))
    level = gained([Taken(51, 69), Taken(41, 63), Taken(49, 71), Taken(39, 57)])
    assert (found.effect, found.before_interval) == (pytest.approx(level.effect), pytest.approx(level.before_interval))
    assert not found.confounded


def test_forms_that_were_not_crossed_cannot_be_told_from_the_gain() -> None:
    found = gained(CROSSED[:2])
    assert found.forms is None and found.confounded
    assert (found.before, found.after) == pytest.approx((55, 57))
    assert not gained([Taken(50, 60, "A", "A"), Taken(50, 60, "B", "B")]).confounded


def test_what_one_group_knows_more_does_not_look_like_a_difference_of_forms() -> None:
    stronger = [replace(each, before=each.before + 10, after=each.after + 10) for each in CROSSED[:2]]
    assert gained([*stronger, *CROSSED[2:]]).forms == pytest.approx(18)


UNDEFINED = [
    ("nothing could be gained", [Taken(100, 100)] * 4, None),
    ("nobody differs", [Taken(50, 70)] * 4, 0.4),
    ("two people", [Taken(40, 60), Taken(50, 90)], 30 / 55),
]


@pytest.mark.parametrize(("people", "gain"), [case[1:] for case in UNDEFINED], ids=[case[0] for case in UNDEFINED])
def test_what_is_undefined_is_left_out(people: list[Taken], gain: float | None) -> None:
    found = gained(people)
    assert found.gain == (pytest.approx(gain) if gain is not None else None)
    assert (found.effect, found.effect_interval) == (None, None)
    assert (found.gain_class is None) == (gain is None)


def test_without_people_there_is_no_gain() -> None:
    assert group_gain([]) is None


def test_a_group_that_fell_back_is_shown_as_it_is() -> None:
    found = gained([Taken(60, 50), Taken(70, 55), Taken(80, 75), Taken(50, 52)])
    assert found.gain is not None and found.gain < 0 and found.gain_class is GainClass.NEGATIVE
    assert found.gain_interval is not None and found.gain_interval.low < found.gain < found.gain_interval.high


def test_the_interval_is_the_one_theory_gives_a_large_group() -> None:
    """By the delta method: the error of (y - x) / (100 - x) is that of the mean of
    dy / (100 - x) - dx (100 - y) / (100 - x)^2, x and y the means."""
    random = Random(3)
    people = [Taken(random.gauss(50, 12), random.gauss(70, 10)) for _ in range(1000)]
    found = gained(people)
    left, left_after = 100 - found.before, 100 - found.after
    pulls = [(p.after - found.after) / left - (p.before - found.before) * left_after / left**2 for p in people]
    half = 1.645 * sqrt(sum(pull * pull for pull in pulls)) / len(people)
    assert found.gain is not None and found.gain_interval is not None
    assert found.gain_interval == pytest.approx((found.gain - half, found.gain + half), abs=half / 10)


def test_the_same_people_always_get_the_same_interval() -> None:
    assert group_gain(CROSSED * 5) == group_gain(CROSSED * 5)
    assert group_gain(CROSSED * 5, seed=2) != group_gain(CROSSED * 5)


@settings(max_examples=20)
@given(st.lists(taken, min_size=1, max_size=8))
def test_figures_stay_in_their_bounds_and_intervals_are_in_order(people: list[Taken]) -> None:
    found = gained(people)
    assert found.people == len(people)
    assert found.gain is None or found.gain <= 1 or found.forms is not None
    for interval in (found.before_interval, found.after_interval):
        assert interval is None or 0 <= interval.low <= interval.high <= 100
    for interval in (found.gain_interval, found.effect_interval):
        assert interval is None or interval.low <= interval.high


def test_a_question_by_hand() -> None:
    """Newcombe's own example (1998, table II): 56 of 70 and 48 of 80 differ by 0.2, 95 % from 0.0524 to 0.3339."""
    found = item_gain(48, 80, 56, 70, certainty=0.95)
    assert found is not None
    assert (found.before, found.after, found.difference, found.gain) == pytest.approx((0.6, 0.8, 0.2, 0.5))
    assert found.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_a_question_that_all_knew_has_no_normalised_gain_and_one_nobody_met_has_none_at_all() -> None:
    known = item_gain(10, 10, 9, 10)
    assert known is not None and known.gain is None and known.difference == pytest.approx(-0.1)
    assert item_gain(0, 0, 3, 5) is None and item_gain(3, 5, 0, 0) is None
