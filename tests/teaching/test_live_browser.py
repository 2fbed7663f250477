"""The live page in a real browser: it brings itself up to date while it is seen, and says when it cannot."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page, expect

from app import clock
from tests.ground.browser import WATCHED, answering, assert_accessible, assert_fits, sign_in
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.quizzes.cast import begin, give

pytestmark = WATCHED


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


def test_the_live_page_follows_and_says_when_it_cannot(
    page: Page, page_errors: list[str], app: Flask, cast: Cast, db: SQLAlchemy
) -> None:
    work = begin(cast.siti, "tes", now=clock.now() - timedelta(minutes=1))
    db.session.remove()
    with answering(app) as site:
        page.clock.install()
        sign_in(page, site, "rahmat")
        page.goto(f"{site}/teaching/courses/contoh/live/tes")
        page.wait_for_load_state("load")
        expect(page.locator("tbody")).to_contain_text("0 dari 5")
        assert_accessible(page)
        assert_fits(page)
        page.get_by_role("link", name="Siti Aminah").focus()
        with app.app_context():
            give(work, 1, right=True, now=clock.now())
        page.clock.run_for(7000)
        expect(page.locator("tbody")).to_contain_text("1 dari 5")
        expect(page.get_by_role("link", name="Siti Aminah")).to_be_focused()
        page.route("**/live/**", lambda route: route.abort())
        page.clock.run_for(7000)
        expect(page.get_by_role("alert")).to_be_visible()
        page.unroute("**/live/**")
        page.clock.run_for(7000)
        expect(page.get_by_role("alert")).to_be_hidden()
    page_errors.clear()  # the request that was made to fail
