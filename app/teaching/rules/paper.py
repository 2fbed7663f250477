"""A quiz on paper: one drawing of its questions, and forms of it that hold the same ones in other orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.content.activities import Quiz
from app.content.course import Course
from app.questions.base import NOT_MARKED, Question
from app.quizzes.rules.layout import layout

FORMS: Final = ("A", "B", "C")
SEEDS: Final = range(100_000, 1_000_000)  # what a sheet's number may be: six digits to copy by hand


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a sheet. `number` None: a text to read. `points` None: it is never marked."""

    number: int | None
    question: Question[Any]
    order: tuple[int, ...]
    points: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed test. The same seed and form give the same sheet for as long as the quiz stays as it is."""

    seed: int
    form: str
    items: tuple[Item, ...]

    @property
    def questions(self) -> list[Item]:
        """What is asked, texts to read left out."""
        return [item for item in self.items if item.number is not None]

    @property
    def points(self) -> float:
        """What all full answers together are worth."""
        return sum(item.points or 0.0 for item in self.items)

    @property
    def even(self) -> bool:
        """Whether all questions that are marked are worth the same."""
        return len({item.points for item in self.items} - {None}) == 1


def sheet(course: Course, quiz: Quiz, seed: int, form: str) -> Sheet:
    """The sheet of one of FORMS. All forms of a seed hold the same questions, so that they are equally hard."""
    first = seed * len(FORMS)
    drawn = {place.question for place in layout(course, quiz, first)}
    left_out = {address: 1 for address in quiz.addresses if address not in drawn}  # as if used before: drawn last
    places = layout(course, quiz, first + FORMS.index(form), left_out)
    return Sheet(seed, form, _numbered([(course.questions[each.question], each.order, each.points) for each in places]))


def _numbered(places: Sequence[tuple[Question[Any], tuple[int, ...], float]]) -> tuple[Item, ...]:
    items: list[Item] = []
    number = 0
    for question, order, points in places:
        number += question.asks
        worth = None if question.unanswered is NOT_MARKED else points
        items.append(Item(number if question.asks else None, question, order, worth))
    return tuple(items)
