"""Which tests are compared: those that say of themselves that they stand before or after, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.content.activities import Quiz, TestForm
from app.content.course import Course
from app.content.pairs import pairs_among
from app.texts.local import LocalText

Forms = Mapping[str, TestForm | None]  # a test's quizzes by id, each with its form


@dataclass(frozen=True, slots=True)
class Pair:
    """The tests of a course before and after; `name` None is the pair without a name. One side may be missing."""

    slug: str
    name: str | None
    course: LocalText
    before: Forms = field(default_factory=dict)
    after: Forms = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.before and self.after)

    @property
    def key(self) -> str:
        """What an address calls it."""
        return self.slug if self.name is None else f"{self.slug}/{self.name}"


def pairs_of(courses: Iterable[Course]) -> tuple[Pair, ...]:
    """Every pair of these courses, by course and name; also of tests that learners do not see any more."""
    found = [
        Pair(course.slug, pair.name, course.title, _forms(pair.before), _forms(pair.after))
        for course in courses
        for pair in pairs_among(each for module in course.written for each in module.activities)
    ]
    return tuple(sorted(found, key=lambda pair: (pair.slug, pair.name or "")))


def _forms(side: Iterable[Quiz]) -> Forms:
    return {each.id: each.settings.form for each in side}


def pair_called(pairs: Iterable[Pair], key: str) -> Pair | None:
    """The whole pair of this key; else the first whole one. None: there is none to compare."""
    whole = [pair for pair in pairs if pair.whole]
    return next((pair for pair in whole if pair.key == key), whole[0] if whole else None)
