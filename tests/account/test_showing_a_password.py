"""The password can be shown, in a real browser; without scripts there is no box for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.ground.browser import WATCHED, answering, assert_accessible, assert_fits
from tests.ground.cast import Cast
from tests.ground.database import EMPTY, Start

pytestmark = WATCHED


@pytest.fixture
def start() -> Start:
    """A demonstration: the form has its four buttons."""
    return replace(EMPTY, demo=True)


@pytest.fixture
def address(app: Flask, cast: Cast) -> Iterator[str]:
    with answering(app) as url:
        yield url


def test_ticking_shows_what_was_typed_and_unticking_hides_it(address: str, page: Page) -> None:
    page.goto(f"{address}/sign-in")
    field = page.get_by_label("Kata sandi (password)")
    field.fill("tinta biru")
    page.get_by_label("Tampilkan").check()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value("tinta biru")
    page.get_by_label("Tampilkan").uncheck()
    expect(field).to_have_attribute("type", "password")
    assert_fits(page)
    assert_accessible(page)


def test_without_scripts_the_form_works_and_has_no_such_box(address: str, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{address}/sign-in")
    expect(page.get_by_label("Tampilkan")).to_be_hidden()
    page.get_by_role("button", name="Masuk sebagai Siti (peserta)").click()
    expect(page.get_by_role("link", name="Akun saya")).to_be_visible()
