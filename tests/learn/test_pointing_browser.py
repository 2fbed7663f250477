"""Questions answered by dragging and pointing, in a real browser: each way ends in the lists of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from app.quizzes.models import Answer
from tests.ground.browser import WATCHED, answering, assert_accessible, assert_fits, sign_in
from tests.ground.cast import Cast
from tests.ground.database import KINDS_TO_POINT_AT, Start

pytestmark = WATCHED

GAPS, ORDER, GROUPS, POINT, AREAS = range(1, 6)  # slots of the quiz


@pytest.fixture
def start() -> Start:
    """A quiz of the kinds that scripts make easier."""
    return KINDS_TO_POINT_AT


@pytest.fixture
def address(app: Flask, cast: Cast) -> Iterator[str]:
    """Where the app answers a browser."""
    with answering(app) as address:
        yield address


@pytest.fixture
def phone(open_page: Callable[..., Page], address: str) -> Page:
    """Siti's phone, on which the quiz is open."""
    page = open_page(has_touch=True)
    sign_in(page, address)
    page.goto(f"{address}/courses/jenis/jenis")
    page.get_by_role("button", name="Mulai kuis").click()
    return page


def at(page: Page, slot: int) -> None:
    page.goto(f"{page.url.partition('?')[0]}?slot={slot}")


def piece(page: Page, words: str) -> Locator:
    return page.locator(".piece", has_text=words)


def item(page: Page, words: str) -> Locator:
    return page.locator(".assign", has_text=words).locator("span:not(.grip)")


def drag(page: Page, part: Locator, to: Locator) -> None:
    """With the mouse, a step at a time as a hand does it, far from the window's edges, where a drag scrolls."""
    to.evaluate("place => place.scrollIntoView({block: 'center'})")
    start, end = part.bounding_box(), to.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 10, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + end["height"] / 2 - 5, steps=4)
    page.mouse.move(end["x"] + 20, end["y"] + end["height"] / 2 + 5, steps=4)
    page.mouse.up()


def saved(page: Page, db: SQLAlchemy) -> object:
    """The newest answer, once the page says that it is kept and under way no more."""
    expect(page.locator("#saved")).to_contain_text("✓ Tersimpan")
    db.session.rollback()
    return db.session.scalars(select(Answer.response).order_by(Answer.id.desc())).first()


def test_words_are_dragged_or_tapped_into_gaps_and_a_word_moves_with_the_second_tap(
    phone: Page, db: SQLAlchemy
) -> None:
    lists = phone.locator(".gap select")
    drag(phone, piece(phone, "senyum"), lists.nth(0))
    assert saved(phone, db) == {"gaps": [0, None]}
    piece(phone, "senyum").tap()
    lists.nth(1).tap(force=True)
    expect(phone.locator("#seen")).to_have_value("2")
    assert saved(phone, db) == {"gaps": [None, 0]}
    lists.nth(0).select_option(label="keperluan")  # as keyboards do it
    expect(phone.locator("#seen")).to_have_value("3")
    assert saved(phone, db) == {"gaps": [1, 0]}
    assert_accessible(phone)
    assert_fits(phone)


def test_items_are_put_into_order_and_into_groups_also_on_a_page_that_came_without_loading(
    phone: Page, db: SQLAlchemy
) -> None:
    phone.locator(".pair button").last.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Soal 2")
    words = [each.split("\n")[-1] for each in phone.locator(".assign > span:not(.grip)").all_inner_texts()]
    drag(phone, item(phone, words[0]), phone.locator(".assign", has_text=words[2]))
    expect(phone.locator("#seen")).to_have_value("1")
    assert phone.locator(".assign > span:not(.grip)").all_inner_texts() == [words[1], words[2], words[0]]
    assert phone.locator(".assign select").evaluate_all("all => all.map(each => each.value)") == ["1", "2", "3"]
    item(phone, words[0]).tap()
    item(phone, words[1]).tap()
    expect(phone.locator("#seen")).to_have_value("2")
    phone.reload()
    assert phone.locator(".assign > span:not(.grip)").all_inner_texts() == [words[0], words[1], words[2]]
    assert_accessible(phone)
    at(phone, GROUPS)
    item(phone, "Novel").tap()
    piece(phone, "Umum").tap()
    expect(phone.locator("#seen")).to_have_value("1")
    drag(phone, piece(phone, "Rujukan"), item(phone, "Kamus"))
    expect(phone.locator("#seen")).to_have_value("2")
    assert saved(phone, db) == {"choices": [0, 1]}
    assert_accessible(phone)
    assert_fits(phone)


def test_a_figure_is_pointed_at_by_finger_and_the_point_moved_by_arrows(phone: Page, db: SQLAlchemy) -> None:
    at(phone, POINT)
    box = phone.locator(".figure img").bounding_box()
    assert box
    phone.touchscreen.tap(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.25)
    expect(phone.locator("#seen")).to_have_value("1")
    x, y = saved(phone, db)["point"]  # type: ignore[index]
    assert (x, y) == (pytest.approx(20, abs=0.5), pytest.approx(25, abs=0.5))
    expect(phone.locator("[name=row]")).to_have_value("B")
    expect(phone.locator("[name=column]")).to_have_value("2")
    phone.locator(".figure").focus()
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Tab")
    expect(phone.locator("#seen")).to_have_value("2")
    assert saved(phone, db)["point"] == [pytest.approx(x + 1), y]  # type: ignore[index]
    phone.reload()
    expect(phone.locator(".figure .point")).to_have_attribute("cx", f"{x + 1:.1f}%")
    phone.locator("[name=row]").select_option("F")
    expect(phone.locator("#seen")).to_have_value("3")
    assert saved(phone, db)["point"] == [18.75, 91.6667]  # type: ignore[index]
    assert_accessible(phone)
    at(phone, AREAS)
    phone.locator(".figure .area").nth(1).tap()
    expect(phone.locator("input[name=choice]").nth(1)).to_be_checked()
    expect(phone.locator("#seen")).to_have_value("1")
    assert saved(phone, db)["areas"] == [1]  # type: ignore[index]
    assert_accessible(phone)
