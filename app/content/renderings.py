"""Lessons that were rendered before: the same text in the same surroundings gives the same page, for one renderer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Protocol

import app.texts
from app.texts.markdown import LessonContext, Problem, RenderedLesson, Term, render_lesson

LIBRARIES: Final = ("bleach", "markdown-it-py", "mdit-py-plugins")


class Renderings(Protocol):
    """Where rendered lessons are looked for and kept."""

    def find(self, key: str) -> RenderedLesson | None:
        """The page kept under a key; None where there is none."""

    def keep(self, key: str, page: RenderedLesson) -> None:
        """Keep a page."""


class Nowhere:
    """For those who look at files once."""

    def find(self, key: str) -> RenderedLesson | None:
        """None."""
        return None

    def keep(self, key: str, page: RenderedLesson) -> None:
        """Keeps nothing."""


NOWHERE: Final[Renderings] = Nowhere()


def rendered(text: str, context: LessonContext, kept: Renderings) -> RenderedLesson:
    """The lesson as it was rendered before, else rendered now and kept."""
    key = key_of(text, context)
    page = kept.find(key)
    if page is None:
        page = render_lesson(text, context)
        kept.keep(key, page)
    return page


def key_of(text: str, context: LessonContext) -> str:
    """SHA-256 (hex) of everything a page depends on, this release's renderer included."""
    parts = [renderer(), text, context.language, context.prefix, sorted(context.media.items()), list(context.terms)]
    return sha256(json.dumps(parts).encode()).hexdigest()


@cache
def renderer() -> str:
    """What tells this release's renderer from others: its own source and the versions of its libraries."""
    sources = sorted(Path(app.texts.__file__).parent.glob("*.py"))
    told = [version(each) for each in LIBRARIES]
    return sha256(b"\0".join([*(each.read_bytes() for each in sources), *map(str.encode, told)])).hexdigest()


def as_json(page: RenderedLesson) -> list[Any]:
    """A page to be stored."""
    return [page.html, [list(each) for each in page.terms], page.words, [list(each) for each in page.problems]]


def from_json(stored: Sequence[Any]) -> RenderedLesson:
    """A page that was stored by `as_json`."""
    html, terms, words, problems = stored
    linked = tuple(Term(id_, tuple(forms), label, definition) for id_, forms, label, definition in terms)
    return RenderedLesson(html, linked, words, tuple(Problem(*each) for each in problems))
