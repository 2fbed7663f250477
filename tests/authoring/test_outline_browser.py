"""The outline in a real browser: a row is carried to another place, and every page of it can be used by everybody."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.ground.browser import WATCHED, answering, assert_accessible_in_both_themes, assert_fits, sign_in
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start

pytestmark = WATCHED


@pytest.fixture
def start() -> Start:
    """There is something to put in order."""
    return PUBLISHED


def order(page: Page) -> list[str]:
    return [str(each.get_attribute("data-work")) for each in page.locator("[data-work]").all()]


def test_rahmat_carries_a_lesson_into_another_module_and_publishes(page: Page, app: Flask, cast: Cast) -> None:
    with answering(app) as site:
        page.set_viewport_size({"width": 360, "height": 1500})
        sign_in(page, site, "rahmat")
        page.goto(f"{site}/authoring/contoh")
        assert order(page) == ["pengantar", "latihan", "lanjutan", "tes", "ujian"]
        page.locator("[data-work=lanjutan] summary").click()
        assert_accessible_in_both_themes(page)
        assert_fits(page)
        page.locator("[data-work=lanjutan] summary").click()
        grip = page.locator("[data-work=pengantar] .grip").bounding_box()
        target = page.locator("[data-work=lanjutan]").bounding_box()
        assert grip is not None and target is not None
        page.mouse.move(grip["x"] + 10, grip["y"] + 10)
        page.mouse.down()
        page.mouse.move(target["x"] + 20, target["y"] + target["height"] - 4, steps=4)
        page.mouse.up()
        expect(page.locator(".notice").first).to_contain_text("Draf disimpan")
        assert order(page) == ["latihan", "lanjutan", "pengantar", "tes", "ujian"]
        for path in ("settings", "publish", "preview/latihan"):
            page.goto(f"{site}/authoring/contoh/{path}")
            assert_accessible_in_both_themes(page)
            assert_fits(page)
        page.goto(f"{site}/authoring/contoh/publish")
        page.get_by_role("button", name="Terbitkan sekarang").click()
        expect(page.locator(".notice").first).to_contain_text("Sudah terbit")
