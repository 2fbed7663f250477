"""What a finished attempt comes to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.content.activities import FixedSlot
from app.marking.rules.marks import HandIn, attempt_fraction, certainties, grade_slot, slot_marks
from app.questions.base import GAVE_UP, NEEDS_MARKING, NOT_MARKED, Grade, Hint, Outcome
from app.quizzes.rules.answering import Action, AnswerRow, fold
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.grading import passes
from app.quizzes.rules.interactive import slot_state
from app.quizzes.rules.layout import Place, layout
from app.texts.local import LocalText
from tests.questions.cast import OPINION, REPORT, WELCOME
from tests.quizzes.content import PRACTICE, TEST, make_course, make_question, minute


def place(points: float = 1.0) -> Place:
    return Place("k/kuis/a", (0, 1, 2, 3), points)


@pytest.mark.parametrize(
    ("fractions", "points", "share"),
    [
        ([1.0, 0.0], [1, 1], 0.5),
        ([1.0, 0.0], [3, 1], 0.75),
        ([0.5, 0.5], [2, 5], 0.5),
        ([1.0, -0.5], [1, 1], 0.25),
        ([-1.0, -0.5], [1, 1], 0.0),
        ([1.0] * 10, [0.1] * 10, 1.0),
        ([], [], 0.0),
    ],
)
def test_an_attempt_is_its_share_of_all_points(fractions: list[float], points: list[float], share: float) -> None:
    grades = [Grade.of(each) for each in fractions]
    assert attempt_fraction(grades, [place(each) for each in points]) == pytest.approx(share)


def test_what_is_never_marked_counts_on_neither_side() -> None:
    grades = [Grade.of(1.0), NOT_MARKED, Grade.of(0.0)]
    assert attempt_fraction(grades, [place(1), place(9), place(1)]) == 0.5
    assert attempt_fraction([NOT_MARKED], [place()]) == 0.0


def test_certainty_decides_what_an_attempt_is_worth_where_it_is_asked() -> None:
    grades, places = [Grade.of(1.0), Grade.of(0.0)], [place(), place()]
    assert attempt_fraction(grades, places) == 0.5
    assert attempt_fraction(grades, places, [Certainty.HIGH, Certainty.LOW]) == pytest.approx(0.6)
    assert attempt_fraction(grades, places, [Certainty.HIGH, Certainty.HIGH]) == pytest.approx(0.3)
    assert attempt_fraction([*grades, NEEDS_MARKING], [*places, place()], [Certainty.HIGH, None, None]) is None


def test_a_mark_keeps_the_raw_fraction_and_how_sure_the_learner_was() -> None:
    course, quiz = make_course([FixedSlot(f"k/kuis/{name}") for name in "abc"], TEST)
    settings = replace(TEST, feedback="certainty", shuffle_questions=False)
    places = layout(course, replace(quiz, settings=settings), 1)
    sure = AnswerRow(1, Action.SAVE, {"choice": 0}, "p", minute(1), Certainty.HIGH)
    states = [fold([sure], "certainty"), fold([replace(sure, response={"choice": 1}, certainty=None)], "certainty")]
    states.append(fold([], "certainty"))
    questions = [course.questions[each.question] for each in places]
    grades = [grade_slot(question, state) for question, state in zip(questions, states, strict=True)]
    marks = slot_marks(questions, places, states, grades, HandIn(settings, minute(9), settled=False))
    assert [(mark.fraction, mark.certainty) for mark in marks] == [
        (1.0, Certainty.HIGH), (0.0, Certainty.LOW), (0.0, None),
    ]  # fmt: skip
    assert certainties("deferred", questions, states, grades) is None


def test_an_attempt_that_waits_for_a_persons_mark_has_no_share_yet_and_has_not_passed() -> None:
    assert attempt_fraction([Grade.of(1.0), NEEDS_MARKING], [place(), place()]) is None
    assert not passes(None, 0.0)


def test_a_text_or_survey_left_blank_is_not_given_up() -> None:
    state = fold([], "deferred")
    assert grade_slot(WELCOME, state) == grade_slot(OPINION, state) == NOT_MARKED
    assert grade_slot(REPORT, state) == GAVE_UP


@pytest.mark.parametrize(
    ("fraction", "mark", "passed"),
    [(0.7, 70.0, True), (0.1 + 0.2 + 0.4, 70.0, True), (0.69, 70.0, False), (0.0, 0.0, True), (2 / 3, 66.67, False)],
)
def test_rounding_never_costs_the_pass_mark(fraction: float, mark: float, passed: bool) -> None:
    assert passes(fraction, mark) is passed


def test_an_answer_that_was_emptied_again_counts_as_none() -> None:
    question = make_question("a")
    rows = [AnswerRow(1, Action.SAVE, {"choice": 0}, "p", minute(1)), AnswerRow(2, Action.SAVE, None, "p", minute(2))]
    assert grade_slot(question, fold(rows[:1], "deferred")) == Grade.of(1.0)
    assert grade_slot(question, fold(rows, "deferred")) == GAVE_UP


def test_a_mark_tells_when_the_answer_that_counts_was_given_and_when_the_key_opened() -> None:
    course, quiz = make_course([FixedSlot("k/kuis/a"), FixedSlot("k/kuis/b"), FixedSlot("k/kuis/c")], PRACTICE)
    places = layout(course, replace(quiz, settings=replace(PRACTICE, shuffle_questions=False)), 1)
    states = [
        fold([AnswerRow(1, Action.CHECK, {"choice": 0}, "p", minute(1))], "immediate"),
        fold([AnswerRow(1, Action.SAVE, {"choice": 1}, "p", minute(2))], "immediate"),
        fold(
            [AnswerRow(1, Action.SAVE, {"choice": 1}, "p", minute(2)), AnswerRow(2, Action.SAVE, None, "p", minute(3))],
            "immediate",
        ),
    ]
    questions = [course.questions[each.question] for each in places]
    grades = [grade_slot(question, state) for question, state in zip(questions, states, strict=True)]
    marks = slot_marks(questions, places, states, grades, HandIn(PRACTICE, minute(9), settled=False))
    assert [(mark.slot, mark.outcome, mark.answered_at, mark.key_opened_at) for mark in marks] == [
        (1, Outcome.RIGHT, minute(1), minute(1)),
        (2, Outcome.WRONG, minute(2), minute(9)),
        (3, Outcome.GAVE_UP, None, minute(9)),
    ]
    assert {mark.competency for mark in marks} == {"F1.satu"}
    closed = slot_marks(questions, places, states, grades, HandIn(TEST, minute(9), settled=False))
    assert [mark.key_opened_at for mark in closed] == [None, None, None]


CHECK, AGAIN, REDO = Action.CHECK, Action.TRY_AGAIN, Action.REDO
A, B, C = ({"choice": option} for option in range(3))  # A is right


@pytest.mark.parametrize(
    ("done", "fraction", "first"),
    [
        ([(CHECK, A)], 1.0, None),
        ([(CHECK, B)], 0.0, None),
        ([(CHECK, B), (AGAIN, B), (CHECK, A)], 0.75, 0.0),
        ([(CHECK, B), (AGAIN, B), (Action.SAVE, A)], 0.75, 0.0),
        ([(CHECK, B), (AGAIN, B), (CHECK, C)], 0.0, None),
        ([(CHECK, B), (AGAIN, None)], 0.0, None),
        ([(CHECK, B), (AGAIN, B), (CHECK, A), (REDO, None), (CHECK, A)], 1.0, 0.0),
        ([(CHECK, A), (REDO, None), (CHECK, B), (AGAIN, B), (CHECK, C)], 0.0, 1.0),
    ],
)
def test_what_was_right_only_after_a_hint_is_no_evidence_of_what_was_known_before(
    done: list[tuple[Action, dict[str, int] | None]], fraction: float, first: float | None
) -> None:
    hints = tuple(Hint(text=LocalText.plain(each)) for each in ("Baca lagi.", "Lihat rak."))
    asked = make_question("q").model_copy(update={"hints": hints, "penalty": 25.0})
    rows = [AnswerRow(seq, action, given, "p", minute(seq)) for seq, (action, given) in enumerate(done, start=1)]
    state = slot_state(rows, "interactive", asked)
    settings = replace(PRACTICE, feedback="interactive")
    (mark,) = slot_marks([asked], [place()], [state], [grade_slot(asked, state)], HandIn(settings, minute(9), False))
    assert mark.fraction == pytest.approx(fraction)
    assert (mark.first_fraction, mark.answered_at) == (first, minute(1)), "of the first try"
