"""Answers of a page with all questions, and photos, stay on the phone as others do, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect
from sqlalchemy import select

from app.quizzes.models import Answer
from tests.ground.browser import (
    WATCHED,
    answering,
    assert_accessible,
    assert_accessible_in_both_themes,
    assert_fits,
    sign_in,
)
from tests.ground.cast import Cast
from tests.ground.database import ATTEMPTS, Start
from tests.learn.test_unsent_browser import ALL_SENT, TABLET, Network, network, notice, rows
from tests.uploads.course import QUIZ, SLUG, publish_photos
from tests.uploads.files import HEIC

__all__ = ["network"]

pytestmark = WATCHED

ONE_PAGE = "/courses/percobaan/sehalaman"


@pytest.fixture
def start() -> Start:
    """Quizzes that differ in what an attempt can be."""
    return ATTEMPTS


@pytest.fixture
def address(network: Network, cast: Cast, db: SQLAlchemy, courses_folder: Path) -> Iterator[str]:
    """Where the app answers a browser; a quiz that asks for photos is published too."""
    publish_photos(courses_folder)
    with answering(network) as address:
        yield address


def begin(page: Page, address: str, quiz: str) -> str:
    """Siti has begun the quiz; where it is worked."""
    sign_in(page, address)
    page.goto(f"{address}{quiz}")
    page.get_by_role("button", name="Mulai kuis").click()
    page.wait_for_url("**/attempts/*")
    return page.url


def saved(page: Page, slot: int) -> Locator:
    return page.locator(f"#soal-{slot} .saved")


def waiting(db: SQLAlchemy) -> list[int | None]:
    """What the stored answers told of those that still waited."""
    db.session.rollback()
    return list(db.session.scalars(select(Answer.unsent).order_by(Answer.id)))


def test_on_one_page_every_answer_is_kept_put_back_warned_of_and_sent_from_any_page(
    page: Page, network: Network, address: str, db: SQLAlchemy, page_errors: list[str]
) -> None:
    attempt = begin(page, address, ONE_PAGE)
    network.lost = True
    page.locator("[name=s1-choice][value=true]").check()
    page.locator("[name=s3-text]").fill("bebas")
    expect(saved(page, 1)).to_contain_text("Belum tersimpan. Coba lagi")
    expect(saved(page, 3)).to_contain_text("Belum tersimpan. Coba lagi")
    expect(notice(page)).to_contain_text("2 jawaban belum terkirim. Menunggu sinyal.")
    assert_accessible_in_both_themes(page)
    assert_fits(page)
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(notice(page)).to_be_focused()
    assert page.url == attempt, "nothing is left behind by going on"
    page.reload()
    expect(page.locator("[name=s1-choice][value=true]")).to_be_checked()
    expect(page.locator("[name=s3-text]")).to_have_value("bebas")
    expect(notice(page)).to_contain_text("sudah diisikan kembali")
    page.goto(address)
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(notice(page)).to_contain_text("Jangan keluar dari akun sebelum terkirim.")
    # signing out has been stopped: as long as it tries to send first, a signal that came back would let it go on
    expect(notice(page).get_by_role("button", name="Tetap keluar")).to_be_visible()
    assert rows(db) == []
    network.lost = False
    notice(page).get_by_role("button", name="Kirim sekarang").click()
    expect(notice(page)).to_contain_text(ALL_SENT)
    assert (rows(db), waiting(db)) == ([1, 1], [1, 0])
    page.goto(attempt)
    expect(saved(page, 3)).to_contain_text("✓ Tersimpan pukul")
    page.locator("[name=s2-choice]").first.check()
    expect(saved(page, 2)).to_contain_text("✓ Tersimpan pukul")
    page.locator("[name=s3-text]").fill("lepas")
    page.get_by_role("button", name="Periksa jawaban").click()
    page.wait_for_url("**/overview")
    assert rows(db) == [1, 1, 1, 2]
    expect(notice(page)).to_be_hidden()
    page_errors.clear()


def test_on_one_page_a_newer_answer_of_another_device_leads_to_both_and_stops_no_other(
    page: Page, network: Network, open_page: Callable[..., Page], address: str, db: SQLAlchemy, page_errors: list[str]
) -> None:
    attempt = begin(page, address, ONE_PAGE)
    tablet = open_page(user_agent=TABLET)
    sign_in(tablet, address)
    tablet.goto(attempt)
    tablet.locator("[name=s1-choice][value=false]").check()
    expect(saved(tablet, 1)).to_contain_text("✓ Tersimpan pukul")
    page.locator("[name=s1-choice][value=true]").check()
    expect(saved(page, 1)).to_contain_text("jawaban yang lebih baru dari perangkat lain")
    assert_accessible(page)
    page.locator("[name=s3-text]").fill("bebas")
    page.get_by_role("button", name="Periksa jawaban").click()
    page.wait_for_url("**/overview")
    assert rows(db) == [1, 1]
    page.goto(attempt)
    saved(page, 1).get_by_role("link", name="Lihat kedua jawaban").click()
    page.locator("#saved").get_by_role("button", name="Lihat kedua jawaban").click()
    page.get_by_role("button", name="Pakai jawaban ini").click()
    page.wait_for_url("**/attempts/*?slot=1")
    expect(page.locator("[name=choice][value=true]")).to_be_checked()
    expect(notice(page)).to_contain_text(ALL_SENT)
    page.goto(attempt)
    expect(page.locator("[name=s1-choice][value=true]")).to_be_checked()
    assert rows(db) == [1, 1, 2]
    page_errors.clear()


def photo(name: str, size: tuple[int, int] = (60, 40)) -> FilePayload:
    """One that is small already."""
    target = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(target, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": target.getvalue()}


def test_photos_stay_on_the_phone_through_a_reload_and_are_sent_from_another_page(
    page: Page, network: Network, address: str, db: SQLAlchemy, page_errors: list[str]
) -> None:
    attempt = begin(page, address, f"/courses/{SLUG}/{QUIZ}")
    network.lost = True
    field = page.locator("input[type=file]")
    field.set_input_files(photo("satu.jpg"))
    expect(notice(page)).to_contain_text("1 jawaban belum terkirim. Menunggu sinyal.")
    expect(page.locator("#saved")).to_contain_text("Belum tersimpan. Coba lagi")
    page.reload()
    expect(notice(page)).to_contain_text("sudah diisikan kembali")
    assert field.evaluate("each => each.files[0].name") == "satu.jpg"
    expect(page.locator("#saved")).to_contain_text("Belum tersimpan. Coba lagi")
    field.set_input_files({"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": HEIC})
    expect(page.locator("#saved")).to_contain_text("Belum tersimpan. Coba lagi")
    assert field.evaluate("each => each.files.length") == 2, "the second does not take the first away"
    page.goto(address)
    expect(notice(page)).to_contain_text("1 jawaban belum terkirim. Menunggu sinyal.")
    network.lost = False
    notice(page).get_by_role("button", name="Kirim sekarang").click()
    expect(notice(page)).to_contain_text(ALL_SENT)
    expect(notice(page)).to_contain_text("IMG_1.HEIC tidak tersimpan.")
    assert rows(db) == [1]
    page.goto(f"{attempt}?slot=1")
    expect(page.get_by_role("link", name="satu.webp")).to_be_visible()
    expect(notice(page)).to_be_hidden()
    network.mute = True  # it arrives, and nobody says so
    field.set_input_files(photo("dua.jpg", (80, 40)))
    expect(notice(page)).to_contain_text("1 jawaban belum terkirim. Menunggu sinyal.")
    network.mute = False
    page.goto(address)
    expect(notice(page)).to_contain_text(ALL_SENT)
    assert rows(db) == [1, 2]
    page.goto(f"{attempt}?slot=1")
    expect(page.get_by_role("link", name="dua.webp")).to_be_visible()
    page_errors.clear()


def test_files_that_are_too_much_for_the_phone_are_told_and_leaving_warns(
    page: Page, network: Network, address: str, db: SQLAlchemy, page_errors: list[str]
) -> None:
    attempt = begin(page, address, f"/courses/{SLUG}/{QUIZ}")
    page.goto(f"{attempt}?slot=2")
    network.lost = True
    large = b"%PDF-1.4 " + bytes(20_000_000)
    page.locator("input[type=file]").set_input_files(
        {"name": "daftar.pdf", "mimeType": "application/pdf", "buffer": large}
    )
    expect(notice(page)).to_contain_text("HP ini tidak dapat menyimpan jawaban ini (file paling banyak 20 MB).")
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(notice(page).get_by_role("button", name="Tetap keluar")).to_be_visible()
    network.lost = False
    page.locator("input[type=file]").set_input_files(
        {"name": "daftar.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 daftar"}
    )
    expect(page.get_by_role("link", name="daftar.pdf")).to_be_visible()
    assert rows(db) == [1]
    page.reload()
    expect(notice(page)).to_be_hidden()
    page_errors.clear()
