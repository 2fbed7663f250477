"""Interactive mode: tries, hints, what each try costs, and parts that pay for their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.base import GAVE_UP, INVALID, NEEDS_MARKING, NOT_MARKED, Grade, Hint, Part
from app.quizzes.rules.tries import (
    Answered,
    TryPlan,
    count_back,
    final_fraction,
    number_correct,
    standing,
    wrong_parts,
)
from app.texts.local import LocalText
from tests.questions.cast import options, question

FIRST, SECOND = Hint(text=LocalText("Baca lagi.")), Hint(text=LocalText("Lihat kelas 300."))
PLAN = TryPlan((FIRST, SECOND), 0.25)


def answered(fraction: float, *parts: float) -> Answered:
    return Answered(Grade.of(fraction), tuple(Part(1.0, each) for each in parts))


WRONG, HALF, RIGHT = answered(0.0), answered(0.5), answered(1.0)

STANDINGS: list[tuple[list[Answered], int, int, bool, float | None, Hint | None]] = [
    ([], 0, 3, False, None, None),
    ([WRONG], 1, 2, False, None, FIRST),
    ([HALF, WRONG], 2, 1, False, None, SECOND),
    ([RIGHT], 1, 2, True, 1.0, None),
    ([WRONG, RIGHT], 2, 1, True, 0.75, None),  # 1 - 1 * 0.25
    ([WRONG, WRONG, RIGHT], 3, 0, True, 0.5, None),  # 1 - 2 * 0.25
    ([WRONG, WRONG, HALF], 3, 0, True, 0.0, None),  # 0.5 - 2 * 0.25
    ([WRONG, WRONG, WRONG], 3, 0, True, 0.0, None),  # never below 0
    ([RIGHT, WRONG], 1, 2, True, 1.0, None),  # it was closed by then
    ([WRONG, WRONG, WRONG, RIGHT], 3, 0, True, 0.0, None),
    ([Answered(INVALID), Answered(GAVE_UP), WRONG], 1, 2, False, None, FIRST),  # these cost no try
    ([Answered(NEEDS_MARKING), Answered(NOT_MARKED)], 0, 3, False, None, None),
]


@pytest.mark.parametrize(("checked", "used", "left", "closed", "fraction", "hint"), STANDINGS)
def test_each_check_leaves_the_question_somewhere(
    checked: list[Answered], used: int, left: int, closed: bool, fraction: float | None, hint: Hint | None
) -> None:
    """Closed by a right answer or the last try; max(0, raw - penalty * tries before)."""
    now = standing(PLAN, checked)
    assert (now.used, now.left, now.closed, now.hint) == (used, left, closed, hint)
    assert now.fraction == (None if fraction is None else pytest.approx(fraction))


def test_without_hints_there_is_one_try() -> None:
    now = standing(TryPlan(), [HALF])
    assert TryPlan().tries == 1 and now.closed and now.fraction == 0.5


FINISHED: list[tuple[list[Answered], Answered | None, float]] = [
    ([], None, 0.0),
    ([], RIGHT, 1.0),
    ([], Answered(GAVE_UP), 0.0),
    ([WRONG], RIGHT, 0.75),  # saved after one try, not checked: 1 - 1 * 0.25
    ([WRONG, WRONG], HALF, 0.0),  # 0.5 - 2 * 0.25
    ([HALF], None, 0.25),  # the try that was not taken is paid for: 0.5 - 1 * 0.25
    ([RIGHT], HALF, 1.0),  # closed
    ([WRONG, WRONG, HALF], RIGHT, 0.0),
    ([answered(0.5, 1.0, 0.0)], None, 0.5),  # parts pay only for their own tries
    ([answered(0.5, 1.0, 0.0)], answered(1.0, 1.0, 1.0), 0.875),  # (1 + (1 - 0.25)) / 2
]


@pytest.mark.parametrize(("checked", "saved", "fraction"), FINISHED)
def test_handing_in_ends_the_tries(checked: list[Answered], saved: Answered | None, fraction: float) -> None:
    assert final_fraction(PLAN, checked, saved) == pytest.approx(fraction)


def parts(*fractions: float, weights: tuple[float, ...] = ()) -> tuple[Part, ...]:
    return tuple(Part(weight, each) for weight, each in zip(weights or (1.0,) * len(fractions), fractions, strict=True))


COUNTED: list[tuple[list[tuple[Part, ...]], float, float]] = [
    ([], 0.3, 0.0),
    ([()], 0.3, 0.0),
    ([parts(1, 1)], 0.3, 1.0),
    ([parts(1, 0), parts(1, 1)], 0.3, 0.85),  # (1 + (1 - 0.3)) / 2
    ([parts(1, 0), parts(0, 1), parts(1, 1)], 0.3, 0.55),  # ((1 - 2 * 0.3) + (1 - 0.3)) / 2
    ([parts(0), parts(0), parts(0), parts(0), parts(1)], 0.3, 0.0),  # 1 - 4 * 0.3 is below 0
    ([parts(1), parts(0)], 0.3, 0.0),  # what was right once and is wrong now earns nothing
    ([parts(0.5), parts(0.5)], 0.3, 0.5),
    ([parts(0), parts(0.5)], 0.3, 0.2),  # 0.5 - 0.3
    ([parts(0, 0, weights=(1, 2)), parts(1, 0, weights=(1, 2)), parts(1, 1, weights=(1, 2))], 0.2, 2 / 3),
]  # the last: ((1 - 0.2) + 2 (1 - 0.4)) / 3 = 2 / 3


@pytest.mark.parametrize(("tries", "penalty", "fraction"), COUNTED)
def test_parts_are_counted_back_one_by_one(tries: list[tuple[Part, ...]], penalty: float, fraction: float) -> None:
    """A part that earns f since try k earns max(0, f - k * penalty); weighted mean (Moodle, compute_final_grade)."""
    assert count_back(tries, penalty) == pytest.approx(fraction)


def test_a_hint_may_clear_what_is_wrong_and_tell_how_much_is_right() -> None:
    plan = TryPlan((Hint(text=LocalText("…"), clear_wrong=True, show_number_correct=True), SECOND))
    tried = answered(0.5, 1.0, 0.0, 0.5)
    first = standing(plan, [tried])
    assert (first.cleared, first.number_correct) == ((1, 2), 1)
    second = standing(plan, [tried, tried])
    assert (second.cleared, second.number_correct) == ((), None)  # its hint says neither
    assert standing(plan, [HALF]).number_correct is None  # no parts to count
    assert wrong_parts(()) == () and number_correct(()) == 0


def test_ticks_beyond_the_right_number_take_away_the_right_ones_least_needed() -> None:
    """Three right of six. Try 1 ticks A. Try 2 ticks A, B, D and E, one too many: of A and B only B is ticked to the
    end, so A goes. Try 3 ticks B alone. B is right since the second try: (1 - 0.25) / 3.
    """
    asked = question(
        "multiple", scoring="right-minus-excess", options=options(*((each, each < "D") for each in "ABCDEF"))
    )
    tries = [asked.response_of({"choices": each}) for each in ([0], [0, 1, 3, 4], [1])]
    assert [[part.fraction for part in each] for each in asked.parts_by_try(tries)] == [
        [1.0, 0.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, 1.0, 0.0],
    ]
    assert count_back(asked.parts_by_try(tries), 0.25) == pytest.approx(0.25)
    too_many = asked.parts(asked.response_of({"choices": [0, 1, 2, 3, 4, 5]}))
    assert [part.fraction for part in too_many] == [0.0, 0.0, 0.0]
    assert question("multiple", options=options(("A", True), ("B", False))).parts(
        asked.response_of({"choices": [0]})
    ) == ()  # fmt: skip


fractions = st.floats(0, 1)
some_answer = st.builds(
    lambda fraction, parted: Answered(Grade.of(fraction), tuple(Part(1.0, each) for each in parted)),
    fractions,
    st.lists(fractions, max_size=3),
)


@given(st.lists(some_answer, max_size=6), st.none() | some_answer, st.integers(0, 4), st.floats(0, 1))
def test_whatever_was_tried_earns_from_nothing_to_all(
    checked: list[Answered], saved: Answered | None, hints: int, penalty: float
) -> None:
    plan = TryPlan((FIRST,) * hints, penalty)
    now = standing(plan, checked)
    assert now.used + now.left == plan.tries
    assert (now.fraction is not None) == now.closed
    assert 0 <= final_fraction(plan, checked, saved) <= 1
