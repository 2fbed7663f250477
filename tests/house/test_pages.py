"""What every page keeps: whom it lets in, good HTML in both languages, few statements, little weight."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.people.permissions import TABLE, Action, Role
from app.web.frame import show_page
from tests.ground.database import ONE_DATABASE
from tests.ground.html import valid_html
from tests.ground.statements import statements
from tests.house.tour import COURSE, LESSON, places, send, visitor
from tests.house.walking import COMPRESSED, walked

FIRST_VISIT = 50_000  # bytes over the wire, styles and scripts included
LATER_LESSON = 15_000
PAGE = 30_000  # any other page, lists of 100 people included
REQUESTS = 6


def test_each_role_meets_what_the_table_says(app: Flask) -> None:
    wrong = [
        f"{met.role} at {met.page.path}: {met.status}, not {met.promised}"
        for met in walked(app)
        if met.status != met.promised
    ]
    assert not wrong, "\n".join(wrong)


@ONE_DATABASE
def test_every_page_is_valid_in_both_languages(app: Flask) -> None:
    for met in walked(app):
        for language, html in met.html.items():
            try:
                valid_html(html)
            except AssertionError as fault:
                raise AssertionError(f"{met.path} ({language}):\n{fault}") from None


def test_in_english_the_menu_is_english_and_numbers_of_questions_have_their_plural(app: Flask) -> None:
    with_plural = {"/": "learner", f"/courses/{COURSE}": "learner", "/people": "staff"}
    pages = {}
    for path, role in with_plural.items():
        client = visitor(app, role)
        send(client, "/language", language="en", back="/")
        pages[path] = client.get(path).get_data(as_text=True)
    assert re.search(r"\d questions", pages[f"/courses/{COURSE}"])
    assert "103 people" in pages["/people"]
    menu = pages["/people"].partition("<main")[0]
    for entry in ("My shelf", "My competencies", "Participants&#39; competencies", ">Participants<"):
        assert entry in menu
    assert all(not re.search(r"\b(?:[02-9]|\d\d+) (?:question|person)\b", page) for page in pages.values())


def test_every_page_that_says_who_sees_ones_scores_says_the_same_and_the_truth(app: Flask) -> None:
    assert TABLE[Action.SEE_COMPETENCIES] == {Role.STAFF, Role.ADMIN}, "say it on these pages too"
    assert TABLE[Action.SEE_ATTEMPTS] == {Role.TRAINER, Role.ADMIN}, "say it on these pages too"
    client = visitor(app, "learner")
    for path in ("/about", "/account", "/competencies"):
        page = client.get(path).get_data(as_text=True)
        assert re.search("Anda(?: sendiri)? dan petugas dinas", page), path
        assert ("pengajar kursusnya" in page) is (path != "/competencies"), "they see answers and marks, not scores"


def test_refusals_are_valid_pages_too(app: Flask) -> None:
    client = visitor(app, "learner")
    for path, status in (("/nowhere", 404), ("/people", 403), (f"/courses/{COURSE}/completion", 409)):
        answer = client.get(path)
        assert answer.status_code == status
        valid_html(answer.get_data(as_text=True))
    refused = client.post("/language")
    assert refused.status_code == 400
    valid_html(refused.get_data(as_text=True))
    too_large = client.post("/language", data={"back": "x" * 1_100_000})
    assert too_large.status_code == 413
    valid_html(too_large.get_data(as_text=True))
    stranger = visitor(app, "stranger").get("/")
    assert stranger.status_code == 401
    valid_html(stranger.get_data(as_text=True))


def test_what_broke_is_told_without_its_insides(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken() -> str:
        raise ZeroDivisionError("geheim")

    app.view_functions["web.help_page"] = broken
    answer = app.test_client().get("/help")
    assert answer.status_code == 500
    assert "geheim" not in answer.get_data(as_text=True)
    valid_html(answer.get_data(as_text=True))


def test_no_page_asks_the_database_more_than_it_says(app: Flask) -> None:
    too_many = [
        f"{met.path}: {len(met.asked)} statements, not {met.page.statements}:\n  " + "\n  ".join(met.asked)
        for met in walked(app)
        if len(met.asked) > met.page.statements
    ]
    assert not too_many, "\n".join(too_many)


class _Controls(HTMLParser):
    """The fields one answers with, each with a value that it offers, or 3 where one writes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "select":
            self.list = name
        elif tag == "option" and given.get("value"):
            self.found.setdefault(self.list, given["value"])
        elif tag == "textarea" or (tag == "input" and given.get("type") not in ("hidden", "submit")):
            self.found.setdefault(name, given.get("value") or "3")


def some_answer(html: str) -> dict[str, str]:
    """Any answer to the question of a page, of whichever kind was drawn."""
    controls = _Controls()
    controls.feed(html.partition("<main")[2].partition("</main>")[0])
    return {name: value for name, value in controls.found.items() if name not in ("flag", "")}


def test_saving_an_answer_takes_four_statements(app: Flask) -> None:
    found = places(app)
    client = visitor(app, "learner")
    html = client.get("/attempts/{open}?slot=1".format(**found)).get_data(as_text=True)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html.partition("<main")[2]))
    answer = {**fields, **some_answer(html), "go": "next"}
    app.extensions["catalogue"].forget_heads()
    with statements(app) as sent:
        saved = client.post("/attempts/{open}/answers/1".format(**found), data=answer)
    assert saved.status_code == 303
    assert any(statement.startswith("INSERT INTO answer") for statement in sent)
    assert len(sent) <= 4, "\n".join(sent)


def weight(client: FlaskClient, path: str) -> int:
    """Bytes of the answer's body as they travel."""
    with client.get(path, headers=COMPRESSED) as answer:
        return len(answer.data)


@ONE_DATABASE
def test_every_page_is_light(app: Flask) -> None:
    assert any(met.weight for met in walked(app))
    heavy = {
        met.path: met.weight
        for met in walked(app)
        if met.weight > (LATER_LESSON if met.page.endpoint == "learn.activity" else PAGE)
    }
    assert heavy == {}


def test_a_first_visit_costs_at_most_50_kb_in_six_requests(app: Flask) -> None:
    places(app)
    for path, role in (("/sign-in", "stranger"), (f"/courses/{COURSE}/{LESSON}", "learner"), ("/", "learner")):
        client = visitor(app, role)
        html = client.get(path).get_data(as_text=True)
        parts = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
        assert len(parts) + 1 <= REQUESTS
        assert weight(client, path) + sum(weight(client, part) for part in parts) <= FIRST_VISIT


def test_styles_and_scripts_are_kept_by_the_browser_and_change_their_address_with_their_content(app: Flask) -> None:
    html = app.test_client().get("/help").get_data(as_text=True)
    address = re.search(r'href="(/static/rak\.css\?[0-9a-f]{10})"', html)
    assert address
    with app.test_client().get(address[1]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_hot_pages_say_the_same_filled_from_a_skeleton_and_rendered_the_plain_way(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = places(app)
    paths = ["/", f"/courses/{COURSE}/{LESSON}", "/attempts/{open}?slot=1".format(**found)]
    filled = {path: [text_of(visitor(app, "learner"), path) for _ in range(2)] for path in paths}

    def plain(template: str, key: object, shared: Callable[[], dict[str, Any]], personal: dict[str, Any]) -> str:
        return show_page(template, **shared(), **personal)

    for module in ("app.learn.views.shelf", "app.learn.quiz_pages"):
        monkeypatch.setattr(f"{module}.fill_page", plain)
    for path in paths:
        rendered = text_of(visitor(app, "learner"), path)
        assert filled[path] == [rendered, rendered]


def text_of(client: FlaskClient, path: str) -> str:
    """The page, without the name that each rendering of a question gets."""
    return re.sub(r'(name="page"[^>]* value=")[^"]*', r"\1", client.get(path).get_data(as_text=True))
