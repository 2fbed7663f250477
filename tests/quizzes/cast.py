"""Learners at work: right and wrong answers to the sample courses' questions, as a browser would send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Final

from app.catalogue.queries import Published, get_published
from app.content.activities import Quiz
from app.people.permissions import Scope
from app.questions.base import Question
from app.questions.multiple import Multiple
from app.questions.number import Number
from app.questions.short_text import ShortText
from app.questions.single import Single
from app.questions.true_false import TrueFalse
from app.quizzes.operations import Answered, Posted, answer_question, start_attempt
from app.quizzes.queries import Sheet, get_sheet, slots_of
from tests.quizzes.content import START

_PAGES: Final = count(1)

Fields = dict[str, list[str]]


def right_fields(question: Question, order: Sequence[int]) -> Fields:
    """What a browser sends for the full-mark answer."""
    match question:
        case Single() | Multiple():
            return {"choice": [str(order.index(key)) for key in sorted(question.keys)]}
        case TrueFalse():
            return {"choice": ["true" if question.answer else "false"]}
        case ShortText():
            return {"text": [question.right_answer_summary("id")]}
        case Number():
            return {"text": [question.right_answer_summary("id")], "language": ["id"]}
    raise AssertionError(question.type)


def wrong_fields(question: Question, order: Sequence[int]) -> Fields:
    """What a browser sends for an answer worth nothing."""
    match question:
        case Single() | Multiple():
            return {"choice": [str(next(place for place, each in enumerate(order) if each not in question.keys))]}
        case TrueFalse():
            return {"choice": ["false" if question.answer else "true"]}
        case Number():
            return {"text": ["7"], "language": ["id"]}
    return {"text": ["entahlah"]}


def sample_quiz(quiz_id: str, slug: str = "contoh") -> tuple[Published, Quiz]:
    """A quiz of the sample courses as it is served."""
    found = get_published(slug)
    quiz = found.course.activity(quiz_id)
    assert isinstance(quiz, Quiz)
    return found, quiz


def begin(person_id: int, quiz_id: str, now: datetime = START, wanted: int | None = None) -> Sheet:
    """The attempt that pressing "start" leads to."""
    found, quiz = sample_quiz(quiz_id)
    return sheet(start_attempt(person_id, found, quiz, now=now, wanted=wanted), person_id)


def sheet(attempt_id: int, person_id: int) -> Sheet:
    """The attempt as it stands."""
    return get_sheet(attempt_id, within=Scope(person_id))


def posted(fields: Fields, page: str | None = None, shown: int = 0, wanted: str = "save") -> Posted:
    """An answer from a page of its own, unless `page` names it."""
    return Posted(fields, page or f"page-{next(_PAGES)}", shown, wanted)


def give(work: Sheet, slot: int, *, right: bool, now: datetime = START, check: bool = False) -> Answered:
    """Answer one slot from a page that shows its newest state."""
    make = right_fields if right else wrong_fields
    fields = make(work.question(slot), work.place(slot).order)
    what = posted(fields, shown=slots_of(work)[slot - 1].seq, wanted="check" if check else "save")
    return answer_question(work.id, slot, what, within=Scope(work.person_id), now=now)


def give_all(work: Sheet, *, right: bool, now: datetime = START) -> None:
    """Answer every slot."""
    for slot in range(1, len(work.places) + 1):
        give(work, slot, right=right, now=now)
