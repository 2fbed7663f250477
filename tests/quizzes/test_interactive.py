"""The rows of a slot in interactive mode: tries, hints, what another try begins with, and what it all comes to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.base import Outcome, Question
from app.quizzes.rules.answering import UNTOUCHED, Action, AnswerRow, SlotState
from app.quizzes.rules.interactive import fold_tries, left_for_another_try, plan_of, slot_state, slot_state_after
from tests.questions.cast import REPORT, options, question
from tests.quizzes.content import minute

SAVE, CHECK, AGAIN = Action.SAVE, Action.CHECK, Action.TRY_AGAIN
HINTS = [{"text": "Baca lagi."}, {"text": "Kelas 300.", "clear_wrong": True}]
CLASS = question("single", options=options(("a", True), ("b", False), ("c", False)), hints=HINTS, penalty="25")
PAIRS = question(
    "matching",
    pairs=[{"text": "1", "match": "satu"}, {"text": "2", "match": "dua"}, {"text": "3", "match": "tiga"}],
    hints=[{"text": "Lihat lagi.", "clear_wrong": True, "show_number_correct": True}],
)
RIGHT, B, C = {"choice": 0}, {"choice": 1}, {"choice": 2}


def rows(*done: tuple[Action, Any]) -> list[AnswerRow]:
    return [AnswerRow(seq, action, given, "p", minute(seq)) for seq, (action, given) in enumerate(done, start=1)]


def fold(*done: tuple[Action, Any], of: Question = CLASS) -> SlotState:
    return slot_state(rows(*done), "interactive", of)


# what was done; then: final, hinted, tries left, the row that counts, what it comes to
FOLDED: list[tuple[list[tuple[Action, Any]], bool, bool, int, int, float, Outcome]] = [
    ([(SAVE, B)], False, False, 3, 1, 0.0, Outcome.WRONG),
    ([(SAVE, RIGHT)], False, False, 3, 1, 1.0, Outcome.RIGHT),
    ([(CHECK, RIGHT)], True, False, 2, 1, 1.0, Outcome.RIGHT),
    ([(CHECK, B)], False, True, 2, 1, 0.0, Outcome.WRONG),
    ([(CHECK, B), (AGAIN, B)], False, False, 2, 2, 0.0, Outcome.WRONG),
    ([(CHECK, B), (AGAIN, None)], False, False, 2, 2, 0.0, Outcome.WRONG),
    ([(CHECK, B), (AGAIN, B), (SAVE, RIGHT)], False, False, 2, 3, 0.75, Outcome.RIGHT),
    ([(CHECK, B), (AGAIN, B), (CHECK, RIGHT)], True, False, 1, 3, 0.75, Outcome.RIGHT),
    ([(CHECK, B), (AGAIN, B), (CHECK, B)], False, True, 1, 3, 0.0, Outcome.WRONG),
    ([(CHECK, B), (AGAIN, B), (CHECK, C), (AGAIN, None), (CHECK, RIGHT)], True, False, 0, 5, 0.5, Outcome.RIGHT),
    ([(CHECK, B), (AGAIN, B), (CHECK, C), (AGAIN, None), (CHECK, B)], True, False, 0, 5, 0.0, Outcome.WRONG),
    ([(CHECK, RIGHT), (SAVE, B)], True, False, 2, 1, 1.0, Outcome.RIGHT),
    ([(CHECK, RIGHT), (CHECK, B)], True, False, 2, 1, 1.0, Outcome.RIGHT),
    ([(SAVE, B), (SAVE, None)], False, False, 3, 2, 0.0, Outcome.GAVE_UP),
    ([(SAVE, {"choice": 9})], False, False, 3, 1, 0.0, Outcome.INVALID),
]


@pytest.mark.parametrize(("done", "final", "hinted", "left", "counted", "fraction", "outcome"), FOLDED)
def test_a_slot_is_the_fold_of_its_rows(
    done: list[tuple[Action, Any]],
    final: bool,
    hinted: bool,
    left: int,
    counted: int,
    fraction: float,
    outcome: Outcome,
) -> None:
    """Closed by a right check or the last of three tries; max(0, raw - 25 % for each try before)."""
    state = fold(*done)
    assert state.tries is not None and state.counted is not None and state.earned is not None
    assert (state.final, state.hinted, state.tries.left, state.counted.seq) == (final, hinted, left, counted)
    assert state.earned.fraction == pytest.approx(fraction)
    assert state.earned.outcome is outcome
    assert state.seq == len(done)


def test_without_rows_it_is_untouched_and_in_another_mode_folded_as_there() -> None:
    assert slot_state([], "interactive", CLASS) == UNTOUCHED
    assert slot_state(rows((CHECK, B)), "immediate", CLASS).final
    assert slot_state(rows((CHECK, B)), "immediate", CLASS).earned is None


def test_a_hint_is_shown_after_each_try_that_was_not_right() -> None:
    shown = [
        fold((CHECK, B)),
        fold((CHECK, B), (AGAIN, B), (CHECK, C)),
        fold((CHECK, B), (AGAIN, B), (CHECK, C), (AGAIN, None), (CHECK, C)),
    ]
    hints = [state.tries.hint.text.id if state.tries and state.tries.hint else None for state in shown]
    assert hints == ["Baca lagi.", "Kelas 300.", None]


def test_another_try_begins_with_the_answer_unless_the_hint_clears_what_is_wrong() -> None:
    assert left_for_another_try(CLASS, fold((CHECK, B))) == B
    assert left_for_another_try(CLASS, fold((CHECK, B), (AGAIN, B), (CHECK, C))) is None
    checked = fold((CHECK, {"choices": [0, 2, 1]}), of=PAIRS)
    assert checked.tries is not None
    assert checked.tries.number_correct == 1
    assert left_for_another_try(PAIRS, checked) == {"choices": [0, None, None]}


def test_what_was_right_at_once_pays_for_no_other_try() -> None:
    """Three pairs of one weight, a third for each wrong try: 1, then 2/3 and 2/3 -> 7/9."""
    first, second = {"choices": [0, 2, 1]}, {"choices": [0, 1, 2]}
    state = fold((CHECK, first), (AGAIN, {"choices": [0, None, None]}), (CHECK, second), of=PAIRS)
    assert state.final and state.earned is not None
    assert state.earned.fraction == pytest.approx(7 / 9)


def test_an_answer_left_empty_after_a_try_keeps_what_the_try_earned() -> None:
    state = fold((CHECK, {"choices": [0, 2, 1]}), (AGAIN, {"choices": [0, None, None]}), (SAVE, None), of=PAIRS)
    assert not state.answered and state.earned is not None
    assert (state.earned.fraction, state.earned.outcome) == (pytest.approx(1 / 3), Outcome.PARTIAL)


def test_what_a_person_marks_waits_for_that() -> None:
    state = fold((SAVE, {"text": "Saya mendengarkan."}), of=REPORT)
    assert state.earned is not None
    assert (state.earned.outcome, state.hinted, state.final) == (Outcome.NEEDS_MARKING, False, False)


def test_the_penalty_is_a_third_unless_the_question_says_otherwise() -> None:
    assert plan_of(CLASS).penalty == 0.25
    assert plan_of(PAIRS).penalty == pytest.approx(1 / 3)
    assert plan_of(question("true-false", answer="true", penalty="0")).penalty == 0.0


LETTERS = question("multiple", options=options(("a", True), ("b", True), ("c", False)))
KINDS_CLEARED = [
    (LETTERS, {"choices": [0, 2]}, {"choices": [0]}),
    (question("multiple", options=options(("a", True), ("b", False))), {"choices": [1]}, None),
    (question("short-text", answers=[{"text": "ya"}]), {"text": "tidak"}, None),
    (
        question("cloze", text="[[1]] [[2]]", gaps=[{"type": "text", "answers": [{"text": each}]} for each in "ab"]),
        {"gaps": ["a", "x"], "language": "id"},
        {"gaps": ["a", None], "language": "id"},
    ),
    (
        question("gap-select", text="[[1]] [[2]]", choices=[{"text": "a"}, {"text": "b"}, {"text": "c"}]),
        {"gaps": [0, 2]},
        {"gaps": [0, None]},
    ),
    (question("ordering", items=["a", "b", "c"]), {"places": [1, 3, 2]}, {"places": [1, 3, 2]}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "given_", "left"), KINDS_CLEARED)
def test_what_is_wrong_is_emptied_and_what_is_right_stays(asked: Question, given_: Any, left: Any) -> None:
    kept = asked.without_wrong(asked.response_of(given_))
    assert (None if kept is None else kept.model_dump(mode="json")) == left


@given(
    st.lists(st.tuples(st.sampled_from([SAVE, CHECK, AGAIN]), st.sampled_from([None, RIGHT, B, {"choice": "x"}]))),
    st.sampled_from([CLASS, question("single", options=options(("a", True), ("b", False)))]),
)
def test_a_state_carried_on_row_by_row_is_the_fold_of_all(done: list[tuple[Action, Any]], asked: Question) -> None:
    state = UNTOUCHED
    kept: list[AnswerRow] = []
    for row in rows(*done):
        if state.final:
            break
        if row.action is CHECK and row.response is None:
            continue  # nothing was given: no such row is ever stored
        kept.append(row)
        state = slot_state_after(state, row, "interactive", asked)
        whole = fold_tries(kept, asked)
        assert (state.final, state.hinted, state.response) == (whole.final, whole.hinted, whole.response)
        assert state.earned == whole.earned
        assert state.earned is not None and 0 <= (state.earned.fraction or 0) <= 1
