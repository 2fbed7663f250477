"""Which questions of an attempt are not any more what they were, told from compiled courses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from app.content.activities import Quiz
from app.content.course import Course
from app.questions.base import Question

_UNSEEN: Final[dict[str, Any]] = {"competency": None, "difficulty": "medium", "tags": ()}  # what no learner reads


@dataclass(frozen=True, slots=True)
class Renewed:
    """A question that changed since it was answered. `now` None: its quiz does not ask it any more.

    `place` counts the questions of the attempt from 1.
    """

    place: int
    was: Question
    now: Question | None


def renewed(was: Course, now: Course, quiz_id: str, asked: Iterable[str]) -> tuple[Renewed, ...]:
    """What changed in the questions at these addresses between two versions of a course, in the order given.

    A change of what only authors see (competency, difficulty, tags) is none.
    """
    quiz = now.activity(quiz_id)
    addresses = frozenset(quiz.addresses) if isinstance(quiz, Quiz) else frozenset()
    found = (
        Renewed(place, was.questions[address], now.questions.get(address) if address in addresses else None)
        for place, address in enumerate(asked, start=1)
    )
    return tuple(each for each in found if each.now is None or not _alike(each.was, each.now))


def _alike(was: Question, now: Question) -> bool:
    return was is now or was.model_copy(update=_UNSEEN) == now.model_copy(update=_UNSEEN)
