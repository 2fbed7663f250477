"""Skeletons: pages rendered once and then only filled."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from app.web.frame import Blank, Skeleton

TEMPLATE = Environment(autoescape=True).from_string('<p title="{{ name }}">{{ name }}, {{ words }}</p>{{ part }}')


@given(name=st.text(), words=st.text(), part=st.text())
def test_a_filled_skeleton_is_the_page_rendered_the_plain_way(name: str, words: str, part: str) -> None:
    values = {"name": name, "words": words, "part": Markup("<b>{}</b>").format(part)}
    skeleton = Skeleton(TEMPLATE.render({key: Blank(key) for key in values}))
    assert skeleton.fill(values) == TEMPLATE.render(values)


def test_a_skeleton_cannot_decide_by_a_personal_value() -> None:
    with pytest.raises(TypeError, match="put it into the key"):
        Environment(autoescape=True).from_string("{% if name %}x{% endif %}").render(name=Blank("name"))


def test_a_personal_value_cannot_be_changed_by_a_filter() -> None:
    with pytest.raises(TypeError, match="without filters"):
        Environment(autoescape=True).from_string("{{ name|upper }}").render(name=Blank("name"))


def test_a_missing_value_shows_at_once() -> None:
    skeleton = Skeleton(TEMPLATE.render({key: Blank(key) for key in ("name", "words", "part")}))
    with pytest.raises(KeyError):
        skeleton.fill({"name": "Siti"})


def test_every_answer_says_what_a_page_may_load_and_that_it_is_not_to_be_kept(app: Flask) -> None:
    answer = app.test_client().get("/help")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
