"""Sheets of a quiz: the same number prints the same sheet, and all forms of a number ask the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.content.activities import DrawSlot, FixedSlot, Quiz
from app.content.course import Course
from app.questions.base import Question
from app.teaching.rules.paper import FORMS, Sheet, sheet
from tests.questions.cast import OPINION, REPORT, WELCOME
from tests.quizzes.content import TEST, make_course

BANK = tuple(f"k/bank/{number}" for number in range(12))
DRAWN = DrawSlot(4, BANK)
FIXED = FixedSlot("k/kuis/satu")


def addresses(printed: Sheet) -> list[str]:
    return [item.question.id for item in printed.items]


def with_questions(*questions: Question) -> tuple[Course, Quiz]:
    course, quiz = make_course([FixedSlot(f"k/kuis/{each.type}") for each in questions])
    return replace(course, questions={f"k/kuis/{each.type}": each for each in questions}), quiz


@pytest.mark.parametrize("form", FORMS)
def test_the_same_number_and_form_print_the_same_sheet(form: str) -> None:
    course, quiz = make_course([FIXED, DRAWN])
    assert sheet(course, quiz, 123_456, form) == sheet(course, quiz, 123_456, form)


@pytest.mark.parametrize("seed", range(100_000, 100_030))
def test_all_forms_of_a_number_hold_the_same_questions_in_other_orders(seed: int) -> None:
    course, quiz = make_course([FIXED, DRAWN, DrawSlot(3, BANK[6:])])
    one, *others = [addresses(sheet(course, quiz, seed, form)) for form in FORMS]
    assert len(one) == 8
    assert all(sorted(other) == sorted(one) for other in others)
    assert any(other != one for other in others)


def test_other_numbers_draw_other_questions() -> None:
    course, quiz = make_course([DRAWN])
    assert len({tuple(sorted(addresses(sheet(course, quiz, seed, "A")))) for seed in range(100_000, 100_020)}) > 5


def test_a_quiz_that_shuffles_nothing_is_printed_as_it_is_written() -> None:
    course, quiz = make_course([FIXED, FixedSlot("k/kuis/dua")], replace(TEST, shuffle_questions=False))
    assert {tuple(addresses(sheet(course, quiz, 100_000, form))) for form in FORMS} == {("satu", "dua")}


def test_texts_have_no_number_and_what_nobody_marks_has_no_points() -> None:
    course, quiz = with_questions(WELCOME, REPORT, OPINION)
    printed = sheet(course, replace(quiz, settings=replace(TEST, shuffle_questions=False)), 100_000, "A")
    assert [(item.number, item.points) for item in printed.items] == [(None, None), (1, 1.0), (2, None)]
    assert (len(printed.questions), printed.points, printed.even) == (2, 1.0, True)


def test_a_draw_says_what_its_questions_are_worth() -> None:
    course, quiz = make_course([FIXED, replace(DRAWN, points=2.5)])
    printed = sheet(course, quiz, 100_000, "A")
    assert (printed.points, printed.even) == (11.0, False)
