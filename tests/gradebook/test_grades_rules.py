"""What grades come to: totals by weight, what is missing, what a trainer decided, and what may be decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.gradebook.rules.changes import (
    ChangedMeanwhile,
    GradeRefused,
    GradeUnclear,
    NothingChanged,
    NoWeight,
    ReasonMissing,
    WeightsRefused,
    WeightsUnclear,
    keep_change,
    read_percent,
    read_weights,
)
from app.gradebook.rules.grades import Cell, Earned, GradeChange, Total, Weighting, sorted_ids, total
from tests.quizzes.content import START


def changed(seq: int = 1, fraction: float | None = None, excluded: bool = False, reason: str = "Sakit") -> GradeChange:
    return GradeChange(seq, fraction, excluded, reason, 7, START)


DONE = Cell(Earned(0.8, passed=True))
HALF = Cell(Earned(0.5))
WAITS = Cell(Earned(None, waiting=True))
RAISED = Cell(Earned(0.5), changed(fraction=0.9))
GIVEN = Cell(Earned(), changed(fraction=0.6))
LEFT_OUT = Cell(Earned(0.1), changed(excluded=True))
BACK = Cell(Earned(0.5), changed(seq=2))

TOTALS = [
    ("the plain mean where nothing is weighed", {"a": DONE, "b": HALF}, {}, False, Total(0.65, 2, 0, 0, 0)),
    ("what weighs more counts more", {"a": DONE, "b": HALF}, {"a": 3}, False, Total(0.725, 2, 0, 0, 0)),
    ("a weight of nothing is not counted", {"a": DONE, "b": HALF}, {"b": 0}, False, Total(0.8, 1, 0, 0, 0)),
    ("what is missing counts as nothing", {"a": DONE}, {}, False, Total(0.8, 1, 1, 0, 0)),
    ("or as 0", {"a": DONE}, {}, True, Total(0.4, 1, 1, 0, 0)),
    ("what waits never counts as 0", {"a": DONE, "b": WAITS}, {}, True, Total(0.8, 1, 0, 1, 0)),
    ("a decision stands in place of what was earned", {"a": DONE, "b": RAISED}, {}, False, Total(0.85, 2, 0, 0, 0)),
    ("also where nothing was", {"a": DONE, "b": GIVEN}, {}, True, Total(0.7, 2, 0, 0, 0)),
    ("what is left out is not missing", {"a": DONE, "b": LEFT_OUT}, {}, True, Total(0.8, 1, 0, 0, 1)),
    ("a decision taken back decides nothing", {"a": DONE, "b": BACK}, {}, False, Total(0.65, 2, 0, 0, 0)),
    ("nothing has no total", {}, {}, False, Total(None, 0, 2, 0, 0)),
    ("nothing but what is missing is 0 where that counts", {}, {}, True, Total(0.0, 0, 2, 0, 0)),
    ("all left out has none either", {"a": LEFT_OUT, "b": LEFT_OUT}, {}, True, Total(None, 0, 0, 0, 2)),
]


@pytest.mark.parametrize(
    ("cells", "weights", "zero", "expected"), [case[1:] for case in TOTALS], ids=[c[0] for c in TOTALS]
)
def test_totals(cells: dict[str, Cell], weights: dict[str, int], zero: bool, expected: Total) -> None:
    found = total(cells, ["a", "b"], Weighting(weights, zero))
    assert found.fraction == (None if expected.fraction is None else pytest.approx(expected.fraction))
    assert replace(found, fraction=None) == replace(expected, fraction=None)


def test_a_test_before_the_course_counts_nothing_until_a_trainer_gives_it_a_weight() -> None:
    cells = {"a": HALF, "b": DONE}
    usual = Weighting(pretests=frozenset("a"), missing_as_zero=True)
    assert (usual.weight("a"), usual.weight("b"), usual.counted_pretests) == (0, 1, frozenset())
    assert total(cells, ["a", "b"], usual) == Total(0.8, 1, 0, 0, 0)
    assert total({"b": DONE}, ["a", "b"], usual) == Total(0.8, 1, 0, 0, 0), "nor is it missing"
    weighed = replace(usual, weights={"a": 1, "b": 1})
    assert weighed.counted_pretests == {"a"}
    assert total(cells, ["a", "b"], weighed).fraction == pytest.approx(0.65)


@given(
    some.lists(some.tuples(some.integers(0, 1000), some.none() | some.floats(0, 1)), min_size=1, max_size=8),
    some.booleans(),
)
def test_a_total_lies_between_the_grades_it_is_made_of(drawn: list[tuple[int, float | None]], zero: bool) -> None:
    cells = {str(place): Cell(Earned(fraction)) for place, (_, fraction) in enumerate(drawn)}
    weights = {str(place): weight for place, (weight, _) in enumerate(drawn)}
    found = total(cells, list(cells), Weighting(weights, zero))
    counted = [fraction or 0.0 for weight, fraction in drawn if weight and (fraction is not None or zero)]
    assert (found.fraction is None) is (not counted)
    if found.fraction is not None:
        assert min(counted) - 1e-9 <= found.fraction <= max(counted) + 1e-9


def test_those_without_a_value_come_last_whichever_way_and_equals_stay() -> None:
    keys = [(1, None), (2, 0.5), (3, 0.9), (4, 0.5)]
    assert sorted_ids(keys, descending=False) == [2, 4, 3, 1]
    assert sorted_ids(keys, descending=True) == [3, 2, 4, 1]


@given(some.integers(0, 1000), some.sampled_from([",", "."]))
def test_a_grade_is_what_was_typed(tenths: int, point: str) -> None:
    assert round(read_percent(f" {tenths // 10}{point}{tenths % 10} ") * 1000) == tenths


@pytest.mark.parametrize("typed", ["", "x", "-1", "101", "100,1", "1e1", "82,55", "8 2", "٨٢", "nan", "1,2,3"])
def test_what_is_no_grade_is_refused(typed: str) -> None:
    with pytest.raises(GradeUnclear):
        read_percent(typed)


def test_weights_are_whole_numbers_of_which_one_counts() -> None:
    assert read_weights({"a": "0", "b": "1000"}) == {"a": 0, "b": 1000}
    with pytest.raises(WeightsUnclear) as told:
        read_weights({"a": "1", "b": "", "c": "-1", "d": "1,5", "e": "1001", "f": "٣"})
    assert set(told.value.faults) == {"b", "c", "d", "e", "f"}
    with pytest.raises(NoWeight):
        read_weights({"a": "0"})


@given(some.dictionaries(some.text(max_size=3), some.text(max_size=6)))
def test_weights_are_read_or_refused_whatever_is_typed(typed: dict[str, str]) -> None:
    try:
        read = read_weights(typed)
    except WeightsRefused:
        return
    assert read.keys() == typed.keys() and any(read.values())


FIRST = changed(fraction=0.5)
CHANGES: list[tuple[str, GradeChange, GradeChange | None, bool | type[GradeRefused]]] = [
    ("the first is kept", FIRST, None, True),
    ("the same sent twice is kept once", FIRST, FIRST, False),
    ("another after it is kept", changed(2, excluded=True), FIRST, True),
    ("undoing is another", changed(2), FIRST, True),
    ("without a reason it is refused", changed(reason=""), None, ReasonMissing),
    ("what somebody else changed meanwhile is told", changed(1, excluded=True), FIRST, ChangedMeanwhile),
    ("also where another page did the same for another reason", replace(FIRST, reason="Lain"), FIRST, ChangedMeanwhile),
    ("a page that knows of more than there is", changed(3, excluded=True), FIRST, ChangedMeanwhile),
    ("nothing to take back", changed(), None, NothingChanged),
    ("what holds already", changed(2, fraction=0.5, reason="Lagi"), FIRST, NothingChanged),
]


@pytest.mark.parametrize(("wanted", "newest", "expected"), [case[1:] for case in CHANGES], ids=[c[0] for c in CHANGES])
def test_changes(wanted: GradeChange, newest: GradeChange | None, expected: bool | type[GradeRefused]) -> None:
    if isinstance(expected, bool):
        assert keep_change(wanted, newest) is expected
    else:
        with pytest.raises(expected):
            keep_change(wanted, newest)
