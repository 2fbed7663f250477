"""Intervals: printed values, what they must hold, and how often they hold it."""

from __future__ import annotations

from math import sqrt
from random import Random
from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.psychometrics.intervals import Interval, correlation_interval, mean_interval, student, wilson

# Newcombe (1998), Statistics in Medicine 17, table I, method 3 (score), certainty 0.95
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]

# Student's t, two-sided, as R's qt() gives it: certainty, degrees of freedom, t. From 30 on by a series.
STUDENT = [
    (0.9, 1, 6.313752), (0.95, 1, 12.706205), (0.9, 2, 2.919986), (0.95, 2, 4.302653), (0.9, 3, 2.353363),
    (0.95, 3, 3.182446), (0.9, 7, 1.894579), (0.99, 29, 2.756386), (0.9, 30, 1.697261), (0.95, 30, 2.042272),
    (0.99, 30, 2.749996), (0.95, 60, 2.000298), (0.95, 120, 1.979930),
]  # fmt: skip


def spread(values: list[float]) -> float:
    return sqrt(sum((value - fmean(values)) ** 2 for value in values) / (len(values) - 1))


@pytest.mark.parametrize(("successes", "n", "low", "high"), NEWCOMBE)
def test_the_share_of_successes_has_the_printed_interval(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n, 0.95) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 200).flatmap(lambda n: st.tuples(st.floats(0, n), st.just(n))), st.sampled_from([0.8, 0.9, 0.99]))
def test_a_share_lies_in_its_interval_and_both_within_nought_and_one(case: tuple[float, int], certainty: float) -> None:
    successes, n = case
    low, high = wilson(successes, n, certainty)
    assert 0 <= low <= high <= 1
    assert not n or low - 1e-9 <= successes / n <= high + 1e-9


def test_no_case_tells_nothing_of_a_share() -> None:
    assert wilson(0, 0) == Interval(0.0, 1.0)
    with pytest.raises(ValueError, match="3 successes of 2"):
        wilson(3, 2)


@pytest.mark.parametrize(("certainty", "freedom", "t"), STUDENT)
def test_student_s_t_is_that_of_the_tables(certainty: float, freedom: int, t: float) -> None:
    assert student(certainty, freedom) == pytest.approx(t, abs=1e-6)


def test_student_s_t_falls_towards_the_normal_distribution() -> None:
    found = [student(0.9, freedom) for freedom in range(1, 200)]
    assert found == sorted(found, reverse=True)
    assert student(0.9, 10**6) == pytest.approx(NormalDist().inv_cdf(0.95), abs=1e-5)


def test_a_mean_has_the_interval_of_student() -> None:
    """Nine values of mean 50 and sd 12: 50 -+ 1.860 x 12/3."""
    assert mean_interval(9, 50, 12) == pytest.approx((42.56, 57.44), abs=5e-3)
    assert mean_interval(1, 50, 12) is None


def test_a_correlation_has_the_interval_of_fisher() -> None:
    """r = 0.5 of 28 pairs: atanh 0.5 = 0.5493 -+ 1.96/5 is 0.1573 .. 0.9413, whose tanh is 0.156 .. 0.736."""
    assert correlation_interval(0.5, 28, 0.95) == pytest.approx((0.156, 0.736), abs=5e-4)
    assert correlation_interval(1.0, 28) is correlation_interval(0.5, 3) is None


def test_nine_of_ten_intervals_hold_the_true_share_and_the_true_mean() -> None:
    chance = Random(20261123)
    shares = means = 0
    for _ in range(2000):
        low, high = wilson(sum(chance.random() < 0.7 for _ in range(15)), 15)
        shares += low <= 0.7 <= high
        values = [chance.gauss(50, 20) for _ in range(6)]
        held = mean_interval(6, fmean(values), spread(values))
        means += held is not None and held.low <= 50 <= held.high
    assert shares / 2000 == pytest.approx(0.9, abs=0.03)  # of 15 cases only some shares are possible
    assert means / 2000 == pytest.approx(0.9, abs=0.02)
