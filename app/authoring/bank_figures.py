"""What answers tell of the questions of a bank: of a course's by its own quizzes, of a shared one's by those of every
course whose answers this person may see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any, Final

from app.catalogue.queries import published
from app.catalogue.rules import SHARED
from app.content.course import Course
from app.marking.queries.item_figures import figures_of, stamps_of
from app.marking.rules.item_quality import ItemFigure, best_figures, hardness, power
from app.marking.rules.item_words import HARDNESS_WORDS, POWER_WORDS
from app.people.permissions import Action
from app.psychometrics.intervals import INDICATIVE
from app.web.guard import reach
from app.web.kept import kept
from app.web.languages import language, tell

FIGURES: Final = 200  # quizzes whose figures are in memory


def bank_figures(slug: str, addresses: Collection[str]) -> Mapping[str, ItemFigure]:
    """By its address, what answers tell of each question of a course, or of all that courses share. Worked out anew
    only for a quiz whose marks have changed.
    """
    stamps = stamps_of([slug]) if slug != SHARED else _borrowing(addresses)
    return best_figures(
        kept("item figures", FIGURES, (*place, stamp), partial(figures_of, *place))
        for place, stamp in sorted(stamps.items())
    )


def figure_words(figure: ItemFigure | None, slug: str) -> dict[str, Any] | None:
    """The figure as the list of a bank tells it, with the course it comes from where that is another; None: there is
    none.
    """
    if figure is None:
        return None
    told, found = figure.discrimination, published().get(figure.course_slug)
    return {
        "course_slug": figure.course_slug,
        "course": found.course.title.in_(language()) if found and figure.course_slug != slug else "",
        "quiz_id": figure.quiz_id,
        "n": figure.n,
        "indicative": figure.n < INDICATIVE,
        "percent": 100 * figure.facility,
        "partly": figure.partly,
        "hardness": tell(HARDNESS_WORDS[hardness(figure.facility)]),
        "discrimination": told,
        "power": "" if told is None else tell(POWER_WORDS[power(told)]),
    }


def _borrowing(addresses: Collection[str]) -> Mapping[tuple[str, str], Any]:
    """The stamps of the quizzes that ask any of these shared questions, of the courses whose answers may be seen here:
    what learners of another trainer's course answered is no business of this one.
    """
    wanted = {(course.slug, each) for course in _seen() for each in _asking(course, frozenset(addresses))}
    stamps = stamps_of(sorted({slug for slug, _ in wanted})) if wanted else {}
    return {place: stamp for place, stamp in stamps.items() if place in wanted}


def _seen() -> Iterator[Course]:
    within = reach(Action.SEE_ATTEMPTS)
    for slug, found in published().items():
        if within is not None and (within.everything or slug in within.courses):
            yield found.course


def _asking(course: Course, addresses: frozenset[str]) -> Iterator[str]:
    return (each.id for each in course.quizzes if not addresses.isdisjoint(each.addresses))
