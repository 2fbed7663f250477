"""A quiz in a real browser: saving without leaving the page, and what happens when that fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page, Response, Route, expect
from sqlalchemy import select

from app.quizzes.models import Answer
from tests.ground.browser import (
    WATCHED,
    answering,
    assert_accessible,
    assert_accessible_in_both_themes,
    assert_fits,
    fill_sign_in,
    sign_in,
)
from tests.ground.cast import Cast

pytestmark = WATCHED


@pytest.fixture
def address(app: Flask, cast: Cast) -> Iterator[str]:
    """Where the app answers a browser."""
    with answering(app) as address:
        yield address


@pytest.fixture
def quiz(page: Page, address: str) -> Page:
    """Siti has begun the test; its first question is open."""
    sign_in(page, address)
    page.goto(f"{address}/courses/contoh/tes")
    page.get_by_role("button", name="Mulai kuis").click()
    return page


def to_choices(page: Page) -> None:
    """Go to a question with options."""
    go_to(page, "input[type=radio]")


def to_text(page: Page) -> None:
    """Go to a question with a text field."""
    go_to(page, "input[type=text]")


def go_to(page: Page, control: str) -> None:
    base = page.url.partition("?")[0]
    for slot in range(1, 6):
        page.goto(f"{base}?slot={slot}")
        if page.locator(control).count():
            return
    pytest.fail(f"no question with {control}")


def rows(db: SQLAlchemy) -> list[dict[str, object] | None]:
    db.session.rollback()
    return list(db.session.scalars(select(Answer.response).order_by(Answer.id)))


def test_a_choice_is_saved_where_it_is_made_and_nothing_moves(quiz: Page, db: SQLAlchemy) -> None:
    to_choices(quiz)
    button = quiz.locator(".pair button").last
    before = button.bounding_box()
    quiz.locator("input[type=radio]").first.check()
    expect(quiz.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    assert button.bounding_box() == before
    quiz.locator("input[type=radio]").nth(1).check()
    expect(quiz.locator("#seen")).to_have_value("2")
    assert len(rows(db)) == 2
    quiz.reload()
    expect(quiz.locator("input[type=radio]").nth(1)).to_be_checked()
    assert_fits(quiz)


def test_the_button_waits_for_the_answer_that_is_on_its_way(quiz: Page, db: SQLAlchemy) -> None:
    to_choices(quiz)
    held: list[Route] = []
    quiz.route("**/answers/*", lambda route: held.append(route) if not held else route.continue_())
    quiz.locator("input[type=radio]").first.check()
    expect(quiz.locator("#saved")).to_have_text("Menyimpan …")
    quiz.locator("input[type=radio]").nth(1).check()
    here = quiz.url
    quiz.locator(".pair button").last.click(no_wait_after=True)
    assert quiz.url == here
    assert rows(db) == []
    held[0].continue_()
    quiz.wait_for_url(lambda url: url != here)
    assert len(rows(db)) == 2
    quiz.goto(here)
    expect(quiz.locator("input[type=radio]").nth(1)).to_be_checked()


def test_an_answer_given_before_the_scripts_came_is_saved_once_they_are_there(quiz: Page, db: SQLAlchemy) -> None:
    to_choices(quiz)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    quiz.route("**/htmx*", hold)
    quiz.goto(quiz.url, wait_until="commit")
    quiz.locator("input[type=radio]").first.check()
    for route in held:
        route.continue_()
    expect(quiz.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    assert len(rows(db)) == 1


def test_without_a_signal_the_page_says_so_and_tries_again(quiz: Page, db: SQLAlchemy, page_errors: list[str]) -> None:
    to_choices(quiz)
    quiz.route("**/answers/*", lambda route: route.abort())
    quiz.locator("input[type=radio]").first.check()
    expect(quiz.locator("#saved")).to_contain_text("Belum tersimpan. Coba lagi")
    quiz.unroute("**/answers/*")
    quiz.get_by_role("button", name="Coba lagi").click()
    expect(quiz.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    assert len(rows(db)) == 1
    page_errors.clear()


def test_after_a_lost_session_the_answer_survives_the_sign_in(
    quiz: Page, db: SQLAlchemy, page_errors: list[str]
) -> None:
    to_choices(quiz)
    quiz.context.clear_cookies(name="rak_session")
    quiz.locator("input[type=radio]").first.check()
    expect(quiz.locator("#saved")).to_contain_text("Silakan masuk lagi. Jawaban Anda tidak hilang.")
    quiz.locator("#saved button").click()
    fill_sign_in(quiz)
    quiz.locator("main form button").first.click()
    expect(quiz.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    assert len(rows(db)) == 1
    page_errors.clear()


def test_a_second_tab_is_led_to_both_answers(quiz: Page, db: SQLAlchemy, page_errors: list[str]) -> None:
    to_choices(quiz)
    other = quiz.context.new_page()
    other.goto(quiz.url)
    quiz.locator("input[type=radio]").first.check()
    expect(quiz.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    other.locator("input[type=radio]").nth(1).check()
    expect(other.locator("#saved")).to_contain_text("jawaban yang lebih baru")
    other.locator("#saved button").click()
    expect(other.get_by_role("heading", name="Pilih jawaban")).to_be_visible()
    assert_accessible(other)
    other.get_by_role("button", name="Pakai jawaban ini").click()
    expect(other.locator("input[type=radio]").nth(1)).to_be_checked()
    assert len(rows(db)) == 2
    page_errors.clear()


def test_enter_in_a_text_field_saves_and_goes_on(page: Page, address: str, db: SQLAlchemy) -> None:
    sign_in(page, address)
    page.goto(f"{address}/courses/contoh/ujian")
    page.get_by_role("button", name="Mulai kuis").click()
    to_text(page)
    here = page.url
    page.locator("input[type=text]").fill("rak buku")
    page.locator("input[type=text]").press("Enter")
    page.wait_for_url(lambda url: url != here)
    assert "/attempts/" in page.url
    assert [each and each["text"] for each in rows(db)] == ["rak buku"]


def test_a_typed_answer_is_saved_while_it_is_typed(page: Page, address: str, db: SQLAlchemy) -> None:
    sign_in(page, address)
    page.goto(f"{address}/courses/contoh/ujian")
    page.get_by_role("button", name="Mulai kuis").click()
    to_text(page)
    page.locator("input[type=text]").press_sequentially("rak")
    expect(page.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    assert [each and each["text"] for each in rows(db)] == ["rak"]


def test_going_back_and_answering_again_keeps_the_later_answer(quiz: Page, db: SQLAlchemy) -> None:
    to_choices(quiz)
    here = quiz.url
    quiz.locator("input[type=radio]").first.check()
    quiz.locator(".pair button").last.click()
    quiz.wait_for_url(lambda url: url != here)
    quiz.go_back()
    quiz.locator("input[type=radio]").nth(1).check()
    expect(quiz.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    quiz.goto(here)
    expect(quiz.locator("input[type=radio]").nth(1)).to_be_checked()
    assert len(rows(db)) == 2


@pytest.mark.parametrize("which", ["tes", "latihan"])
def test_the_next_question_comes_in_the_same_request_and_back_leads_to_the_one_before(
    page: Page, address: str, which: str
) -> None:
    sign_in(page, address)
    page.goto(f"{address}/courses/contoh/{which}")
    page.get_by_role("button", name="Mulai kuis").click()
    first = page.get_by_role("heading", level=1)
    expect(first).to_contain_text("Soal 1")
    asked: list[tuple[str, int]] = []

    def note(reply: Response) -> None:
        if "/static/" not in reply.url:
            asked.append((reply.request.method, reply.status))

    page.on("response", note)
    page.locator(".pair button").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Soal 2")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert asked == [("POST", 200)]
    assert page.url.endswith("slot=2")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Soal 1")
    page.get_by_text("Daftar soal").click()
    page.locator(".quizbar").get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa jawaban")
    asked.clear()
    page.get_by_role("button", name="Tetap kumpulkan").click()
    expect(page.get_by_text("Nilai Anda")).to_be_visible()
    assert asked == [("POST", 200)]
    assert page.url.endswith("/result")


def test_every_page_of_a_quiz_is_accessible_and_fits(page: Page, address: str) -> None:
    def look() -> None:
        assert_accessible_in_both_themes(page)
        assert_fits(page)

    sign_in(page, address)
    page.goto(f"{address}/courses/contoh/latihan")
    look()
    page.get_by_role("button", name="Mulai kuis").click()
    to_text(page)
    page.get_by_text("Daftar soal").click()
    look()
    to_choices(page)
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Periksa jawaban ini").click()
    expect(page.locator(".verdict")).to_be_visible()
    look()
    page.goto(f"{page.url.partition('?')[0]}/overview")
    look()
    page.get_by_role("button", name="Tetap kumpulkan").click()
    expect(page.get_by_text("Nilai Anda")).to_be_visible()
    look()
    page.goto(f"{address}/courses/contoh/latihan")
    look()
