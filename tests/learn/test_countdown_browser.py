"""The countdown in a real browser: it agrees with the server, also after a sleep, and at zero sends the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import clock
from app.quizzes.models import Answer, Attempt
from tests.ground.browser import (
    WATCHED,
    answer_somehow,
    answering,
    assert_accessible_in_both_themes,
    assert_fits,
    sign_in,
)
from tests.ground.cast import Cast
from tests.learn.test_quiz_time import Watch
from tests.marking.test_time import settings
from tests.quizzes.content import START

pytestmark = WATCHED


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The server's clock."""
    watch = Watch()
    monkeypatch.setattr(clock, "now", watch)
    return watch


@pytest.fixture
def quiz(page: Page, app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path, watch: Watch) -> Iterator[Page]:
    """Siti has begun the test, which has 15 minutes; its first question is open, and the phone's clock is set."""
    settings(courses_folder, "time_limit: 15 min")
    db.session.remove()
    with answering(app) as address:
        page.clock.install(time=datetime.fromtimestamp(START.timestamp(), START.tzinfo))
        sign_in(page, address)
        page.goto(f"{address}/courses/contoh/tes")
        page.get_by_role("button", name="Mulai kuis").click()
        page.wait_for_url("**/attempts/*")
        page.wait_for_load_state("load")  # the script has looked at the clock once before it is moved
        yield page


def left(page: Page, words: str) -> None:
    expect(page.get_by_role("timer")).to_have_text(words)


def test_minutes_go_by_and_the_page_is_good_to_read(quiz: Page, watch: Watch) -> None:
    left(quiz, "Sisa waktu 15 menit")
    watch.to(1)  # a slow machine looks like a sleep to the page: it may ask, and is told the same
    quiz.clock.run_for(61_000)
    left(quiz, "Sisa waktu 14 menit")
    assert_accessible_in_both_themes(quiz)
    assert_fits(quiz)


def test_the_clock_can_be_hidden_and_stays_hidden_on_the_next_question(quiz: Page, watch: Watch) -> None:
    quiz.get_by_text("Waktu", exact=True).click()
    expect(quiz.get_by_role("timer")).to_be_hidden()
    quiz.get_by_role("button", name="Berikutnya").click()
    expect(quiz.get_by_role("heading", name="Soal 2 dari 5")).to_be_visible()
    quiz.clock.run_for(2_000)
    expect(quiz.get_by_role("timer")).to_be_hidden()


def test_after_a_sleep_the_server_is_asked_and_what_it_says_holds(quiz: Page, watch: Watch) -> None:
    watch.to(9)
    with quiz.expect_response("**/clock"):
        quiz.clock.fast_forward(5 * 60_000)
        quiz.clock.run_for(8_000)  # it asks at most every three seconds
    left(quiz, "Sisa waktu 6 menit")


def test_at_zero_what_was_typed_is_sent_and_the_result_follows(quiz: Page, watch: Watch, db: SQLAlchemy) -> None:
    answer_somehow(quiz)
    watch.to(15)
    quiz.clock.fast_forward(15 * 60_000)
    quiz.clock.run_for(8_000)
    expect(quiz.get_by_text("Nilai Anda")).to_be_visible()
    assert db.session.scalar(select(Attempt.state)) == "finished"
    assert len(db.session.scalars(select(Answer.id)).all()) == 1
