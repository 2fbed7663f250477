"""What a learner does next, what was done week by week, and how an estimate is drawn: without a database."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.competencies.rules import Score, State
from app.content.compile import compile_course, compile_shared
from app.content.course import Course
from app.learn.rules.practice import Practice, next_practice
from app.learn.rules.weeks import SHOWN, Week, weeks
from app.progress.rules import Done
from app.web.estimates import estimate_drawing, line_drawing

SAMPLES = Path(__file__).parents[1] / "courses"
WITA = ZoneInfo("Asia/Makassar")
STATES = {"need": State.NEEDS_SUPPORT, "unsure": State.UNCERTAIN, "few": State.TOO_FEW, "good": State.MASTERED}

MORE = """\
title: Modul berlatih
activities:
  - lesson: bacaan
    title: Bacaan
    minutes: 3
    body: Isi.
  - quiz: berlatih
    title: Berlatih lagi
    preset: practice
    purpose: {purpose}
    pass: 50
    questions:
{questions}
"""
QUESTION = """\
      - id: soal{number}
        type: true-false
        competency: F1.satu
        text: Pernyataan {number}.
        answer: true
"""


def files_under(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@cache
def sample(questions: int = 0, purpose: str = "practice") -> Course:
    """The sample course; with so many questions in a further module, a practice quiz after a lesson."""
    files = files_under(SAMPLES / "contoh")
    if questions:
        asked = "".join(QUESTION.format(number=number) for number in range(questions))
        files["03-lagi.yaml"] = MORE.format(questions=asked, purpose=purpose).encode()
        files["course.yaml"] = files["course.yaml"].replace(b"02-lanjut]", b"02-lanjut, 03-lagi]")
    beside = {name: (SAMPLES / name).read_bytes() for name in ("competencies.yaml", "glossary.yaml")}
    return compile_course("contoh", files, compile_shared(beside))


def scored(state: str, score: float = 60, questions: int = 9) -> Score:
    return Score(score, 9, score - 15, score + 15, 0, 0.5, 0.5, questions, STATES[state])


def advised(
    *scores: Score | None, courses: tuple[Course, ...] = (), met: set[str] | None = None, read: set[str] | None = None
) -> Practice | None:
    """What is advised for these scores of F1.satu, F1.dua and F2.tiga."""
    named = list(zip(("F1.satu", "F1.dua", "F2.tiga"), scores, strict=True))
    known = {("contoh", each) for each in read or ()}
    return next_practice(named, courses or (sample(),), met=met or set(), read=known)


WEAKEST = [
    ("need before uncertainty", [scored("unsure", 40), scored("need", 50), None], "F1.dua"),
    ("the lower of two in need", [scored("need", 50), scored("need", 45), None], "F1.dua"),
    ("uncertainty before too few", [scored("few", questions=4), scored("unsure", 60), None], "F1.dua"),
    ("of too few the one with most", [scored("few", 20, 2), scored("few", 60, 4), None], "F1.dua"),
    ("something known before nothing", [None, scored("good"), scored("few", questions=1)], "F2.tiga"),
    ("the framework's order where nothing is known", [None, None, None], "F1.satu"),
    ("what is mastered needs nothing", [scored("good"), scored("good"), scored("good")], None),
]


@pytest.mark.parametrize(("scores", "expected"), [case[1:] for case in WEAKEST], ids=[case[0] for case in WEAKEST])
def test_the_weakest_competency_comes_first(scores: list[Score | None], expected: str | None) -> None:
    found = advised(*scores)
    assert (found.competency if found else None) == expected


def test_the_advice_names_a_practice_quiz_and_the_lessons_beside_it_never_a_test() -> None:
    found = advised(scored("need"), None, None)
    assert found is not None
    assert (found.quiz.id, found.fresh, [each.id for each in found.lessons]) == ("latihan", 2, ["pengantar"])


def test_a_test_after_the_course_is_no_practice() -> None:
    course = sample(questions=3, purpose="posttest")
    found = advised(scored("need"), None, None, courses=(course,))
    assert found is not None and found.quiz.id == "latihan"


def test_the_quiz_with_most_questions_not_met_before_is_advised() -> None:
    course = sample(questions=3)
    new = advised(scored("need"), None, None, courses=(course,))
    assert new is not None and (new.quiz.id, new.fresh) == ("berlatih", 3)
    met = {f"contoh/berlatih/soal{number}" for number in range(2)}
    rather = advised(scored("need"), None, None, courses=(course,), met=met)
    assert rather is not None and (rather.quiz.id, rather.fresh) == ("latihan", 2)


def test_where_all_was_answered_practising_is_still_advised() -> None:
    met = {"contoh/latihan/tunggal", "contoh/latihan/ganda"}
    found = advised(scored("need"), None, None, met=met)
    assert found is not None and (found.quiz.id, found.fresh) == ("latihan", 0)


def test_lessons_not_read_yet_come_first() -> None:
    found = advised(scored("need"), None, None, courses=(sample(questions=5),), read={"bacaan"})
    assert found is not None and [each.id for each in found.lessons] == ["bacaan"]


def test_without_courses_nothing_is_advised() -> None:
    assert next_practice([("F1.satu", scored("need"))], (), met=set(), read=set()) is None


def test_a_competency_without_practice_is_passed_over() -> None:
    found = next_practice([("F9.lain", scored("need")), ("F1.dua", None)], (sample(),), met=set(), read=set())
    assert found is not None and found.competency == "F1.dua"


# ---------------------------------------------------------------- week by week

NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)  # a Wednesday
MONDAY = date(2026, 11, 23)


def attempt(at: datetime, fraction: float | None) -> Done:
    return Done("attempt", "contoh", "latihan", at, fraction, 1)


def test_weeks_run_from_the_first_with_anything_to_now_and_name_their_monday() -> None:
    long_ago = NOW - timedelta(weeks=2)
    done = [Done("lesson", "contoh", "pengantar", long_ago), attempt(long_ago, 0.5), attempt(long_ago, 0.9)]
    assert weeks([*done, attempt(NOW, None)], zone=WITA, now=NOW) == (
        Week(MONDAY - timedelta(days=14), 1, 2, pytest.approx(70)),
        Week(MONDAY - timedelta(days=7), 0, 0, None),
        Week(MONDAY, 0, 1, None),  # handed in, not marked yet
    )


def test_a_week_begins_at_midnight_of_the_office() -> None:
    sunday_evening, after_midnight = (datetime(2026, 11, 22, hour, 30, tzinfo=UTC) for hour in (15, 16))
    found = weeks([attempt(sunday_evening, 1), attempt(after_midnight, 0)], zone=WITA, now=NOW)
    assert [(week.monday, week.mean) for week in found] == [(MONDAY - timedelta(days=7), 100), (MONDAY, 0)]


def test_only_the_last_weeks_are_told_and_nothing_where_nothing_was_done() -> None:
    every = [attempt(NOW - timedelta(weeks=number), 1) for number in range(30)]
    assert len(weeks(every, zone=WITA, now=NOW)) == SHOWN
    assert weeks([], zone=WITA, now=NOW) == ()
    assert weeks([attempt(NOW - timedelta(weeks=30), 1)], zone=WITA, now=NOW) == ()


# ---------------------------------------------------------------- drawings


def test_an_estimate_is_a_point_on_its_interval_with_the_cut() -> None:
    drawn = str(estimate_drawing((20, 50, 80), 70))
    assert 'class="within" x="60.0" y="5" width="180.0"' in drawn
    assert 'class="point" cx="150.0"' in drawn
    assert 'class="cut" d="M210.0 0V24"' in drawn
    assert "within" not in str(estimate_drawing(None, 70))


@pytest.mark.parametrize("score", [0.0, 100.0])
def test_an_estimate_at_the_end_stays_within_its_drawing(score: float) -> None:
    centre = float(re.findall(r'cx="([\d.]+)"', str(estimate_drawing((score, score, score), 70)))[0])
    assert 6 < centre < 294


def test_a_line_needs_two_weeks_with_marks_and_leaps_over_empty_ones() -> None:
    assert not line_drawing([None, 60, None])
    drawn = str(line_drawing([0, None, 100]))
    assert 'points="36.0,90.0 290.0,10.0"' in drawn and drawn.count("<circle") == 2
