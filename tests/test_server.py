"""The real server answers a real browser, on both databases."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.ground.browser import assert_accessible, assert_fits
from tests.ground.html import valid_html
from tests.ground.server import Server


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_stranger_is_shown_where_to_sign_in(server: Server, page: Page, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(server.url)
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("input[type=password]").is_visible()
    valid_html(page.request.get(page.url).text())
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("document.head.append(Object.assign(document.createElement('img'), {src: '/tidak-ada.png'}))", "404"),
        (
            "document.head.append(Object.assign(document.createElement('script'), {text: 'x'}))",
            "Content Security Policy",
        ),
        ("setTimeout(() => { throw new Error('rusak') })", "rusak"),
        ("console.error('keluhan')", "keluhan"),
    ],
)
def test_what_is_wrong_with_a_page_is_noticed(
    server: Server, page: Page, page_errors: list[str], script: str, complaint: str
) -> None:
    page.goto(server.url)
    assert page_errors == []
    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_load_state("networkidle")
    assert any(complaint in each for each in page_errors), page_errors
    page_errors.clear()


ROWS = "<tr><td><button>Buka</button></td></tr>" * 2
TABLE = (
    '<!doctype html><html lang="id"><head><title>Rak</title></head><body><main><h1>Rak</h1>'
    "<table><thead><tr><th>Nama</th></tr></thead><tbody>{}</tbody></table></main></body></html>"
)


@pytest.mark.browser
def test_of_rows_that_are_alike_one_is_looked_at_and_every_other_row(page: Page) -> None:
    page.set_content(TABLE.format(ROWS))
    assert_accessible(page)
    odd = {
        "<button></button>": "button-name",
        '<button role="tab">Buka</button>': "aria-required-parent",
        "<img src=''>": "image-alt",
    }
    for part, rule in odd.items():
        page.set_content(TABLE.format(f"{ROWS}<tr><td>{part}</td></tr>{ROWS}"))
        with pytest.raises(AssertionError, match=rule):
            assert_accessible(page)


@pytest.mark.postgres_journey
def test_the_server_answers_on_postgresql(postgres_server: Server, page: Page) -> None:
    assert postgres_server.settings["RAK_DATABASE_URL"].startswith("postgresql")
    page.goto(postgres_server.url)
    assert page.locator("input[type=password]").is_visible()
