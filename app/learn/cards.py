"""A course as a card on the shelf: drawn once for each state it can be in, whoever is in that state."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from app.catalogue.queries import Published
from app.content.activities import Quiz
from app.content.course import Course
from app.progress.rules import CourseProgress, Standing
from app.web.drawing import Spine, shelf_drawing
from app.web.kept import kept
from app.web.languages import language
from app.web.templating import render

KEPT: Final = 4000  # cards in memory per process


@dataclass(frozen=True, slots=True)
class Card:
    """One course of one person's shelf."""

    published: Published
    progress: CourseProgress
    hint: str  # "" | "start" (begin here) | "next" (comes next on the path)

    @property
    def slug(self) -> str:
        """The course's address."""
        return self.published.course.slug


def drawing(course: Course, progress: CourseProgress) -> Markup:
    """The course's shelf in a person's state."""
    return shelf_drawing(
        [
            Spine(each.id, isinstance(each, Quiz), standing is Standing.DONE, index == progress.here)
            for index, (each, standing) in enumerate(zip(course.activities, progress.standings, strict=True))
        ]
    )


def card_html(card: Card) -> Markup:
    """The card, from memory where anybody was in the same state before."""
    progress = card.progress
    best = None if progress.best is None else round(progress.best * 100)
    key: Hashable = (
        card.published.revision_id,
        language(),
        progress.standings,
        progress.here,
        progress.standing,
        progress.waiting,
        progress.again,
        best,
        card.hint,
    )
    course = card.published.course

    def made() -> Markup:
        return Markup(  # noqa: S704 (a rendered template)
            render(
                "learn/card.html", course=course, progress=progress, best=best, hint=card.hint,
                drawing=drawing(course, progress), language=language(),
            )
        )  # fmt: skip

    return kept("cards", KEPT, key, made)
