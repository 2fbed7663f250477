"""A body as an editor has it, not yet in any file: how it will look, and what its author should know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from app.content.activities import LessonTerm
from app.content.faults import Findings
from app.content.lessons import Library, kilobytes_of, note_body, picture_bytes, render_body, terms_of
from app.content.nodes import Place, Span, TextNode
from app.content.rendering import sentence_of
from app.errors import N_, Message
from app.texts.hurting import hurting
from app.texts.markdown import RenderedLesson

WORDS_A_MINUTE: Final = 180  # of a lesson, by a person who reads to learn
PICTURE_BUDGET: Final = 300_000  # bytes that the pictures of one lesson should not exceed

_ABOVE: Final = Span(Place(0, 1, 0), Place(0, 1, 0))  # so that the text's first line is line 1


class Told(NamedTuple):
    """Something to know of one line (from 1) of a text."""

    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class BodyLook:
    """A body in one language. `removed`: what is not shown as it was written because it could hurt, and why.

    `faults` keep the course from being published, `advice` does not. `pictures` in bytes.
    """

    html: str
    terms: tuple[LessonTerm, ...]
    words: int
    kilobytes: int
    pictures: int
    removed: tuple[Told, ...]
    faults: tuple[Told, ...]
    advice: tuple[Told, ...]

    @property
    def minutes(self) -> int:
        """About how long it takes to read."""
        return max(1, ceil(self.words / WORDS_A_MINUTE))

    @property
    def picture_kilobytes(self) -> int:
        """What its pictures weigh, rounded up."""
        return ceil(self.pictures / 1000)


def look_at(text: str, language: str, prefix: str, library: Library) -> BodyLook:
    """A body as learners will see it; `prefix` begins the ids in it."""
    page = render_body(text, language, prefix, library)
    removed = hurting(text)
    told = {problem.detail for problem in removed}
    others = tuple(each for each in page.problems if each.detail not in told or each.kind == "alt_missing")
    faults, advice = _told(text, RenderedLesson(page.html, page.terms, page.words, others), library)
    pictures = picture_bytes(page.html, library.weights)
    return BodyLook(
        html=page.html,
        terms=terms_of(page),
        words=page.words,
        kilobytes=kilobytes_of(page.html, library.weights),
        pictures=pictures,
        removed=tuple(Told(each.line, sentence_of(each)) for each in removed),
        faults=faults,
        advice=(*advice, *_over_budget(pictures)),
    )


def _told(text: str, page: RenderedLesson, library: Library) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    findings = Findings()
    note_body(page, TextNode.made(text, _ABOVE, "|"), library, findings.of("body"))
    faults = (Told(max(1, each.line), each.message) for each in findings.errors)
    return tuple(faults), tuple(Told(max(1, each.line), each.message) for each in findings.warnings)


def _over_budget(pictures: int) -> Iterator[Told]:
    if pictures > PICTURE_BUDGET:
        message = N_(
            "Gambar di materi ini %(size)s KB, lebih dari %(limit)s KB. Di desa data seluler mahal: kecilkan atau "
            "kurangi.",
            size=ceil(pictures / 1000),
            limit=PICTURE_BUDGET // 1000,
        )
        yield Told(1, message)
