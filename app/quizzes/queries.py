"""Reads of attempts: rows -> frozen facts, each attempt with the content it was drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, or_, select, text

from app.catalogue.queries import course_at
from app.content.activities import Quiz
from app.content.course import Course
from app.db import read
from app.errors import NotFound
from app.people.permissions import Scope
from app.questions.base import Question
from app.quizzes.models import Answer, Attempt, Mark
from app.quizzes.overrides import GRANTED, attempts_with_grants, limits_of
from app.quizzes.rules.answering import UNASKED, UNTOUCHED, Action, AnswerRow, SlotState
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.interactive import slot_state
from app.quizzes.rules.layout import Place, places_of
from app.quizzes.rules.limits import UNLIMITED, Limits
from app.quizzes.rules.navigation import OutOfTurn, in_turn, is_sequential
from app.quizzes.rules.starting import AttemptFact, AttemptState
from app.quizzes.rules.timing import state_at, time_is_up

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
    limits: Limits = UNLIMITED  # as they are for this person now
    flagged: frozenset[int] = frozenset()  # the slots its learner is unsure of
    reached: int = 1  # the slot that a sequential attempt has come to; one more than there are: all were passed
    regraded: bool = False  # whether its marks were changed for everybody after it was handed in

    @property
    def id(self) -> int:
        """Of the attempt."""
        return self.fact.id

    @property
    def deleted(self) -> bool:
        """Whether a trainer took it out."""
        return self.fact.state is AttemptState.DELETED

    @property
    def finished(self) -> bool:
        """Whether it was handed in, marked in full or not."""
        return self.fact.state in (AttemptState.FINISHED, AttemptState.SUBMITTED)

    def state_at(self, now: datetime) -> AttemptState:
        """Its state as of `now`, whatever is stored yet."""
        return state_at(self.fact, self.limits, now)

    def workable(self, now: datetime) -> bool:
        """Whether its questions may be seen and answered."""
        return self.state_at(now) is AttemptState.IN_PROGRESS and not time_is_up(self.fact, self.limits, now)

    def in_turn(self, slot: int) -> bool:
        """Whether a slot may be seen and answered as far as the order of questions decides."""
        return in_turn(self.quiz.settings, self.reached, slot)

    def check_turn(self, slot: int | None) -> None:
        """Let a slot be opened, or (None) the overview after the last. Raises OutOfTurn."""
        if is_sequential(self.quiz.settings) and (slot or len(self.places) + 1) != self.reached:
            raise OutOfTurn(self.id, slot, passed=slot is not None and slot < self.reached)

    def place(self, slot: int) -> Place:
        """What stands in a slot (from 1). Raises NotFound."""
        if not 1 <= slot <= len(self.places):
            raise NotFound
        return self.places[slot - 1]

    @property
    def asked(self) -> frozenset[str]:
        """The addresses of what stands in its slots."""
        return frozenset(place.question for place in self.places)

    def question(self, slot: int) -> Question:
        """The question in a slot (from 1). Raises NotFound."""
        return self.course.questions[self.place(slot).question]


@dataclass(frozen=True, slots=True)
class MarkFact:
    """What one slot of a finished attempt came to, and since when its key may be seen (None: not yet).

    `fraction` None: it waits for a person's mark, or is never marked.
    """

    fraction: float | None
    points: float
    outcome: str
    answered_at: datetime | None
    key_opened_at: datetime | None
    certainty: Certainty | None = None  # None: not asked, or not answered


_ATTEMPT = Attempt.__table__.c
_ANSWER = Answer.__table__.c
_MARK = Mark.__table__.c

_ONE_OF_SOMEBODY = and_(_ATTEMPT.id == bindparam("attempt_id"), _ATTEMPT.person_id == bindparam("person_id"))
_SHEET_COLUMNS = select(
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
    _ATTEMPT.own_end,
    _ATTEMPT.layout,
    _ATTEMPT.flagged,
    _ATTEMPT.at_slot,
    _ATTEMPT.regraded,
    *GRANTED,
)
_SHEET = _SHEET_COLUMNS.select_from(attempts_with_grants()).where(_ONE_OF_SOMEBODY)

# An answer keeps its attempt from being handed in meanwhile, a hand-in keeps answers out. Not rendered on SQLite, where
# one writer at a time is the rule anyway.
_SHEET_TO_ANSWER = _SHEET.with_for_update(key_share=True, read=True, of=Attempt.__table__)
_SHEET_TO_FINISH = _SHEET.with_for_update(of=Attempt.__table__)

_ATTEMPTS = (
    select(
        _ATTEMPT.id,
        _ATTEMPT.number,
        _ATTEMPT.state,
        _ATTEMPT.started_at,
        _ATTEMPT.finished_at,
        _ATTEMPT.fraction,
        _ATTEMPT.passed,
        _ATTEMPT.revision_id,
        _ATTEMPT.own_end,
    )
    .where(
        _ATTEMPT.person_id == bindparam("person_id"),
        _ATTEMPT.course_slug == bindparam("course"),
        _ATTEMPT.quiz_id == bindparam("quiz"),
    )
    .order_by(_ATTEMPT.number)
)
_OPEN_TIMED = (
    select(_ATTEMPT.id, _ATTEMPT.person_id)
    .where(text("timed"), or_(_ATTEMPT.state == "in_progress", _ATTEMPT.state == "overdue"))
    .order_by(_ATTEMPT.id)
)
_LAYOUTS = select(_ATTEMPT.layout).where(
    _ATTEMPT.person_id == bindparam("person_id"),
    _ATTEMPT.course_slug == bindparam("course"),
    _ATTEMPT.quiz_id == bindparam("quiz"),
)

_ANSWERS = (
    select(
        _ANSWER.slot,
        _ANSWER.seq,
        _ANSWER.action,
        _ANSWER.response,
        _ANSWER.page_token,
        _ANSWER.saved_at,
        _ANSWER.certainty,
    )
    .where(_ANSWER.attempt_id == bindparam("attempt_id"))
    .order_by(_ANSWER.slot, _ANSWER.seq)
)

_MARKS = select(
    _MARK.slot,
    _MARK.fraction,
    _MARK.points,
    _MARK.outcome,
    _MARK.answered_at,
    _MARK.key_opened_at,
    _MARK.certainty,
).where(_MARK.attempt_id == bindparam("attempt_id"))


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


def open_timed_attempts() -> list[tuple[int, int]]:
    """Every attempt that may run out of time and was not handed in: its id and its person's, the oldest first."""
    return [(row.id, row.person_id) for row in read(_OPEN_TIMED)]


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
    return [
        slot_state(rows[slot], feedback, sheet.question(slot)) if slot in rows else _untouched(sheet.question(slot))
        for slot in range(1, len(sheet.places) + 1)
    ]


def _untouched(question: Question) -> SlotState:
    return UNTOUCHED if question.asks else UNASKED


def marks_of(attempt_id: int) -> dict[int, MarkFact]:
    """The marks of a finished attempt by slot; none before."""
    return {slot: MarkFact(*mark, _certainty(told)) for slot, *mark, told in read(_MARKS, {"attempt_id": attempt_id})}


def _sheet(statement: Any, attempt_id: int, within: Scope) -> Sheet:
    if attempt_id > LARGEST_ID:
        raise NotFound
    rows = read(statement, {"attempt_id": attempt_id, "person_id": within.person_id})
    if not rows:
        raise NotFound
    row = rows[0]
    course = course_at(row.revision_id)
    quiz = course.activity(row.quiz_id)
    if not isinstance(quiz, Quiz):
        raise NotFound
    limits = limits_of(quiz.settings, rows)
    places, flagged = places_of(row.layout), frozenset(row.flagged)
    notes = {"flagged": flagged, "reached": row.at_slot, "regraded": row.regraded}
    return Sheet(_fact(row), row.person_id, row.revision_id, course, quiz, places, limits, **notes)


def _fact(row: Row[Any]) -> AttemptFact:
    number, state, *rest = row[1:7]
    more = {"revision_id": row.revision_id, "own_end": row.own_end}
    return AttemptFact(row[0], number, AttemptState(state), *rest, **more)


def _answer(row: Sequence[Any]) -> AnswerRow:
    seq, action, *rest, told = row
    return AnswerRow(seq, Action(action), *rest, _certainty(told))


def _certainty(stored: int | None) -> Certainty | None:
    return None if stored is None else Certainty(stored)
