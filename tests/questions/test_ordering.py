"""Ordering: what an order is worth. Figures are worked by hand from the definitions in `app/questions/ordering.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations
from random import Random
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.base import Outcome, Part, Question
from app.questions.ordering import Ordering, OrderingResponse
from app.questions.runs import COUNT_LIMIT, expected_longest, longest_run
from tests.ground.html import valid_fragment
from tests.questions.cast import ROUTINE, question
from tests.questions.test_assignment import json_values
from tests.questions.test_partials import EVERYTHING, MARKS_ONLY, NOTHING, shown, words

SCORINGS = ("next", "position", "longest", "all-or-nothing")
# the places of items 1 to 5 -> their worth by next (of 4), position (of 5), longest (of 5), all-or-nothing
WORTH: list[tuple[tuple[int | None, ...], tuple[float, float, float, float]]] = [
    ((1, 2, 3, 4, 5), (1, 1, 1, 1)),
    ((5, 4, 3, 2, 1), (0, 1 / 5, 0, 0)),  # upside down the middle is at its place; a run of one is none
    ((5, 1, 2, 3, 4), (3 / 4, 0, 4 / 5, 0)),  # the first moved to the end
    ((1, 2, 4, 3, 5), (1 / 4, 3 / 5, 4 / 5, 0)),  # two neighbours swapped: three links break
    ((2, 3, 1, 5, 4), (1 / 4, 0, 3 / 5, 0)),
    ((1, None, None, None, None), (0, 1 / 5, 0, 0)),
    ((1, 2, None, None, None), (1 / 4, 2 / 5, 2 / 5, 0)),
    ((None, None, None, 1, 2), (1 / 4, 0, 2 / 5, 0)),
    ((1, 2, 2, 4, 5), (1 / 4, 4 / 5, 4 / 5, 0)),  # items 2 and 3 share a place: no neighbours, one of them in a run
    ((1, 1, 1, 1, 1), (0, 1 / 5, 0, 0)),
    ((1, 2, 3, 4, 4), (2 / 4, 4 / 5, 4 / 5, 0)),
    ((1, 3, 5, None, None), (0, 1 / 5, 3 / 5, 0)),  # in order, but with places between
]


def asked(scoring: str, count: int = 5) -> Question[Any]:
    return question("ordering", scoring=scoring, items=[f"Butir {n}" for n in range(1, count + 1)])


@pytest.mark.parametrize(("places", "worth"), WORTH)
def test_an_order_is_worth_what_its_scoring_counts(
    places: tuple[int | None, ...], worth: tuple[float, float, float, float]
) -> None:
    for scoring, expected in zip(SCORINGS, worth, strict=True):
        grade = asked(scoring).grade(OrderingResponse(places=places))
        assert grade.fraction == pytest.approx(expected), scoring
        assert grade.outcome is (
            Outcome.RIGHT if expected == 1 else Outcome.WRONG if expected == 0 else Outcome.PARTIAL
        )


@pytest.mark.parametrize("scoring", SCORINGS)
def test_nothing_given_is_given_up_and_what_is_no_place_is_invalid(scoring: str) -> None:
    ordering = asked(scoring)
    for places, outcome in (
        ((None,) * 5, Outcome.GAVE_UP),
        ((), Outcome.GAVE_UP),
        ((1, 2, 3, 4, 0), Outcome.INVALID),
        ((1, 2, 3, 4, 6), Outcome.INVALID),
        ((1, 2, 3, 4, "lima"), Outcome.INVALID),
        ((1, 2, 3, 4, 5, "Butir 9"), Outcome.INVALID),
    ):
        grade = ordering.grade(OrderingResponse(places=places))
        assert (grade.outcome, grade.fraction) == (outcome, 0.0)


def test_a_single_item_or_none_is_graded_though_it_is_a_flaw() -> None:
    for scoring in SCORINGS:
        assert asked(scoring, 1).grade(OrderingResponse(places=(1,))).fraction == 1
        assert asked(scoring, 0).grade(OrderingResponse(places=())).outcome is Outcome.GAVE_UP
        assert asked(scoring, 0).guess_score() is None


@pytest.mark.parametrize("scoring", SCORINGS)
@pytest.mark.parametrize("count", [3, 4, 5])
def test_the_guess_score_is_the_mean_worth_of_all_orders(scoring: str, count: int) -> None:
    """The definition itself, over all permutations: independent of the formulas it is computed by."""
    ordering = asked(scoring, count)
    worths = [ordering.grade(OrderingResponse(places=each)).fraction for each in permutations(range(1, count + 1))]
    assert ordering.guess_score() == pytest.approx(mean(worth or 0.0 for worth in worths))


def test_the_mean_longest_run_is_that_of_the_tables() -> None:
    """The numbers of permutations of 4 by their longest increasing subsequence are 1, 13, 9, 1 (OEIS A047874).

    The run of one counts nothing: (13 * 2 + 9 * 3 + 1 * 4) / 24 / 4.
    """
    assert expected_longest(4) == pytest.approx(57 / 96)
    assert expected_longest(1) == 1
    assert expected_longest(0) is None and expected_longest(COUNT_LIMIT + 1) is None
    assert 0 < (expected_longest(COUNT_LIMIT) or 0) < 0.5


@given(places=st.lists(st.integers(1, 7) | st.none(), max_size=8))
def test_a_longest_run_rises_and_none_is_longer(places: list[int | None]) -> None:
    run = longest_run(tuple(places))
    taken = [place for index in run if (place := places[index]) is not None]
    assert len(taken) == len(run) and all(a < b for a, b in pairwise(taken))
    rising = [
        len(each)
        for mask in range(2 ** len(places))
        if None not in (each := [place for index, place in enumerate(places) if mask >> index & 1])
        and all(a < b for a, b in pairwise(each))  # type: ignore[operator]
    ]
    assert len(run) == (max(rising) if max(rising) > 1 or len(places) == 1 else 0)


def test_the_parts_are_places_or_neighbours_and_else_there_are_none() -> None:
    swapped = OrderingResponse(places=(1, 2, 4, 3, 5))
    assert [part.fraction for part in asked("position").parts(swapped)] == [1, 1, 0, 0, 1]
    assert asked("next").parts(swapped) == (Part(1, 1), Part(1, 0), Part(1, 0), Part(1, 0))
    assert asked("longest").parts(swapped) == asked("all-or-nothing").parts(swapped) == ()
    assert asked("next").parts(OrderingResponse(places=("x",))) == ()


def test_each_item_is_judged_in_the_sense_of_the_scoring() -> None:
    moved = OrderingResponse(places=(5, 1, 2, 3, None))
    told = {
        scoring: [ordering.verdict(moved, index).value for index in range(5)]
        for scoring in SCORINGS
        if isinstance(ordering := asked(scoring), Ordering)
    }
    assert told["next"] == ["wrong", "partial", "right", "partial", "gave_up"]
    assert told["position"] == told["all-or-nothing"] == ["wrong"] * 4 + ["gave_up"]
    assert told["longest"] == ["wrong", "right", "right", "right", "gave_up"]


def test_an_unreadable_place_is_told_of_its_item_alone() -> None:
    assert isinstance(ROUTINE, Ordering)
    response = OrderingResponse(places=(1, "dua"))
    assert [ROUTINE.verdict(response, index) for index in range(3)] == ["wrong", "invalid", "gave_up"]


# the order


@pytest.mark.parametrize("count", [3, 4])
def test_the_order_shown_is_any_but_the_right_one(count: int) -> None:
    right = tuple(range(count))
    drawn = {asked("next", count).order(Random(seed)) for seed in range(300)}
    assert drawn == set(permutations(right)) - {right}


def test_no_way_to_write_the_items_is_shown_as_written_even_without_shuffling() -> None:
    for items in permutations(["Catat", "Label", "Rak", "Terima"]):
        ordering = question("ordering", items=items)
        assert ordering.order(None) == ordering.order(None) != (0, 1, 2, 3)


# the form and JSON


def test_fields_name_positions_and_the_response_names_the_question() -> None:
    order = (4, 2, 0, 1, 3)
    fields = {"place-0": ["5"], "place-1": [""], "place-2": ["1"], "place-3": ["6"], "place-4": ["1", "2"]}
    assert ROUTINE.read(fields, order).model_dump(mode="json") == {"places": [1, "6", None, "1, 2", 5]}
    assert ROUTINE.read({"place-0": [""]}, order) is None
    assert ROUTINE.read({"place-0": ["٢"]}, order).places[4] == "٢"


def test_what_is_posted_from_the_page_is_what_was_shown() -> None:
    order, stored = (4, 2, 0, 1, 3), {"places": [1, 2, None, 2, 5]}
    html = shown(ROUTINE, stored, order=order)
    selects = re.findall(r'<select name="([^"]+)">(.*?)</select>', html, re.DOTALL)
    fields = {name: re.findall(r'value="(\d+)" selected', body) for name, body in selects}
    assert ROUTINE.read(fields, order) == ROUTINE.response_of(stored)


values = st.lists(st.one_of(st.text(max_size=90), st.sampled_from(["1", "2", "3", "4", "5"])), max_size=3)


@pytest.mark.parametrize("scoring", SCORINGS)
@given(fields=st.dictionaries(st.sampled_from([f"place-{n}" for n in range(7)]), values), seed=st.integers(0, 99))
def test_whatever_is_sent_is_read_stored_read_back_and_graded(
    scoring: str, fields: Mapping[str, Sequence[str]], seed: int
) -> None:
    ordering = asked(scoring)
    response = ordering.read(fields, ordering.order(Random(seed)))
    if response is None:
        return
    stored = response.model_dump(mode="json")
    assert ordering.response_of(stored) == response
    grade = ordering.grade(response)
    assert grade.fraction is not None and 0 <= grade.fraction <= 1
    assert ordering.response_summary(response, "en") != ""
    shown(ordering, stored, state="locked", reveal=EVERYTHING)


@given(value=json_values)
def test_any_json_is_graded_or_refused_with_a_value_error(value: object) -> None:
    try:
        response = ROUTINE.response_from_json(value)
    except ValueError:
        return
    assert response is None or 0 <= (ROUTINE.grade(response).fraction or 0) <= 1


SAID: list[tuple[Any, tuple[Any, ...] | None]] = [
    (None, None),
    ([], None),
    ([None, ""], None),
    ({"places": [1, None]}, (1, None)),
    (["Terima", "record", "Klasifikasi", "Beri label", "Taruh di rak"], (1, 2, 3, 4, 5)),
    (["Taruh di rak", None, "Terima"], (3, None, None, None, 1)),
    ([4, 0], (2, None, None, None, 1)),
    ({"Terima": 2, "Catat": "2", "Beri label": "awal"}, (2, 2, None, "awal", None)),
    (["Terima", "Terima"], (1, None, None, None, None, "Terima")),
    (["Buang"], (None, None, None, None, None, "Buang")),
    ({"Terima": None}, None),
]


@pytest.mark.parametrize(("said", "places"), SAID)
def test_a_person_writes_the_items_in_their_order(said: Any, places: tuple[Any, ...] | None) -> None:
    assert ROUTINE.response_from_json(said) == (None if places is None else OrderingResponse(places=places))


@pytest.mark.parametrize("said", ["Terima", 3, True, {"places": [1.5]}, [["Terima"]], {"Terima": [1]}])
def test_another_shape_is_refused(said: Any) -> None:
    with pytest.raises(ValueError, match=r"expected|valid"):
        ROUTINE.response_from_json(said)


def test_an_answer_reads_as_one_line_by_its_places() -> None:
    response = OrderingResponse(places=(3, 1, None, "zzz", 1))
    assert ROUTINE.response_summary(response, "en") == "1. Record; 1. Taruh di rak; 3. Terima; zzz. Beri label"
    assert ROUTINE.right_answer_summary("id").startswith("1. Terima; 2. Catat; 3. Klasifikasi")


# the page


@pytest.mark.parametrize("state", ["open", "locked", "paper"])
def test_the_markup_is_the_same_whatever_the_right_order_is(state: str) -> None:
    pages = set()
    texts = ("Catat", "Label", "Terima")
    for items in permutations(texts):
        for scoring in SCORINGS:
            order = tuple(items.index(text) for text in texts)
            stored = {"places": [2 if text == "Label" else None for text in items]}
            asked = question("ordering", items=items, scoring=scoring, explanation=f"{items}")
            pages.add(shown(asked, stored, state=state, order=order))
    assert len(pages) == 1


@pytest.mark.parametrize("state", ["open", "locked", "key", "paper"])
@pytest.mark.parametrize("reveal", [NOTHING, MARKS_ONLY, EVERYTHING])
@pytest.mark.parametrize("stored", [None, {"places": [2, 1, 1, None, "<b>x"]}, {"places": [1, 2, 3, 4, 5]}])
def test_the_page_is_good_html_in_every_state(state: str, reveal: Any, stored: Any) -> None:
    html = shown(ROUTINE, stored, state=state, reveal=reveal)
    valid_fragment(html)
    assert "<b>" not in html


def test_each_item_labels_its_own_list_of_places() -> None:
    html = shown(ROUTINE, order=(3, 2, 1, 0, 4))
    assert html.count('<label class="assign">') == 5
    assert re.findall(r'<option value="(\d?)">([^<]+)', html)[:6] == [
        ("", "Pilih nomor urut"), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"),
    ]  # fmt: skip


def test_a_review_stands_in_the_order_given_and_the_key_below_it() -> None:
    stored = {"places": [2, 1, None, 4, 5]}
    marks = words(shown(ROUTINE, stored, state="locked", reveal=MARKS_ONLY, order=(4, 3, 2, 1, 0)))
    assert "1. Catat Jawaban Anda · Salah 2. Terima Jawaban Anda · Salah 4. Beri label" in marks
    assert marks.endswith("Klasifikasi Tidak dijawab") and "Kunci" not in marks
    told = words(shown(ROUTINE, stored, state="locked", reveal=EVERYTHING))
    assert told.endswith("Kunci jawaban Terima Catat Klasifikasi Beri label Taruh di rak")
    right = words(shown(ROUTINE, {"places": [1, 2, 3, 4, 5]}, state="locked", reveal=EVERYTHING))
    assert "Kunci" not in right and right.endswith("5. Taruh di rak Jawaban Anda · Benar")


def test_the_trainer_sees_the_right_order_and_no_lists() -> None:
    html = shown(ROUTINE, state="key", reveal=EVERYTHING)
    assert words(html).endswith("Kunci jawaban Terima Catat Klasifikasi Beri label Taruh di rak")
    assert "<select" not in html and "Tidak dijawab" not in html


def test_on_paper_each_item_has_a_box_for_its_number() -> None:
    html = shown(ROUTINE, state="paper", order=(3, 2, 1, 0, 4))
    assert words(html).endswith("Beri label Klasifikasi Catat Terima Taruh di rak")
    assert html.count('<span class="box"></span>') == 5
    assert not re.search(r"<(input|select|button|textarea)", html)
