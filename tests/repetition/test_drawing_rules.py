"""Which questions a daily practice may ask, which are due on a day, and what comes next: without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.content.activities import DrawSlot, FixedSlot, Quiz, QuizSettings, Section
from app.content.course import Course, Module
from app.questions.essay import Essay
from app.questions.information import Information
from app.repetition.rules.cards import Card, Review, cards_from
from app.repetition.rules.drawing import MOST, Practised, Today, due_ahead, due_cards, practised_in
from app.texts.local import LocalText
from tests.quizzes.content import EXAM, PRACTICE, TEST, make_course, make_question

WITA = ZoneInfo("Asia/Makassar")
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)  # 12.00 WITA
TODAY = Today(NOON, WITA)
A, B, C = FixedSlot("k/kuis/a"), FixedSlot("k/kuis/b"), FixedSlot("k/kuis/c")
PRETEST = replace(EXAM, purpose="pretest", pass_percent=0.0)
TEXT = LocalText.plain("Baca dahulu.")


def course(slots: Sequence[FixedSlot | DrawSlot], settings: QuizSettings = PRACTICE, **changes: object) -> Course:
    """A course whose only quiz has these slots."""
    made, quiz = make_course(slots, settings)
    return with_quizzes(made, replace(quiz, **changes))  # type: ignore[arg-type]


def with_quizzes(made: Course, *quizzes: Quiz, **questions: object) -> Course:
    asked = {address: make_question(address.rpartition("/")[2]) for quiz in quizzes for address in quiz.addresses}
    asked |= {f"k/kuis/{name}": question for name, question in questions.items()}  # type: ignore[misc]
    return replace(made, written=(Module("01", made.title, None, quizzes),), questions=asked)


def names(*courses: Course, served: Sequence[Course] = ()) -> str:
    """The last letters of what may be asked."""
    return "".join(address[-1] for address in practised_in(courses, served or courses))


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        (PRACTICE, "ab"),
        (replace(PRACTICE, attempts=3), ""),  # what may be tried three times is not tried a fourth time here
        (TEST, ""),
        (EXAM, ""),
        (PRETEST, ""),
        (replace(PRETEST, purpose="posttest"), ""),
        (replace(PRACTICE, purpose="posttest"), ""),
    ],
)
def test_only_what_a_practice_quiz_asks_is_asked_daily(settings: QuizSettings, asked: str) -> None:
    assert names(course([A, B], settings)) == asked


@pytest.mark.parametrize("held", [EXAM, PRETEST, replace(TEST, purpose="posttest")])
@pytest.mark.parametrize("hidden", [False, True])
def test_what_any_served_course_holds_back_is_never_asked(held: QuizSettings, hidden: bool) -> None:
    own = course([A, DrawSlot(1, ("k/bank/x", "k/bank/y"))])
    other = replace(course([FixedSlot("k/bank/y"), A], held, hidden=hidden), slug="lain")
    assert names(own, served=[own, other]) == "x"
    assert names(own, served=[own, replace(course([A], TEST), slug="lain")]) == "axy", "a test opens its keys anyway"


def test_what_leans_on_a_text_read_before_it_is_not_asked_alone() -> None:
    told = Information(type="information", id="t", text=TEXT)
    quiz = make_course([A, FixedSlot("k/kuis/t"), B, DrawSlot(1, ("k/bank/x",))], PRACTICE)
    made = with_quizzes(quiz[0], replace(quiz[1], texts=frozenset({"k/kuis/t"})), t=told)
    assert names(made) == "a"
    case, plain = Section(LocalText.plain("Kasus"), TEXT), Section(LocalText.plain("Lain"))
    slots = [A, replace(B, section=0), replace(C, section=1)]
    assert names(course(slots, sections=(case, plain))) == "ac"


def test_what_a_person_marks_and_what_is_hidden_is_not_asked() -> None:
    made, quiz = make_course([A, B], PRACTICE)
    assert names(with_quizzes(made, quiz, b=Essay(type="essay", id="b", text=TEXT))) == "a"
    assert names(course([A, B], hidden=True)) == ""


def test_a_question_keeps_the_course_it_is_practised_in_and_whether_options_are_mixed() -> None:
    first, second = course([A]), replace(course([A, B], replace(PRACTICE, shuffle_options=False)), slug="dua")
    found = practised_in([first, second], [first, second])
    assert found == {"k/kuis/a": Practised("k", True), "k/kuis/b": Practised("dua", False)}


def card(name: str, due: datetime, stability: float = 2.0, seen: datetime = NOON - timedelta(days=5)) -> Card:
    return Card(name, stability, 5.0, seen, due, 1)


def test_a_day_ends_at_midnight_of_the_office() -> None:
    assert TODAY.day == date(2026, 11, 22) and Today(NOON + timedelta(hours=12), WITA).day == date(2026, 11, 23)
    assert TODAY.over_at == datetime(2026, 11, 22, 16, tzinfo=UTC)
    days = {NOON - timedelta(hours=12): 0, NOON - timedelta(hours=13): 1, NOON - timedelta(days=7): 7}
    assert {moment: TODAY.days_since(moment) for moment in days} == days


def test_what_is_due_at_any_hour_of_today_is_due_and_the_most_likely_forgotten_comes_first() -> None:
    cards = [
        card("tonight", TODAY.over_at - timedelta(minutes=1)),
        card("tomorrow", TODAY.over_at),
        card("long ago", NOON - timedelta(days=3), seen=NOON - timedelta(days=30)),
        card("shaky", NOON - timedelta(days=1), stability=0.2),
        card("never asked", NOON - timedelta(days=9)),
    ]
    asked = {"tonight", "tomorrow", "long ago", "shaky"}
    assert [each.question for each in due_cards(cards, asked, TODAY)] == ["shaky", "long ago", "tonight"]


def test_what_was_missed_today_is_not_asked_again_today_but_tomorrow() -> None:
    missed = cards_from([Review("a", NOON - timedelta(hours=11, minutes=50), 1)]).values()
    assert due_cards(missed, {"a"}, TODAY) == []
    assert due_ahead(missed, {"a"}, TODAY) == ((date(2026, 11, 23), 1),)
    assert due_cards(missed, {"a"}, Today(NOON + timedelta(hours=12), WITA)), "just after midnight"


def test_the_next_days_are_told_with_what_is_overdue_tomorrow_and_never_more_than_a_day_holds() -> None:
    cards = [card(f"old{number}", NOON - timedelta(days=number)) for number in range(9)]
    cards += [card(f"d{days}", NOON + timedelta(days=days)) for days in (2, 2, 5, 8)] + [card("x", NOON)]
    told = due_ahead(cards, {each.question for each in cards if each.question != "x"}, TODAY)
    assert told == ((date(2026, 11, 23), MOST), (date(2026, 11, 24), 2), (date(2026, 11, 27), 1))
    assert due_ahead([], (), TODAY) == ()
