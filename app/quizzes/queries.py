"""Reads of attempts: rows -> frozen facts, each attempt with the content it was drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from app.catalogue.queries import course_at
from app.content.course import Course, Quiz
from app.db import read, read_one
from app.errors import NotFound
from app.people.permissions import Scope
from app.questions.base import Question
from app.quizzes.models import Answer, Attempt, Mark
from app.quizzes.rules.answering import UNTOUCHED, Action, AnswerRow, SlotState, fold
from app.quizzes.rules.layout import Place, places_of
from app.quizzes.rules.starting import AttemptFact, AttemptState

LARGEST_ID: Final = 2**31 - 1  # what the column holds: a larger number in an address names nothing


@dataclass(frozen=True, slots=True)
class Sheet:
    """An attempt with its questions: what a learner works on, or worked on."""

    fact: AttemptFact
    person_id: int
    revision_id: int
    course: Course  # of the pinned revision
    quiz: Quiz
    places: tuple[Place, ...]

    @property
    def id(self) -> int:
        """Of the attempt."""
        return self.fact.id

    @property
    def finished(self) -> bool:
        """Whether it was handed in."""
        return self.fact.state is AttemptState.FINISHED

    def place(self, slot: int) -> Place:
        """What stands in a slot (from 1). Raises NotFound."""
        if not 1 <= slot <= len(self.places):
            raise NotFound
        return self.places[slot - 1]

    def question(self, slot: int) -> Question:
        """The question in a slot (from 1). Raises NotFound."""
        return self.course.questions[self.place(slot).question]


@dataclass(frozen=True, slots=True)
class MarkFact:
    """What one slot of a finished attempt came to, and since when its key may be seen (None: not yet)."""

    fraction: float
    points: float
    outcome: str
    answered_at: datetime | None
    key_opened_at: datetime | None


_ATTEMPT = Attempt.__table__.c
_ANSWER = Answer.__table__.c
_MARK = Mark.__table__.c

_SHEET = select(
    _ATTEMPT.id,
    _ATTEMPT.number,
    _ATTEMPT.state,
    _ATTEMPT.started_at,
    _ATTEMPT.finished_at,
    _ATTEMPT.fraction,
    _ATTEMPT.passed,
    _ATTEMPT.person_id,
    _ATTEMPT.quiz_id,
    _ATTEMPT.revision_id,
    _ATTEMPT.layout,
).where(_ATTEMPT.id == bindparam("attempt_id"), _ATTEMPT.person_id == bindparam("person_id"))

# An answer keeps its attempt from being handed in meanwhile, a hand-in keeps answers out. Not rendered on SQLite, where
# one writer at a time is the rule anyway.
_SHEET_TO_ANSWER = _SHEET.with_for_update(key_share=True, read=True)
_SHEET_TO_FINISH = _SHEET.with_for_update()

_ATTEMPTS = (
    select(
        _ATTEMPT.id,
        _ATTEMPT.number,
        _ATTEMPT.state,
        _ATTEMPT.started_at,
        _ATTEMPT.finished_at,
        _ATTEMPT.fraction,
        _ATTEMPT.passed,
    )
    .where(
        _ATTEMPT.person_id == bindparam("person_id"),
        _ATTEMPT.course_slug == bindparam("course"),
        _ATTEMPT.quiz_id == bindparam("quiz"),
    )
    .order_by(_ATTEMPT.number)
)
_LAYOUTS = select(_ATTEMPT.layout).where(
    _ATTEMPT.person_id == bindparam("person_id"),
    _ATTEMPT.course_slug == bindparam("course"),
    _ATTEMPT.quiz_id == bindparam("quiz"),
)

_ANSWERS = (
    select(_ANSWER.slot, _ANSWER.seq, _ANSWER.action, _ANSWER.response, _ANSWER.page_token, _ANSWER.saved_at)
    .where(_ANSWER.attempt_id == bindparam("attempt_id"))
    .order_by(_ANSWER.slot, _ANSWER.seq)
)

_MARKS = select(_MARK.slot, _MARK.fraction, _MARK.points, _MARK.outcome, _MARK.answered_at, _MARK.key_opened_at).where(
    _MARK.attempt_id == bindparam("attempt_id")
)


def get_sheet(attempt_id: int, *, within: Scope) -> Sheet:
    """An attempt of one's own. Raises NotFound."""
    return _sheet(_SHEET, attempt_id, within)


def get_sheet_to_answer(attempt_id: int, *, within: Scope) -> Sheet:
    """The same inside a transaction that will store an answer: until it ends, the attempt is not handed in."""
    return _sheet(_SHEET_TO_ANSWER, attempt_id, within)


def get_sheet_to_finish(attempt_id: int, *, within: Scope) -> Sheet:
    """The same inside the transaction that hands it in: until it ends, nothing else is stored in the attempt."""
    return _sheet(_SHEET_TO_FINISH, attempt_id, within)


def attempts_at(person_id: int, course_slug: str, quiz_id: str) -> list[AttemptFact]:
    """A person's attempts at a quiz, the first first."""
    rows = read(_ATTEMPTS, {"person_id": person_id, "course": course_slug, "quiz": quiz_id})
    return [_fact(row) for row in rows]


def layouts_at(person_id: int, course_slug: str, quiz_id: str) -> list[tuple[Place, ...]]:
    """The layouts of a person's attempts at a quiz, in no order."""
    values = {"person_id": person_id, "course": course_slug, "quiz": quiz_id}
    return [places_of(stored) for (stored,) in read(_LAYOUTS, values)]


def slots_of(sheet: Sheet) -> list[SlotState]:
    """Every slot of an attempt as its rows leave it, slot 1 first."""
    rows: dict[int, list[AnswerRow]] = defaultdict(list)
    for slot, *row in read(_ANSWERS, {"attempt_id": sheet.id}):
        rows[slot].append(_answer(row))
    feedback = sheet.quiz.settings.feedback
    return [fold(rows[slot], feedback) if slot in rows else UNTOUCHED for slot in range(1, len(sheet.places) + 1)]


def marks_of(attempt_id: int) -> dict[int, MarkFact]:
    """The marks of a finished attempt by slot; none before."""
    return {slot: MarkFact(*mark) for slot, *mark in read(_MARKS, {"attempt_id": attempt_id})}


def _sheet(statement: Any, attempt_id: int, within: Scope) -> Sheet:
    if attempt_id > LARGEST_ID:
        raise NotFound
    row = read_one(statement, {"attempt_id": attempt_id, "person_id": within.person_id})
    if row is None:
        raise NotFound
    course = course_at(row.revision_id)
    quiz = course.activity(row.quiz_id)
    if not isinstance(quiz, Quiz):
        raise NotFound
    return Sheet(_fact(row), row.person_id, row.revision_id, course, quiz, places_of(row.layout))


def _fact(row: Row[Any]) -> AttemptFact:
    number, state, *rest = row[1:7]
    return AttemptFact(row[0], number, AttemptState(state), *rest)


def _answer(row: Sequence[Any]) -> AnswerRow:
    seq, action, *rest = row
    return AnswerRow(seq, Action(action), *rest)
