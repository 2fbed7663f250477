"""The YAML side in a real browser: what is wrong is told and marked on its line while Rahmat types."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page, expect

from tests.ground.browser import WATCHED, answering, assert_accessible, assert_fits, sign_in
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start

pytestmark = WATCHED


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def test_a_typing_mistake_is_marked_on_its_line_and_a_press_leads_there(
    page: Page, page_errors: list[str], app: Flask, cast: Cast, db: SQLAlchemy
) -> None:
    db.session.remove()
    with answering(app) as site:
        sign_in(page, site, "rahmat")
        page.set_viewport_size({"width": 800, "height": 700})
        page.goto(f"{site}/authoring/contoh/yaml/01-dasar.yaml?entry=pengantar")
        box = page.get_by_label("Isi file")
        text = box.input_value()
        line = text.split("\n").index("    minutes: 5") + 1
        assert page.evaluate("document.activeElement.id") == "teks"
        box.fill(text.replace("minutes: 5", "minutes: lima", 1))
        told = page.locator(f".told-lines [data-line='{line}']")
        expect(told).to_contain_text("minutes: lima")
        expect(page.locator(".numbered pre b.wrong")).to_have_text(str(line))
        told.get_by_role("link").click()
        selected = "t => t.value.slice(t.selectionStart, t.selectionEnd)"
        assert box.evaluate(selected) == "lima"
        assert_accessible(page)
        page.set_viewport_size({"width": 360, "height": 740})
        assert_fits(page)
        box.fill(text)
        expect(page.locator("[data-told]")).to_contain_text("Tidak ada kesalahan")
        expect(page.locator(".numbered pre b")).to_have_count(0)
        page.get_by_role("button", name="Simpan draf").click()
        expect(page.get_by_role("status").first).to_contain_text("Tidak ada yang berubah")
