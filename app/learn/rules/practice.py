"""What a learner does next for the competency that needs it most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.competencies.rules import Score, State
from app.content.activities import FixedSlot, Lesson, Quiz
from app.content.course import Course
from app.repetition.rules.drawing import is_practice

LESSONS: Final = 3  # that are named at most
# A competency in need comes before one that is not certain, and that before one of which little is known.
_ORDER: Final[Mapping[State, int]] = {State.NEEDS_SUPPORT: 0, State.UNCERTAIN: 1, State.TOO_FEW: 2}
_UNKNOWN: Final = 3  # without any answer


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice quiz with questions of one competency, and lessons that stand beside it.

    `fresh` of them were never answered: these alone can change the estimate.
    """

    competency: str
    course: Course
    quiz: Quiz
    fresh: int
    lessons: tuple[Lesson, ...]


def next_practice(
    scores: Sequence[tuple[str, Score | None]],
    courses: Iterable[Course],
    *,
    met: Collection[str],
    read: Collection[tuple[str, str]],
) -> Practice | None:
    """The practice for the weakest competency for which these courses have one; None: there is nothing to advise.

    `scores` in the framework's order. `met`: questions answered before; `read`: lessons by course and id.
    """
    quizzes = [(course, quiz) for course in courses for quiz in _practices(course)]
    needy = [each for each in scores if each[1] is None or each[1].state is not State.MASTERED]
    for competency, _ in sorted(needy, key=lambda each: _need(each[1])):
        asking = [(course, quiz, asked) for course, quiz in quizzes if (asked := _asked(course, quiz, competency))]
        if asking:
            course, quiz, asked = max(asking, key=lambda each: (len(each[2] - set(met)), len(each[2])))
            return Practice(competency, course, quiz, len(asked - set(met)), _lessons(course, quiz, read))
    return None


def _need(score: Score | None) -> tuple[int, float]:
    """The weakest first; among those of which too little is known, the one with most answers."""
    if score is None:
        return _UNKNOWN, 0
    return _ORDER[score.state], -score.questions if score.state is State.TOO_FEW else score.score


def _practices(course: Course) -> list[Quiz]:
    """Quizzes that may be done as often as one likes and show what was right; no test before or after a course."""
    return [each for each in course.activities if isinstance(each, Quiz) and is_practice(each.settings)]


def _asked(course: Course, quiz: Quiz, competency: str) -> frozenset[str]:
    """The addresses of the questions of a competency that the quiz asks, or may draw."""
    addresses = (
        address
        for slot in quiz.slots
        for address in ((slot.address,) if isinstance(slot, FixedSlot) else slot.addresses)
    )
    return frozenset(each for each in addresses if course.questions[each].competency == competency)


def _lessons(course: Course, quiz: Quiz, read: Collection[tuple[str, str]]) -> tuple[Lesson, ...]:
    """Lessons of the quiz's module: those not read yet first."""
    module = course.module_of(quiz.id)
    lessons = [each for each in (module.shown.activities if module else ()) if isinstance(each, Lesson)]
    return tuple(sorted(lessons, key=lambda each: (course.slug, each.id) in read)[:LESSONS])
