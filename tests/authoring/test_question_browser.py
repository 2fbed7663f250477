"""The question editor in a real browser: rows move without a new page, and the preview follows what is typed."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.ground.browser import WATCHED, answering, assert_accessible_in_both_themes, assert_fits, sign_in
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start

pytestmark = WATCHED
HERE = "/authoring/contoh/questions/latihan"


@pytest.fixture
def start() -> Start:
    """There is a course to work on."""
    return PUBLISHED


def texts(page: Page) -> list[str]:
    """The options as they stand, from the first."""
    return [each.input_value() for each in page.locator('ol textarea[name^="q.options."][name$=".text.id"]').all()]


def test_a_trainer_writes_a_question_on_a_phone_and_answers_it(page: Page, app: Flask, cast: Cast) -> None:
    with answering(app) as site:
        sign_in(page, site, "rahmat")
        page.goto(f"{site}{HERE}/new")
        assert_accessible_in_both_themes(page)
        assert_fits(page)
        page.get_by_role("link", name="Pilihan ganda", exact=False).first.click()
        page.get_by_label("Pertanyaan", exact=True).fill("Di mana **kamus**?")
        for place, text in enumerate(("Rak fiksi", "Rak rujukan")):
            page.locator(f'[name="q.options.{place}.text.id"]').fill(text)
        page.get_by_role("radio", name="Jawaban benar").nth(1).check()
        page.get_by_role("button", name="Tambah pilihan").click()
        expect(page.locator('[name="q.options.4.text.id"]')).to_be_focused()
        page.keyboard.type("Gudang")
        page.get_by_role("button", name="Naik Pilihan 2").click()
        page.get_by_role("button", name="Hapus Pilihan 3").click()
        assert texts(page) == ["Rak rujukan", "Rak fiksi", "", "Gudang"]
        expect(page.get_by_role("radio", name="Jawaban benar").first).to_be_checked()
        preview = page.locator("#preview")
        expect(preview.locator("strong")).to_have_text("kamus")
        preview.get_by_role("radio", name="Rak fiksi").check()
        preview.get_by_role("button", name="Periksa jawaban").click()
        expect(preview.get_by_role("status")).to_contain_text("Salah")
        assert_accessible_in_both_themes(page)
        assert_fits(page)
        page.get_by_role("button", name="Simpan draf").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Soal 6 dari 6: Pilihan ganda")
        assert texts(page) == ["Rak rujukan", "Rak fiksi", "Gudang"]
        assert_accessible_in_both_themes(page)
