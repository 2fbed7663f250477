"""Options by the strength of those who chose them."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.psychometrics.classical import analyse
from app.psychometrics.distractors import Chosen, ability_groups, analyse_options
from app.psychometrics.figures import ItemMark, Reason

# Six people by what they earned on the rest. The key is 0; 1 tempts the weak; nobody takes 2; one left it empty.
ANSWERS = [Chosen((1,), 0), Chosen((1,), 1), Chosen((), 2), Chosen((0,), 3), Chosen((1,), 4), Chosen((0,), 5)]


def test_each_option_is_counted_and_shared_out_by_strength() -> None:
    found = analyse_options(ANSWERS, 3)
    assert [(option.option, option.count) for option in (*found.options, found.unanswered)] == [
        (0, 2), (1, 3), (2, 0), (None, 1),
    ]  # fmt: skip
    assert [option.share for option in found.options] == pytest.approx([2 / 6, 3 / 6, 0])
    assert [(group.n, group.low, group.high) for group in found.groups] == [(2, 0, 1), (2, 2, 3), (2, 4, 5)]
    assert found.options[0].by_group == (0.0, 0.5, 0.5)
    assert found.options[1].by_group == (1.0, 0.0, 0.5)
    assert found.unanswered.by_group == (0.0, 0.5, 0.0)
    assert (found.n, found.indicative) == (6, True)


def test_the_key_goes_with_strength_and_a_good_distractor_against_it() -> None:
    """Rests 0..5: mean 2.5, squares 17.5. Key: 3 + 5 - 2 x 2.5 = 3, over the root of 17.5 x 6 x 1/3 x 2/3.

    Option 1: 0 + 1 + 4 - 3 x 2.5 = -2.5, over the root of 17.5 x 6 x 1/2 x 1/2.
    """
    found = analyse_options(ANSWERS, 3)
    assert found.options[0].discrimination == pytest.approx(100 * 3 / sqrt(17.5 * 6 / 3 * 2 / 3))
    assert found.options[1].discrimination == pytest.approx(100 * -2.5 / sqrt(17.5 * 6 / 4))
    assert (found.options[2].discrimination, found.options[2].reason) == (None, Reason.SAME_MARK)


def test_the_key_of_a_single_choice_discriminates_as_its_item_does() -> None:
    items = [ItemMark(row, "asked", float(0 in each.options), 1) for row, each in enumerate(ANSWERS)]
    rest = [ItemMark(row, "rest", each.rest, 5) for row, each in enumerate(ANSWERS)]
    item = analyse([*items, *rest]).items[0]
    assert item.discrimination_index == pytest.approx(analyse_options(ANSWERS, 3).options[0].discrimination)


def test_of_several_options_each_is_told_by_itself() -> None:
    found = analyse_options([Chosen((0, 1), 1), Chosen((0,), 0), Chosen((0, 1), 2)], 2)
    assert [option.count for option in found.options] == [3, 2]


@pytest.mark.parametrize(("answers", "reason"), [
    ([], Reason.FEW_ATTEMPTS),
    (ANSWERS[:1], Reason.FEW_ATTEMPTS),
    ([Chosen((0,), 2.0), Chosen((1,), 2.0)], Reason.SAME_REST),
])  # fmt: skip
def test_what_cannot_be_told_of_an_option_says_why(answers: list[Chosen], reason: Reason) -> None:
    found = analyse_options(answers, 2)
    assert (found.options[0].discrimination, found.options[0].reason) == (None, reason)
    assert len(found.groups) == 3
    assert sum(group.n for group in found.groups) == len(answers)


def test_an_answer_that_names_no_option_is_refused() -> None:
    with pytest.raises(ValueError, match="no option 2 among 2"):
        analyse_options([Chosen((2,), 0.0)], 2)


@pytest.mark.parametrize(("people", "groups"), [(149, 3), (150, 5)])
def test_fifths_are_told_where_each_has_thirty_people(people: int, groups: int) -> None:
    assert len(analyse_options([Chosen((0,), float(each)) for each in range(people)], 1).groups) == groups


@given(st.lists(st.sampled_from([0.1 + 0.2, 0.3, 1.0, 2.0, 7.5]), max_size=40), st.integers(1, 5))
def test_equal_strength_is_never_parted_and_the_stronger_never_stand_below(rests: list[float], count: int) -> None:
    groups = ability_groups(np.array(rests), count).tolist()
    by_strength = sorted(zip((round(rest, 9) for rest in rests), groups, strict=True))
    assert [group for _, group in by_strength] == sorted(groups)
    assert len(set(by_strength)) == len({rest for rest, _ in by_strength})
    assert all(0 <= group < count for group in groups)


def test_those_of_equal_strength_go_where_their_middle_is() -> None:
    assert ability_groups(np.array([0.0, 1, 1, 1, 1, 2]), 3).tolist() == [0, 1, 1, 1, 1, 2]


@given(st.integers(1, 60), st.integers(1, 5))
def test_groups_without_ties_are_even(people: int, count: int) -> None:
    sizes = np.bincount(ability_groups(np.arange(people, dtype=float), count), minlength=count)
    assert sizes.max() - sizes.min() <= 1
