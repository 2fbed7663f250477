"""Photos and tasks in a real browser: a photo is made small before it is sent, and a lost signal loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from PIL import Image
from playwright.sync_api import FilePayload, Page, Request, Route, expect
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
from tests.tasks.course import RUBRIC, publish_tasks
from tests.tasks.course import SLUG as TASKS
from tests.uploads.course import QUIZ, SLUG, publish_photos

pytestmark = WATCHED


@pytest.fixture
def address(app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path) -> Iterator[str]:
    """Where the app answers a browser."""
    publish_photos(courses_folder)
    publish_tasks(courses_folder)
    with answering(app) as address:
        yield address


def large_photo(name: str = "rak.jpg") -> FilePayload:
    """Larger than what is kept, as phones take them."""
    target = BytesIO()
    Image.effect_noise((2000, 1500), 60).convert("RGB").save(target, "JPEG", quality=70)
    return {"name": name, "mimeType": "image/jpeg", "buffer": target.getvalue()}


def test_a_photo_is_made_small_sent_at_once_and_shown_and_survives_a_lost_signal(
    page: Page, address: str, db: SQLAlchemy
) -> None:
    sign_in(page, address)
    page.goto(f"{address}/courses/{SLUG}/{QUIZ}")
    page.get_by_role("button", name="Mulai kuis").click()
    assert_accessible_in_both_themes(page)
    assert_fits(page)
    sent: list[int] = []

    def measure(request: Request) -> None:
        if request.method == "POST":
            sent.append(len(request.post_data_buffer or b""))

    page.on("request", measure)

    def lose(route: Route) -> None:
        route.abort()

    page.route("**/answers/1", lose)
    photo = large_photo()
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.locator("#saved")).to_contain_text("Belum tersimpan.", timeout=60_000)
    page.unroute("**/answers/1")
    page.locator("#saved").get_by_role("button", name="Coba lagi").click()
    expect(page.get_by_role("link", name="rak.webp")).to_be_visible(timeout=60_000)
    expect(page.locator("#saved")).to_contain_text("Tersimpan pukul")
    assert sent and sent[-1] < len(photo["buffer"]) / 2, "the phone made it small"
    page.get_by_label("Hapus rak.webp").click()  # the page that answers has no such box to be found checked
    expect(page.get_by_role("link", name="rak.webp")).to_have_count(0)
    db.session.rollback()
    kept = [row and len(row["files"]) for row in db.session.scalars(select(Answer.response).order_by(Answer.id))]
    assert kept == [1, None]
    # On to a question without files, whose own script is loaded then, and back.
    page.get_by_role("button", name="Berikutnya").click()
    expect(page.locator("h1")).to_contain_text("Soal 2")
    page.get_by_role("button", name="Berikutnya").click()
    expect(page.locator("h1")).to_contain_text("Soal 3")
    page.locator("input[type=text]").fill("398")
    expect(page.locator("#saved")).to_contain_text("Tersimpan pukul")
    page.get_by_role("button", name="Sebelumnya").click()
    expect(page.locator("h1")).to_contain_text("Soal 2")
    page.locator("input[type=file]").set_input_files(
        {"name": "daftar.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 daftar"}
    )
    expect(page.get_by_role("link", name="daftar.pdf")).to_be_visible()


def test_a_task_keeps_its_text_when_a_photo_is_added(page: Page, address: str) -> None:
    sign_in(page, address)
    page.goto(f"{address}/courses/{TASKS}/{RUBRIC}")
    page.get_by_label("Tulisan Anda").fill("Tiga buku sudah dicatat.")
    page.locator("input[type=file]").set_input_files(large_photo("kartu.jpg"))
    expect(page.get_by_role("link", name="kartu.webp")).to_be_visible(timeout=60_000)
    expect(page.get_by_label("Tulisan Anda")).to_have_value("Tiga buku sudah dicatat.")
    assert_accessible_in_both_themes(page)
    assert_fits(page)
    page.get_by_role("button", name="Kumpulkan tugas").click()
    expect(page.get_by_text("Tugas sudah dikumpulkan.")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
