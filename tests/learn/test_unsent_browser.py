"""Answers that cannot be sent stay on the phone, in a real browser: through a reload, a kill, others on the phone."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select
from werkzeug.wrappers import Request, Response

from app.quizzes.models import Answer, Attempt
from tests.ground.browser import (
    WATCHED,
    answering,
    assert_accessible,
    assert_accessible_in_both_themes,
    assert_fits,
    browser_flags,
    fill_sign_in,
    find_browser,
    sign_in,
)
from tests.ground.cast import Cast

pytestmark = WATCHED

SAVES = "**/answers/*"
WAITING = "1 jawaban belum terkirim. Menunggu sinyal."
TABLET = "Tablet"
ALL_SENT = "Semua jawaban sudah terkirim."


@dataclass
class Network:
    """Between the browsers and the app. `lost`: the phone still gets pages, but no answer of it arrives; a page of the
    network's own is all that comes back. `mute`: its answers arrive, but their replies do not. The tablet is in another
    network. `sent`: the answers that were sent, as they were.
    """

    app: Flask
    lost: bool = False
    mute: bool = False
    sent: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        if "/answers/" not in request.path or request.user_agent.string == TABLET:
            return self.app(environ, start_response)
        data = request.get_data()
        self.sent.append(request.form.to_dict())
        request.close()  # the files of its form
        if not self.lost:
            environ["wsgi.input"] = BytesIO(data)
            answer = Response.from_app(self.app, environ)
        if self.lost or self.mute:
            answer = Response("<h1>Selamat datang di WiFi Desa</h1>", mimetype="text/html")
        return answer(environ, start_response)


@pytest.fixture
def network(app: Flask) -> Network:
    """A good one, until a test says otherwise."""
    return Network(app)


@pytest.fixture
def address(network: Network, cast: Cast) -> Iterator[str]:
    """Where the app answers a browser."""
    with answering(network) as address:
        yield address


@pytest.fixture
def quiz(page: Page, address: str) -> Page:
    """Siti has begun the test; a question with options is open."""
    sign_in(page, address)
    return begin(page, address)


def begin(page: Page, address: str, quiz: str = "tes", control: str = "input[type=radio]") -> Page:
    page.goto(f"{address}/courses/contoh/{quiz}")
    page.get_by_role("button", name="Mulai kuis").or_(page.get_by_role("link", name="Lanjutkan kuis")).click()
    page.wait_for_url("**/attempts/*")
    base = page.url.partition("?")[0]
    for slot in range(1, 6):
        page.goto(f"{base}?slot={slot}")
        if page.locator(control).count():
            return page
    pytest.fail(f"no question with {control}")


def answer_in_vain(page: Page, network: Network) -> None:
    network.lost = True
    choice(page).check()
    expect(notice(page)).to_contain_text(WAITING)


def notice(page: Page) -> Locator:
    return page.locator("#unsent")


def choice(page: Page, which: int = 0) -> Locator:
    return page.locator("input[type=radio]").nth(which)


def rows(db: SQLAlchemy) -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(Answer.seq).order_by(Answer.id)))


def test_an_answer_without_a_signal_survives_a_reload_and_is_sent_once_there_is_one(
    quiz: Page, network: Network, db: SQLAlchemy, page_errors: list[str]
) -> None:
    quiz.context.set_offline(True)
    choice(quiz).check()
    expect(notice(quiz)).to_contain_text(WAITING)
    expect(quiz.locator("#saved")).to_contain_text("Belum tersimpan. Coba lagi")
    assert_accessible_in_both_themes(quiz)
    assert_fits(quiz)
    network.lost = True
    quiz.context.set_offline(False)
    quiz.reload()
    expect(choice(quiz)).to_be_checked()
    expect(notice(quiz)).to_contain_text("sudah diisikan kembali")
    expect(notice(quiz)).to_contain_text(WAITING)
    assert rows(db) == []
    quiz.context.set_offline(True)
    network.lost = False
    quiz.context.set_offline(False)
    expect(notice(quiz)).to_contain_text(ALL_SENT)
    expect(quiz.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    assert rows(db) == [1]
    quiz.reload()
    expect(choice(quiz)).to_be_checked()
    expect(notice(quiz)).to_be_hidden()
    page_errors.clear()


def test_an_answer_whose_reply_was_lost_cannot_overwrite_a_later_one_however_late_it_arrives(
    quiz: Page, network: Network, db: SQLAlchemy, page_errors: list[str]
) -> None:
    network.mute = True
    choice(quiz, 0).check()
    expect(notice(quiz)).to_contain_text(WAITING)
    assert rows(db) == [1]
    first = network.sent[0]
    network.mute = False
    choice(quiz, 1).check()
    expect(quiz.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    expect(notice(quiz)).to_be_hidden()
    assert rows(db) == [1, 2]
    late = quiz.request.post(
        quiz.url.replace("?slot=", "/answers/"), form=first, headers={"Accept": "application/json"}
    )
    assert late.json()["reason"] == "newer"
    quiz.reload()
    expect(choice(quiz, 1)).to_be_checked()
    page_errors.clear()


class Phone:
    """A browser with a profile of its own that can be killed like an app that needs too much memory."""

    def __init__(self, browser: Browser, profile: Path) -> None:
        self._profile = profile
        port_file = profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        command = [find_browser() or "", *browser_flags(), "--headless", "--remote-debugging-port=0"]
        self._process = subprocess.Popen(
            [*command, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):  # a bound on hanging
            if port_file.exists() and port_file.read_text().count("\n"):
                break
            time.sleep(0.1)
        port = port_file.read_text().partition("\n")[0]
        self._remote = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        self.page = self._remote.contexts[0].new_page()

    def kill(self) -> None:
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()


def test_after_the_browser_was_killed_the_next_visit_sends_what_was_left(
    browser: Browser, network: Network, address: str, db: SQLAlchemy, tmp_path: Path
) -> None:
    phone = Phone(browser, tmp_path / "profile")
    try:
        sign_in(phone.page, address)
        answer_in_vain(begin(phone.page, address), network)
    finally:
        phone.kill()
    assert rows(db) == []
    network.lost = False
    phone = Phone(browser, tmp_path / "profile")
    try:
        phone.page.goto(f"{address}/sign-in")
        if phone.page.url.endswith("/sign-in"):  # else the browser had written down the session before it was killed
            fill_sign_in(phone.page)
        expect(notice(phone.page)).to_contain_text(ALL_SENT)
        assert rows(db) == [1]
    finally:
        phone.kill()


def test_where_another_device_wrote_meanwhile_both_answers_are_shown_and_one_is_chosen(
    quiz: Page, network: Network, open_page: Callable[..., Page], address: str, db: SQLAlchemy, page_errors: list[str]
) -> None:
    answer_in_vain(quiz, network)
    tablet = open_page(user_agent=TABLET)
    sign_in(tablet, address)
    tablet.goto(quiz.url)
    choice(tablet, 1).check()
    expect(tablet.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    network.lost = False
    quiz.goto(address)
    expect(notice(quiz)).to_contain_text("jawaban yang lebih baru dari perangkat lain")
    assert_accessible(quiz)
    notice(quiz).get_by_role("link", name="Lihat kedua jawaban").click()
    expect(choice(quiz, 0)).to_be_checked()
    quiz.locator("#saved").get_by_role("button", name="Lihat kedua jawaban").click()
    expect(quiz.get_by_role("heading", name="Pilih jawaban")).to_be_visible()
    assert rows(db) == [1]
    quiz.get_by_role("button", name="Pakai yang tersimpan").click()
    expect(choice(quiz, 1)).to_be_checked()
    quiz.goto(address)
    expect(notice(quiz)).to_be_hidden()
    assert rows(db) == [1]
    page_errors.clear()


def test_signing_out_warns_and_the_next_person_on_the_phone_neither_sees_nor_sends_anything(
    quiz: Page, network: Network, address: str, db: SQLAlchemy, page_errors: list[str]
) -> None:
    answer_in_vain(quiz, network)
    quiz.get_by_role("button", name="Bukan Siti Aminah? Ganti akun").click()
    expect(notice(quiz)).to_contain_text("Jangan keluar dari akun sebelum terkirim.")
    expect(notice(quiz)).to_be_focused()
    notice(quiz).get_by_role("button", name="Tetap keluar").click()
    quiz.wait_for_url("**/sign-in")
    network.lost = False
    asked: list[str] = []
    quiz.on("request", lambda request: asked.append(request.method))
    fill_sign_in(quiz, "rahmat")
    quiz.wait_for_url("**/")
    quiz.goto(f"{address}/account")
    quiz.wait_for_load_state("networkidle")
    expect(notice(quiz)).to_be_hidden()
    assert asked.count("POST") == 1, "only the sign-in"
    assert rows(db) == []
    quiz.get_by_role("button", name="Keluar dari akun ini").click()
    quiz.wait_for_url("**/sign-in")
    fill_sign_in(quiz)
    expect(notice(quiz)).to_contain_text(ALL_SENT)
    assert rows(db) == [1]
    page_errors.clear()


def test_what_was_just_typed_is_saved_when_the_page_is_left_by_a_link_or_put_aside(
    page: Page, address: str, db: SQLAlchemy
) -> None:
    sign_in(page, address)
    begin(page, address, "ujian", "input[type=text]")
    here = page.url
    page.locator("input[type=text]").fill("rak")
    with page.expect_response(SAVES) as reply:
        page.evaluate("""() => {
            Object.defineProperty(document, "hidden", { value: true, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
            delete document.hidden;
        }""")
    assert reply.value.request.headers["accept"] == "application/json", "not the save that waits for a pause in typing"
    expect(page.locator("#saved")).to_contain_text("✓ Tersimpan pukul")
    page.locator("input[type=text]").fill("rak buku")
    page.get_by_role("link", name="Rak Belajar").click()
    page.wait_for_url(f"{address}/")
    page.goto(here)
    expect(page.locator("input[type=text]")).to_have_value("rak buku")
    expect(page.locator("#seen")).to_have_value("2")
    assert rows(db) == [1, 2]


def test_nothing_is_handed_in_without_what_could_not_be_sent_unless_the_learner_says_so(
    quiz: Page, network: Network, db: SQLAlchemy, page_errors: list[str]
) -> None:
    answer_in_vain(quiz, network)
    attempt = quiz.url.partition("?")[0]
    quiz.goto(f"{attempt}/overview")
    expect(notice(quiz)).to_contain_text(WAITING)
    hand_in = quiz.locator("main").get_by_role("button", name="Tetap kumpulkan")
    hand_in.click()
    expect(notice(quiz).get_by_role("button", name="Tetap kumpulkan")).to_be_visible()
    assert db.session.scalar(select(Attempt.state)) == "in_progress"
    network.lost = False
    hand_in.click()
    expect(quiz.get_by_text("Nilai Anda")).to_be_visible()
    assert rows(db) == [1]
    expect(notice(quiz)).to_be_hidden()
    page_errors.clear()


def test_an_answer_for_a_quiz_that_was_handed_in_elsewhere_is_told_until_it_is_put_away(
    quiz: Page, network: Network, open_page: Callable[..., Page], address: str, db: SQLAlchemy, page_errors: list[str]
) -> None:
    answer_in_vain(quiz, network)
    tablet = open_page(user_agent=TABLET)
    sign_in(tablet, address)
    tablet.goto(f"{quiz.url.partition('?')[0]}/overview")
    tablet.get_by_role("button", name="Tetap kumpulkan").click()
    expect(tablet.get_by_text("Nilai Anda")).to_be_visible()
    network.lost = False
    for _ in range(2):
        quiz.goto(address)
        expect(notice(quiz)).to_contain_text("Kuis ini sudah dikumpulkan, jadi jawaban tadi tidak disimpan.")
    notice(quiz).get_by_role("button", name="Tutup").click()
    expect(notice(quiz)).to_be_hidden()
    quiz.reload()
    quiz.wait_for_load_state("networkidle")
    expect(notice(quiz)).to_be_hidden()
    assert rows(db) == []
    page_errors.clear()
