"""Markup that could hurt a reader is told to its author, and examples in code are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.texts.hurting import hurting
from app.texts.markdown import LessonContext, render_lesson


@pytest.mark.parametrize(
    ("text", "kind", "detail", "line"),
    [
        ("Baca ini.\n\n<script>alert(1)</script>", "script", "script", 3),
        ("Satu\ndua <SCRIPT src=//x.id/a.js></SCRIPT>", "script", "script", 2),
        ('<img src="x" onerror="alert(1)">', "handler", "onerror", 1),
        ('<b onclick = "a()">tebal</b>', "handler", "onclick", 1),
        ('<iframe src="https://x.id"></iframe>', "frame", "iframe", 1),
        ("<form action=/x><input name=a></form>", "form", "form", 1),
        ("<style>p{display:none}</style>", "style", "style", 1),
        ('<span style="position:fixed">tutup</span>', "style", "span", 1),
        ("<a href='javascript:alert(1)'>x</a>", "running_link", "javascript:alert(1)", 1),
        ("Teks <b>tebal</b> dari Word", "html", "b", 1),
        ("Klik [di sini](javascript:alert(1))", "running_link", "javascript:alert(1", 1),
        ("Klik [di sini](data:text/html,halo)", "running_link", "data:text/html,halo", 1),
        ("![rak](https://situs.id/rak.jpg)", "remote_picture", "https://situs.id/rak.jpg", 1),
        ("Rak:\n![rak](//situs.id/rak.jpg)", "remote_picture", "//situs.id/rak.jpg", 2),
        ("- butir\n- <script>x</script>", "script", "script", 2),
    ],
)
def test_what_could_hurt_is_told_with_its_line(text: str, kind: str, detail: str, line: int) -> None:
    found = hurting(text)
    assert (kind, detail, line) in [(each.kind, each.detail, each.line) for each in found]
    page = render_lesson(text, LessonContext()).html
    assert f"<{detail}" not in page.lower() and "javascript:" not in page.partition("<a href=")[2].partition(">")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Tulis `<script>` untuk skrip.",
        "```\n<iframe src=x>\n```",
        "Harga 3 < 5 dan 7 > 2.",
        "Lihat <https://perpusnas.go.id>.",
        "[Perpusnas](https://perpusnas.go.id) ![rak](media/rak.webp)",
        "on the shelf = di rak",
    ],
)
def test_ordinary_texts_and_examples_in_code_are_left_alone(text: str) -> None:
    assert hurting(text) == ()


@given(st.text(st.sampled_from("<>/ab on=\"'script[](:)!\n`"), max_size=80))
def test_any_text_is_looked_through(text: str) -> None:
    for each in hurting(text):
        assert 1 <= each.line <= text.count("\n") + 1


def test_a_flood_of_tags_is_looked_through_in_time() -> None:
    assert hurting("<a " * 20_000) == ()
    assert len(hurting("<b>" * 900)) == 1
