"""Lessons: rendered once per revision, in each language."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from app.content.activities import Lesson, LessonTerm
from app.content.course import GlossaryTerm, Media
from app.content.faults import Notes
from app.content.lint import LESSON_WORDS
from app.content.nodes import MapNode, Node, child
from app.content.problems import read_as
from app.content.rendering import NO_PICTURES, Pictures, hurting_problems, note_problems
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
        terms={language: terms_of(page) for language, page in pages.items()},
        kilobytes={language: kilobytes_of(page.html, library.weights) for language, page in pages.items()},
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
        pages[language] = render_body(each, language, prefix, library)
        place = node if written is None else written
        note_body(pages[language], place, library, notes)
        note_problems(hurting_problems(each), place, NO_PICTURES, notes)
    for language in LANGUAGES:
        pages.setdefault(language, pages[DEFAULT_LANGUAGE])
    return pages


def render_body(text: str, language: str, prefix: str, library: Library) -> RenderedLesson:
    """A body in one language; `prefix` begins the ids in it."""
    context = LessonContext(language=language, media=library.media, terms=library.terms[language], prefix=prefix)
    return rendered(text, context, library.renderings)


def note_body(page: RenderedLesson, node: Node, library: Library, notes: Notes) -> None:
    """Note what is wrong with a body at its line of the text `node`, and advice on its length."""
    note_problems(page.problems, node, Pictures(library.media, library.faulty), notes)
    if page.words > LESSON_WORDS:
        message = N_(
            "Materi ini panjang: %(words)s kata. Paling enak dibaca di bawah %(limit)s kata.",
            words=page.words,
            limit=LESSON_WORDS,
        )
        notes.add(node.span.start, message, warning=True)


def terms_of(page: RenderedLesson) -> tuple[LessonTerm, ...]:
    """The glossary's terms that a body links to."""
    return tuple(LessonTerm(each.id, each.label, each.definition) for each in page.terms)


def kilobytes_of(html: str, weights: Mapping[str, int]) -> int:
    """What a body costs to open: its text as it travels and its pictures, rounded up."""
    text = len(gzip.compress(html.encode(), compresslevel=6, mtime=0))
    return max(1, ceil((text + picture_bytes(html, weights)) / 1000))


def picture_bytes(html: str, weights: Mapping[str, int]) -> int:
    """What the pictures of a body weigh together, each once."""
    return sum(weights.get(address, 0) for address in set(_PICTURE.findall(html)))
