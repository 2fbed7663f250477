"""A lesson rendered before is found again, and only where nothing it depends on has changed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.content.renderings import as_json, from_json, key_of, rendered
from app.texts.glossary import Term
from app.texts.markdown import LessonContext, MediaInfo, RenderedLesson, render_lesson

TERM = Term("nomor-panggil", ("nomor panggil", "call number"), "nomor panggil", "Alamat buku di rak.")
CONTEXT = LessonContext(media={"media/label.svg": MediaInfo("/media/abc.svg", 10, 20)}, terms=(TERM,), prefix="teks")
TEXT = "Lihat *nomor panggil*.\n\n![Label](media/label.svg)\n\n[ke luar](http://contoh.id)"


class Shelf:
    """Remembers pages, and says how many were found."""

    def __init__(self) -> None:
        self.pages: dict[str, RenderedLesson] = {}
        self.found = 0

    def find(self, key: str) -> RenderedLesson | None:
        self.found += key in self.pages
        return self.pages.get(key)

    def keep(self, key: str, page: RenderedLesson) -> None:
        self.pages[key] = page


def test_a_lesson_is_rendered_once() -> None:
    shelf = Shelf()
    first = rendered(TEXT, CONTEXT, shelf)
    assert rendered(TEXT, CONTEXT, shelf) == first == render_lesson(TEXT, CONTEXT)
    assert shelf.found == 1


def test_a_page_comes_back_from_json_as_it_went() -> None:
    page = render_lesson(TEXT, CONTEXT)
    assert page.terms and page.problems
    assert from_json(json.loads(json.dumps(as_json(page)))) == page


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTEXT, language="en"),
        replace(CONTEXT, prefix="lain"),
        replace(CONTEXT, terms=()),
        replace(CONTEXT, media={"media/label.svg": MediaInfo("/media/abd.svg", 10, 20)}),
    ],
)
def test_another_surrounding_is_another_page(other: LessonContext) -> None:
    assert key_of(TEXT, other) != key_of(TEXT, CONTEXT)
    assert key_of(TEXT + " ", CONTEXT) != key_of(TEXT, CONTEXT)


def test_another_renderer_is_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(TEXT, CONTEXT)
    monkeypatch.setattr("app.content.renderings.renderer", lambda: "the next release")
    assert key_of(TEXT, CONTEXT) != before
