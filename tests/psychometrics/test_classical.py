"""Item and test statistics: by hand, against exact arithmetic, and what must hold whatever the marks."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import sqrt
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.psychometrics.classical import analyse
from app.psychometrics.figures import Analysis, ItemMark, ItemStatistics, Reason
from tests.psychometrics import exact

Rows = list[list[float | None]]  # attempts x items; None: not asked

PERCENTAGES = ("intended_weight", "effective_weight", "discrimination_index", "discriminative_efficiency")


def marks_of(rows: Rows, max_marks: list[float]) -> list[ItemMark]:
    """The items are a, b, c …"""
    return [
        ItemMark(attempt, "abcdefgh"[item], mark, max_marks[item])
        for attempt, row in enumerate(rows)
        for item, mark in enumerate(row)
        if mark is not None
    ]


def analysed(rows: Rows, max_marks: list[float]) -> Analysis:
    return analyse(marks_of(rows, max_marks))


def shares(analysis: Analysis) -> dict[str, float | None]:
    """The figures that have no points in them."""
    found = {
        f"{item.item} {name}": getattr(item, name) for item in analysis.items for name in ("facility", *PERCENTAGES)
    }
    return found | {name: getattr(analysis.test, name) for name in ("skewness", "kurtosis", "cic", "error_ratio")}


def near(figures: Mapping[str, float | None]) -> dict[str, Any]:
    """The same but for the last digits of a float; None stays None."""
    return {name: each if each is None else pytest.approx(each, rel=1e-9, abs=1e-9) for name, each in figures.items()}


def by_name(analysis: Analysis) -> dict[str, ItemStatistics]:
    return {item.item: item for item in analysis.items}


# ---------------------------------------------------------------- by hand

# Five people, three items worth 1, 1 and 2 points.
BY_HAND: Rows = [
    [1, 1, 2],  # Ana:  T 4, rests o(a) 3, o(b) 3, o(c) 2
    [1, 0, 2],  # Budi: T 3, rests      2,      3,      1
    [1, 1, 0],  # Cici: T 2, rests      1,      1,      2
    [0, 0, 1],  # Dodi: T 1, rests      1,      1,      0
    [0, 0, 0],  # Eka:  T 0, rests      0,      0,      0
]
# var a = 1.2/4   = 0.3 (mean 0.6)     var o(a) = 5.2/4 = 1.3 (mean 1.4)   cov = (6 - 5 x 0.6 x 1.4)/4 = 0.45
# var b = 1.2/4   = 0.3 (mean 0.4)     var o(b) = 7.2/4 = 1.8 (mean 1.6)   cov = (4 - 5 x 0.4 x 1.6)/4 = 0.2
# var c = 4/4     = 1   (mean 1)       var o(c) = 4/4   = 1   (mean 1)     cov = (6 - 5 x 1 x 1)/4     = 0.25
# sorted by themselves: a 0 0 1 1 1 with 0 1 1 2 3: (6 - 4.2)/4 = 0.45; b 0 0 0 1 1 with 0 1 1 3 3: (6 - 3.2)/4 = 0.7;
#                       c 0 0 1 2 2 with 0 0 1 2 2: (9 - 5)/4 = 1
# cov(x, T) = var x + cov(x, o): 0.75, 0.5, 1.25; their roots 0.8660, 0.7071, 1.1180 come to 2.6912
ITEMS_BY_HAND = {
    "a": {
        "facility": 0.6, "sd": sqrt(0.3), "intended_weight": 25.0, "effective_weight": 32.1803,
        "covariance": 0.45, "mark_variance": 0.3, "other_mark_variance": 1.3,
        "discrimination_index": 72.0577, "covariance_max": 0.45, "discriminative_efficiency": 100.0,
    },
    "b": {
        "facility": 0.4, "sd": sqrt(0.3), "intended_weight": 25.0, "effective_weight": 26.2751,
        "covariance": 0.2, "mark_variance": 0.3, "other_mark_variance": 1.8,
        "discrimination_index": 27.2166, "covariance_max": 0.7, "discriminative_efficiency": 28.5714,
    },
    "c": {
        "facility": 0.5, "sd": 1.0, "intended_weight": 50.0, "effective_weight": 41.5446,
        "covariance": 0.25, "mark_variance": 1.0, "other_mark_variance": 1.0,
        "discrimination_index": 25.0, "covariance_max": 1.0, "discriminative_efficiency": 25.0,
    },
}  # fmt: skip


@pytest.mark.parametrize("item", ITEMS_BY_HAND)
def test_the_figures_of_an_item_are_those_worked_out_by_hand(item: str) -> None:
    found = by_name(analysed(BY_HAND, [1, 1, 2]))[item]
    assert {name: getattr(found, name) for name in ITEMS_BY_HAND[item]} == pytest.approx(ITEMS_BY_HAND[item], abs=1e-4)
    assert (found.n, found.max_mark, found.why, found.indicative) == (5, {"c": 2.0}.get(item, 1.0), {}, True)


def test_the_figures_of_a_test_are_those_worked_out_by_hand() -> None:
    """T = 4 3 2 1 0: deviations 2 1 0 -1 -2, squares 10, fourth powers 34.

    k2 = 10/4 = 2.5; k4 = 25 x (6 x 6.8 - 3 x 4 x 2^2)/(4 x 3 x 2) = -7.5, over 2.5^2 = -1.2.
    Alpha: 3/2 x (1 - (0.3 + 0.3 + 1)/2.5) = 0.54; the root of 0.46 is 0.6782.
    """
    found = analysed(BY_HAND, [1, 1, 2]).test
    assert (found.n, found.mean, found.median, found.why, found.indicative) == (5, 2.0, 2.0, {}, True)
    told = [found.sd, found.skewness, found.kurtosis, found.cic, found.error_ratio, found.standard_error]
    assert told == pytest.approx([1.5811388, 0.0, -1.2, 54.0, 67.8233, 1.0723805], abs=1e-4)


def test_a_tail_of_high_totals_is_a_skewness_above_nought() -> None:
    """T = 0 0 3: m3 = (-1 - 1 + 8)/3 = 2, k3 = 9 x 2/2 = 9, k2 = 3: 9/3^1.5, the root of 3."""
    assert analysed([[0, 0], [0, 0], [1, 2]], [1, 2]).test.skewness == pytest.approx(sqrt(3))


@pytest.mark.parametrize("mark", [0.1, 0.3, 0.7, 1 / 3, 1e-5])
@pytest.mark.parametrize("items", [2, 3, 7])
def test_items_that_agree_wholly_have_an_alpha_of_one_and_no_error(mark: float, items: int) -> None:
    found = analysed([[mark * row] * items for row in (0, 1, 2, 3)], [mark * 3] * items).test
    assert (found.cic, found.error_ratio) == (pytest.approx(100), pytest.approx(0, abs=1e-5))


def test_an_item_that_the_strong_miss_has_no_effective_weight() -> None:
    """a = 0 0 1, b = 2 1 0, T = 2 1 1: cov(a, T) = -1/6 and is left out, so that b's 1/2 carries all."""
    a, b = analysed([[0, 2], [0, 1], [1, 0]], [1, 2]).items
    assert (a.effective_weight, a.why["effective_weight"]) == (None, Reason.NEGATIVE)
    assert a.discrimination_index == pytest.approx(-sqrt(3) / 2 * 100)
    assert b.effective_weight == pytest.approx(100.0)


def test_an_alpha_below_nought_is_not_meaningful() -> None:
    """T = 1 1 2, var T = 1/3, var a = var b = 1/3: alpha = 2 x (1 - 2) = -2."""
    found = analysed([[1, 0], [0, 1], [1, 1]], [1, 1]).test
    assert (found.cic, found.error_ratio, found.standard_error) == (None, None, None)
    assert {found.why[name] for name in ("cic", "error_ratio", "standard_error")} == {Reason.NEGATIVE}
    assert found.sd == pytest.approx(sqrt(1 / 3))


def test_of_drawn_items_the_rest_is_that_of_those_who_held_them() -> None:
    """b was asked of the first three alone: x = 1 1 0, o = 1 0 0, cov = (1 - 3 x 2/3 x 1/3)/2 = 1/6, both var 1/3."""
    found = analysed([[1, 1, None], [0, 1, None], [0, 0, None], [1, None, 1]], [1, 1, 1])
    b = by_name(found)["b"]
    assert (b.n, b.facility, b.covariance) == (3, pytest.approx(2 / 3), pytest.approx(1 / 6))
    assert b.discrimination_index == pytest.approx(50.0)
    assert found.test.mean == pytest.approx(5 / 4)
    for figures in (b, found.test):
        names = ("intended_weight", "effective_weight") if figures is b else ("cic", "error_ratio", "standard_error")
        assert {figures.why[name] for name in names} == {Reason.ITEMS_DIFFER}
        assert all(getattr(figures, name) is None for name in names)


UNDEFINED: list[tuple[str, Rows, list[float], dict[str, Reason]]] = [
    ("one attempt", [[1, 0]], [1, 1], dict.fromkeys(
        ("sd", "covariance", "mark_variance", "other_mark_variance", "discrimination_index", "covariance_max",
         "discriminative_efficiency", "effective_weight"), Reason.FEW_ATTEMPTS)),
    ("all right", [[1, 1], [1, 0], [1, 0]], [1, 1], dict.fromkeys(
        ("discrimination_index", "discriminative_efficiency"), Reason.SAME_MARK)),
    ("one item", [[1], [0], [1]], [1], dict.fromkeys(
        ("discrimination_index", "discriminative_efficiency"), Reason.SAME_REST)),
    ("the others never vary", [[1, 1], [0, 1], [1, 1]], [1, 1], dict.fromkeys(
        ("discrimination_index", "discriminative_efficiency"), Reason.SAME_REST)),
    ("others that differ by what a sum of large marks rounds away", [[250000.3, 1e-5], [100000.7, 1e-5], [3.1, 1e-5]],
     [300000, 1], dict.fromkeys(("discrimination_index", "discriminative_efficiency"), Reason.SAME_REST)),
    ("nothing to earn", [[0, 0], [0, 1], [0, 0]], [0, 1], {
        "facility": Reason.NO_POINTS, "discrimination_index": Reason.SAME_MARK,
        "discriminative_efficiency": Reason.SAME_MARK}),
    ("no points at all", [[0], [0]], [0], {
        "facility": Reason.NO_POINTS, "intended_weight": Reason.NO_POINTS, "effective_weight": Reason.SAME_TOTAL,
        "discrimination_index": Reason.SAME_MARK, "discriminative_efficiency": Reason.SAME_MARK}),
    ("tenths that all are the same", [[0.1, 0.2, 0.7]] * 3, [1, 1, 1], {
        "effective_weight": Reason.SAME_TOTAL, "discrimination_index": Reason.SAME_MARK,
        "discriminative_efficiency": Reason.SAME_MARK}),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "max_marks", "why"), [case[1:] for case in UNDEFINED], ids=[c[0] for c in UNDEFINED])
def test_what_is_undefined_of_an_item_says_why(rows: Rows, max_marks: list[float], why: dict[str, Reason]) -> None:
    assert analysed(rows, max_marks).items[0].why == why


TEST_UNDEFINED: list[tuple[str, Rows, dict[str, Reason]]] = [
    ("nobody", [], dict.fromkeys(
        ("mean", "median", "sd", "skewness", "kurtosis", "cic", "error_ratio", "standard_error"), Reason.FEW_ATTEMPTS)),
    ("one attempt", [[1, 0]], dict.fromkeys(
        ("sd", "skewness", "kurtosis", "cic", "error_ratio", "standard_error"), Reason.FEW_ATTEMPTS)),
    ("two attempts", [[1, 0], [1, 1]], dict.fromkeys(
        ("skewness", "kurtosis", "cic", "error_ratio", "standard_error"), Reason.FEW_ATTEMPTS)),
    ("three attempts", [[1, 1], [1, 1], [0, 0]], {"kurtosis": Reason.FEW_ATTEMPTS}),
    ("equal totals", [[1, 0], [0, 1], [1, 0], [0, 1]], dict.fromkeys(
        ("skewness", "kurtosis", "cic", "error_ratio", "standard_error"), Reason.SAME_TOTAL)),
    ("three equal totals", [[1, 0], [0, 1], [1, 0]], {"kurtosis": Reason.FEW_ATTEMPTS, **dict.fromkeys(
        ("skewness", "cic", "error_ratio", "standard_error"), Reason.SAME_TOTAL)}),
    ("one item", [[1], [0], [1], [1]], dict.fromkeys(("cic", "error_ratio", "standard_error"), Reason.ONE_ITEM)),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "why"), [case[1:] for case in TEST_UNDEFINED], ids=[c[0] for c in TEST_UNDEFINED])
def test_what_is_undefined_of_a_test_says_why(rows: Rows, why: dict[str, Reason]) -> None:
    assert analysed(rows, [1, 1]).test.why == why


def test_thirty_attempts_are_more_than_indicative() -> None:
    for count, indicative in ((29, True), (30, False)):
        found = analysed([[index % 2, 1] for index in range(count)], [1, 1])
        assert (found.test.indicative, found.items[0].indicative) == (indicative, indicative)


WRONG = [
    [ItemMark(1, "a", 1.0, 1.0), ItemMark(1, "a", 0.0, 1.0)],
    [ItemMark(1, "a", 1.0, 1.0), ItemMark(2, "a", 0.0, 2.0)],
    [ItemMark(1, "a", float("nan"), 1.0)],
]


@pytest.mark.parametrize("marks", WRONG)
def test_marks_that_contradict_each_other_are_not_analysed(marks: list[ItemMark]) -> None:
    with pytest.raises(ValueError, match=r"marks|worth|number"):
        analyse(marks)


# ---------------------------------------------------------------- against exact arithmetic, and properties

TENTHS = st.sampled_from(["0", "0.1", "0.3", "1", "2.5", "1000.7"])


Drawn = tuple[list[dict[str, Fraction]], dict[str, Fraction]]  # attempts, and what each item is worth


@st.composite
def exact_tests(draw: st.DrawFn) -> Drawn:
    """Attempts at up to five items, the marks in quarters of what an item is worth; perhaps not all items for all."""
    max_marks = {name: Fraction(draw(TENTHS)) for name in "abcde"[: draw(st.integers(1, 5))]}
    quarters = st.integers(-1 if draw(st.booleans()) else 0, 4)
    held = st.one_of(quarters, st.none()) if draw(st.booleans()) else quarters
    rows = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(max_marks, held)), max_size=9))
    table = [
        {item: max_marks[item] * Fraction(mark, 4) for item, mark in row.items() if mark is not None} for row in rows
    ]
    return [row for row in table if row], max_marks


def as_marks(drawn: Drawn) -> list[ItemMark]:
    table, max_marks = drawn
    return [
        ItemMark(attempt, item, float(mark), float(max_marks[item]))
        for attempt, row in enumerate(table)
        for item, mark in row.items()
    ]


@given(exact_tests())
def test_every_figure_agrees_with_exact_arithmetic(
    drawn: Drawn,
) -> None:
    table, max_marks = drawn
    max_marks = {item: each for item, each in max_marks.items() if any(item in row for row in table)}
    found = analyse(as_marks((table, max_marks)))
    weights = exact.weights(table, max_marks)
    assert {item.item for item in found.items} == set(max_marks)
    for item in found.items:
        expected = exact.item_figures(table, item.item, max_marks)
        expected |= dict(zip(("intended_weight", "effective_weight"), weights[item.item], strict=True))
        assert {name: getattr(item, name) for name in expected} == near(expected)
        assert set(item.why) == {name for name, value in expected.items() if value is None}
    expected = exact.test_figures(table, list(max_marks))
    assert {name: getattr(found.test, name) for name in expected} == near(expected)
    assert set(found.test.why) == {name for name, value in expected.items() if value is None}


@given(exact_tests(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(drawn: Drawn, chance: Random) -> None:
    marks = as_marks(drawn)
    before = analyse(marks)
    chance.shuffle(marks)
    after = analyse(marks)
    assert shares(after) == near(shares(before))


@given(exact_tests(), st.sampled_from([1e-90, 0.1, 3.0, 1000.0, 1e90]))
def test_other_points_leave_every_share_as_it_was(drawn: Drawn, factor: float) -> None:
    marks = as_marks(drawn)
    after = analyse(each._replace(mark=each.mark * factor, max_mark=each.max_mark * factor) for each in marks)
    assert shares(after) == near(shares(analyse(marks)))


@given(exact_tests())
def test_percentages_keep_their_bounds(drawn: Drawn) -> None:
    found = analyse(as_marks(drawn))
    for item in found.items:
        index, efficiency = item.discrimination_index, item.discriminative_efficiency
        assert (index is None) is (efficiency is None)
        if index is not None and efficiency is not None:
            assert -100 <= index <= 100
            assert efficiency <= 100 + 1e-9
            assert abs(efficiency) >= abs(index) - 1e-9
    for weight in ("intended_weight", "effective_weight"):
        told = [each for item in found.items if (each := getattr(item, weight)) is not None]
        assert not told or sum(told) == pytest.approx(100)
    assert found.test.cic is None or 0 <= found.test.cic <= 100 + 1e-9


@given(st.integers(2, 5).flatmap(lambda p: st.lists(st.lists(st.integers(0, 1), min_size=p, max_size=p), min_size=3)))
def test_alpha_of_right_and_wrong_answers_is_kr_20(rows: list[list[int]]) -> None:
    """Kuder and Richardson (1937), formula 20: p/(p - 1) x (1 - sum of pq / variance of the totals, divisor n)."""
    n, p = len(rows), len(rows[0])
    totals = [Fraction(sum(row)) for row in rows]
    spread = exact.moment(totals, 2)
    assume(spread > 0)
    right = [Fraction(sum(column), n) for column in zip(*rows, strict=True)]
    kr20 = Fraction(p, p - 1) * (1 - sum(share * (1 - share) for share in right) / spread)
    found = analysed([[float(mark) for mark in row] for row in rows], [1.0] * p).test
    assert found.cic == (pytest.approx(float(100 * kr20), abs=1e-9) if kr20 >= 0 else None)
