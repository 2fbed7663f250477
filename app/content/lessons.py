"""Lessons: rendered once per revision, in each language."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from app.content.course import GlossaryTerm, Lesson, LessonTerm, Media
from app.content.faults import Notes
from app.content.lint import LESSON_WORDS
from app.content.nodes import MapNode, Node, child
from app.content.problems import read_as
from app.content.rendering import Pictures, note_problems
from app.content.renderings import NOWHERE, Renderings, rendered
from app.content.schema import LessonEntry
from app.errors import N_
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES, LocalText
from app.texts.markdown import LessonContext, MediaInfo, RenderedLesson, Term

_PICTURE: Final = re.compile(r'<img [^>]*src="([^"]+)"')


@dataclass(frozen=True)
class Library:
    """What lessons point at: pictures by the path they write, and the glossary's terms that are linked, by language."""

    media: Mapping[str, MediaInfo]
    terms: Mapping[str, tuple[Term, ...]]
    faulty: frozenset[str] = frozenset()  # pictures that are there but cannot be shown
    weights: Mapping[str, int] = field(default_factory=dict)  # of pictures, by their address: bytes
    renderings: Renderings = NOWHERE

    @classmethod
    def of(
        cls,
        media: Mapping[str, Media],
        files: Iterable[str],
        glossary: Sequence[GlossaryTerm],
        renderings: Renderings = NOWHERE,
    ) -> Library:
        """The library of a course whose files have these paths."""
        pictures = {path: MediaInfo(each.url, each.width, each.height) for path, each in media.items()}
        linked = [each for each in glossary if each.linked]
        terms: dict[str, tuple[Term, ...]] = {
            language: tuple(
                Term(each.id, each.forms[language], each.label.in_(language), each.definition.in_(language))
                for each in linked
            )
            for language in LANGUAGES
        }
        weights = {each.url: each.size for each in media.values()}
        return cls(pictures, terms, frozenset(files) - frozenset(media), weights, renderings)


def read_lesson(node: MapNode, library: Library, notes: Notes) -> Lesson | None:
    """A lesson among a module's activities; None where it cannot be read. Each fault of its Markdown has its line."""
    entry = read_as(LessonEntry, node, notes)
    if entry is None:
        return None
    pages = read_body(node, entry.body, entry.lesson, library, notes)
    return Lesson(
        id=entry.lesson,
        title=entry.title,
        minutes=entry.minutes,
        html={language: page.html for language, page in pages.items()},
        terms={language: _terms(page) for language, page in pages.items()},
        kilobytes={language: _kilobytes(page.html, library.weights) for language, page in pages.items()},
        words={language: page.words for language, page in pages.items()},
        hidden=entry.hidden,
    )


def read_body(node: MapNode, text: LocalText, prefix: str, library: Library, notes: Notes) -> dict[str, RenderedLesson]:
    """What stands under `body`, read as `text`, rendered for each language; `prefix` begins the ids in it."""
    body = child(node, "body")
    pages: dict[str, RenderedLesson] = {}
    for language, each in text.items():
        written = child(body, language) if isinstance(body, MapNode) else body
        if language != DEFAULT_LANGUAGE and not isinstance(body, MapNode):
            continue  # one text for all languages: its faults are told once
        pages[language] = _render(each, language, prefix, library)
        _note(pages[language], node if written is None else written, library, notes)
    for language in LANGUAGES:
        pages.setdefault(language, pages[DEFAULT_LANGUAGE])
    return pages


def _render(text: str, language: str, prefix: str, library: Library) -> RenderedLesson:
    context = LessonContext(language=language, media=library.media, terms=library.terms[language], prefix=prefix)
    return rendered(text, context, library.renderings)


def _note(page: RenderedLesson, node: Node, library: Library, notes: Notes) -> None:
    note_problems(page.problems, node, Pictures(library.media, library.faulty), notes)
    if page.words > LESSON_WORDS:
        message = N_(
            "Materi ini panjang: %(words)s kata. Paling enak dibaca di bawah %(limit)s kata.",
            words=page.words,
            limit=LESSON_WORDS,
        )
        notes.add(node.span.start, message, warning=True)


def _terms(page: RenderedLesson) -> tuple[LessonTerm, ...]:
    return tuple(LessonTerm(each.id, each.label, each.definition) for each in page.terms)


def _kilobytes(html: str, weights: Mapping[str, int]) -> int:
    pictures = sum(weights.get(address, 0) for address in set(_PICTURE.findall(html)))
    return max(1, ceil((len(gzip.compress(html.encode(), compresslevel=6, mtime=0)) + pictures) / 1000))
