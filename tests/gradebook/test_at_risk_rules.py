"""Who may need help, why and since when; and what is written to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.content.activities import FixedSlot
from app.content.course import Course
from app.errors import Message
from app.gradebook.rules.at_risk import (
    Asked,
    Followed,
    Membership,
    Reason,
    Risk,
    Tries,
    WrongAgain,
    open_activities,
    open_now,
    risks,
)
from app.gradebook.rules.messages import Letter, message_lines, whatsapp_link
from app.progress.rules import CourseFacts, QuizFact
from tests.quizzes.content import START, make_course

NOW = START
ASKED = Asked(NOW, ZoneInfo("Asia/Makassar"))
COURSE, QUIZ = make_course([FixedSlot("k/kuis/a")])  # one quiz, three attempts, passed from 70


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def took(best: float | None, days: float = 1, *, passed: bool = False, waiting: bool = False) -> CourseFacts:
    return CourseFacts(quizzes={"kuis": QuizFact(best, passed, None, ago(days), waiting)})


NOTHING = CourseFacts()
JOINED = Followed(NOTHING, ago(40), [Membership(date(2026, 11, 2), date(2026, 12, 31))])
BEGAN = datetime(2026, 11, 1, 16, tzinfo=UTC)  # midnight in Kotabaru
TRIED = replace(JOINED, facts=took(0.5), tries={"kuis": Tries(1, 3)})
WRONG = WrongAgain("kuis", "k/kuis/a", 3, ago(9), ago(3))
NEVER_BEGAN = [(Reason.NEVER_BEGAN, ago(40))]
AWAY = [(Reason.INACTIVE, ago(15))]
NOT_PASSED = [(Reason.NOT_PASSED, ago(1))]
USED_UP = [(Reason.USED_UP, ago(1))]
STUCK = [(Reason.STUCK, ago(9))]

CASES: list[tuple[str, Followed, list[tuple[Reason, datetime]]]] = [
    ("who never began, since the cohort did", JOINED, [(Reason.NEVER_BEGAN, BEGAN)]),
    ("or since the account was made", replace(JOINED, created_at=ago(2)), [(Reason.NEVER_BEGAN, ago(2))]),
    ("or where the cohort has no first day", replace(JOINED, memberships=[Membership()]), NEVER_BEGAN),
    ("not before the cohort begins", replace(JOINED, memberships=[Membership(date(2026, 11, 23))]), []),
    ("not after it is over", replace(JOINED, memberships=[Membership(None, date(2026, 11, 21))]), []),
    ("but on its last day", replace(JOINED, memberships=[Membership(None, date(2026, 11, 22))]), NEVER_BEGAN),
    (
        "and while another cohort goes on",
        replace(JOINED, memberships=[Membership(None, date(2026, 11, 1)), Membership()]),
        NEVER_BEGAN,
    ),
    ("who answered an anonymous survey began", replace(JOINED, facts=CourseFacts(surveys={"s": None})), []),
    ("who is away for longer", replace(TRIED, facts=took(0.9, 15), tries={}), AWAY),
    ("not for 14 days alone", replace(TRIED, facts=took(0.9, 14), tries={}), []),
    ("not who answers in an attempt under way", replace(TRIED, facts=took(None, 20), tries={}, heard_at=ago(1)), []),
    ("not who only waits for a trainer", replace(TRIED, facts=took(None, 20, waiting=True)), []),
    ("who is below the pass mark", TRIED, NOT_PASSED),
    ("who has no attempt left", replace(TRIED, tries={"kuis": Tries(3, 3)}), USED_UP),
    ("also without any result", replace(TRIED, facts=took(None), tries={"kuis": Tries(3, 3)}), USED_UP),
    ("not who has begun another", replace(TRIED, tries={"kuis": Tries(2, 3, open=True)}), []),
    ("who may not try again, as it is closed", replace(TRIED, tries={"kuis": Tries(1, 3, closed=True)}), USED_UP),
    ("not who is under way when it closes", replace(TRIED, tries={"kuis": Tries(1, 3, open=True, closed=True)}), []),
    ("as often as one likes is never used up", replace(TRIED, tries={"kuis": Tries(9, None)}), NOT_PASSED),
    ("who is stuck", replace(TRIED, wrong=[WRONG]), [(Reason.STUCK, ago(9)), (Reason.NOT_PASSED, ago(1))]),
    ("not by two", replace(TRIED, wrong=[replace(WRONG, times=2)], tries={}), []),
    ("not who knew it since", replace(TRIED, wrong=[replace(WRONG, right_at=ago(2))], tries={}), []),
    ("but who knew it before", replace(TRIED, wrong=[replace(WRONG, right_at=ago(5))], tries={}), STUCK),
    ("nobody who passed", replace(TRIED, facts=took(0.8, 90, passed=True), wrong=[WRONG]), []),
    ("nobody whose course is completed", replace(TRIED, facts=replace(took(0.5, 90), completed_at=ago(80))), []),
]


@pytest.mark.parametrize(("followed", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_is_listed_and_since_when(followed: Followed, expected: list[tuple[Reason, datetime]]) -> None:
    assert [(risk.reason, risk.since) for risk in risks(COURSE, followed, ASKED)] == expected


def test_a_risk_tells_the_quiz_its_grade_and_the_question() -> None:
    found = risks(COURSE, replace(TRIED, wrong=[WRONG]), ASKED)
    assert found == (
        Risk(Reason.STUCK, ago(9), "kuis", question="k/kuis/a", times=3),
        Risk(Reason.NOT_PASSED, ago(1), "kuis", best=0.5),
    )


def test_what_is_open_is_neither_done_nor_waiting() -> None:
    assert [each.id for each in open_activities(COURSE, NOTHING)] == ["kuis"]
    assert open_activities(COURSE, took(0.8, passed=True)) == ()
    assert open_activities(COURSE, took(None, waiting=True)) == ()


@pytest.mark.parametrize(
    ("tries", "open_to_them"),
    [
        (None, True),
        (Tries(1, 3), True),
        (Tries(3, 3), False),
        (Tries(3, 3, open=True), True),
        (Tries(0, 3, early=True), False),
        (Tries(0, None, closed=True), False),
    ],
)
def test_nobody_is_told_of_a_quiz_that_may_not_be_done_now(tries: Tries | None, open_to_them: bool) -> None:
    followed = replace(TRIED, tries={"kuis": tries} if tries else {})
    assert [each.id for each in open_now(COURSE, followed)] == (["kuis"] if open_to_them else [])


@given(some.integers(0, 400), some.integers(1, 365), some.booleans())
def test_whoever_did_something_lately_is_not_called_away(days: int, limit: int, passed: bool) -> None:
    followed = replace(TRIED, facts=took(0.5, days, passed=passed), tries={})
    away = [risk for risk in risks(COURSE, followed, replace(ASKED, days=limit)) if risk.reason is Reason.INACTIVE]
    assert bool(away) is (days > limit and not passed)


LETTER = Letter("Siti", "Katalog", [(Reason.INACTIVE, "")], "1 November 2026", ["Satu"], "https://rak/k", "Rahmat")


def written(letter: Letter) -> str:
    return "\n".join(line.text() if isinstance(line, Message) else line for line in message_lines(letter))


def test_a_message_says_who_what_is_open_and_where() -> None:
    assert written(LETTER) == (
        "Halo Siti, semoga sehat selalu.\n\n"
        "Terakhir Anda belajar di kursus “Katalog” pada 1 November 2026. Kalau pekerjaan sedang longgar, mari "
        "dilanjutkan.\n\n"
        "Yang masih terbuka untuk Anda:\n- Satu\n\n"
        "Bisa dilanjutkan di sini: https://rak/k\n"
        "Kalau ada kesulitan, balas saja pesan ini. Kita cari jalannya bersama.\n\n"
        "Terima kasih, Rahmat"
    )


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_told_once_and_kindly(reason: Reason) -> None:
    text = written(replace(LETTER, reasons=[(reason, "Kuis"), (reason, "Kuis")], still_open=list("abcdefg")))
    assert "- dan 2 lagi" in text and "- f" not in text
    assert text.count("“Kuis”") == (reason in (Reason.USED_UP, Reason.NOT_PASSED, Reason.STUCK))
    assert not any(word in text.lower() for word in ("gagal", "malas", "terlambat", "tidak kompeten"))


@given(some.text(some.characters(exclude_categories=["Cs"])))
def test_whatsapp_opens_with_exactly_the_message(text: str) -> None:
    address = urlsplit(whatsapp_link("+6281234567890", text))
    assert (address.scheme, address.netloc, address.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(address.query, keep_blank_values=True, strict_parsing=bool(text)) == {"text": [text]}


def test_the_course_of_these_cases_has_one_quiz() -> None:
    assert isinstance(COURSE, Course) and COURSE.activities == (QUIZ,)
