"""The password can be shown, in a real browser; without scripts there is no box for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.ground.browser import assert_accessible, assert_fits
from tests.ground.server import Server

pytestmark = pytest.mark.browser


def test_ticking_shows_what_was_typed_and_unticking_hides_it(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sign-in")
    field = page.get_by_label("Kata sandi (password)")
    field.fill("tinta biru")
    page.get_by_label("Tampilkan").check()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value("tinta biru")
    page.get_by_label("Tampilkan").uncheck()
    expect(field).to_have_attribute("type", "password")
    assert_fits(page)
    assert_accessible(page)


def test_without_scripts_the_form_works_and_has_no_such_box(server: Server, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{server.url}/sign-in")
    expect(page.get_by_label("Tampilkan")).to_be_hidden()
    page.get_by_role("button", name="Masuk sebagai Siti (peserta)").click()
    expect(page.get_by_role("link", name="Akun saya")).to_be_visible()
