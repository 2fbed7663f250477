"""What a regrade works on: a quiz's attempts that were handed in, what was decided before, and so what it would do."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, or_, select

from app.catalogue.queries import course_at, published
from app.content.activities import Quiz
from app.content.course import Course
from app.db import read
from app.errors import NotFound
from app.marking.models import MarkChange, QuestionDecision, RegradeRow
from app.marking.rules.decisions import Decision, Standing, Wanted
from app.marking.rules.marks import Result
from app.marking.rules.regrading import HandedIn, MarkValue, Order, Plan, plan_of
from app.people.models import Person
from app.questions.base import Outcome, Question
from app.quizzes.models import Answer, Attempt, Mark
from app.quizzes.rules.answering import Action, AnswerRow
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.layout import places_of
from app.quizzes.rules.starting import AttemptState

_ATTEMPT: Final = Attempt.__table__.c
_ANSWER: Final = Answer.__table__.c
_MARK: Final = Mark.__table__.c
_PERSON: Final = Person.__table__.c
_REGRADE: Final = RegradeRow.__table__.c
_CHANGE: Final = MarkChange.__table__.c
_DECISION: Final = QuestionDecision.__table__.c

_DECISIONS: Final = select(_DECISION.question, _DECISION.decision, _DECISION.regrade_id).where(
    _DECISION.course_slug == bindparam("course"), _DECISION.quiz_id == bindparam("quiz"), _DECISION.standing
)
_BEFORE: Final = select(func.max(_REGRADE.id).label("last"), func.count(_REGRADE.undone_at).label("undone")).where(
    _REGRADE.course_slug == bindparam("course"), _REGRADE.quiz_id == bindparam("quiz")
)


def _handed_in(chosen: Select[Any]) -> Select[Any]:
    """Of a quiz's attempts that were handed in alone."""
    return chosen.where(
        _ATTEMPT.course_slug == bindparam("course"),
        _ATTEMPT.quiz_id == bindparam("quiz"),
        or_(_ATTEMPT.state == "finished", _ATTEMPT.state == "submitted"),
    )


_ATTEMPTS: Final = _handed_in(
    select(
        _ATTEMPT.id,
        _ATTEMPT.person_id,
        _PERSON.name,
        _ATTEMPT.number,
        _ATTEMPT.revision_id,
        _ATTEMPT.layout,
        _ATTEMPT.state,
        _ATTEMPT.fraction,
        _ATTEMPT.passed,
    ).join_from(Attempt.__table__, Person.__table__, _PERSON.id == _ATTEMPT.person_id)
).order_by(_ATTEMPT.id)
_MARKS: Final = _handed_in(
    select(
        _MARK.attempt_id, _MARK.slot, _MARK.fraction, _MARK.outcome, _MARK.certainty, _MARK.first_fraction
    ).join_from(Mark.__table__, Attempt.__table__, _MARK.attempt_id == _ATTEMPT.id)
)
_ASKED: Final = _handed_in(
    select(_MARK.question, func.max(_ATTEMPT.revision_id).label("revision_id")).join_from(
        Mark.__table__, Attempt.__table__, _MARK.attempt_id == _ATTEMPT.id
    )
).group_by(_MARK.question)
_ANSWERS: Final = _handed_in(
    select(
        _ANSWER.attempt_id,
        _ANSWER.slot,
        _ANSWER.seq,
        _ANSWER.action,
        _ANSWER.response,
        _ANSWER.page_token,
        _ANSWER.saved_at,
        _ANSWER.certainty,
    ).join_from(Answer.__table__, Attempt.__table__, _ANSWER.attempt_id == _ATTEMPT.id)
).order_by(_ANSWER.attempt_id, _ANSWER.slot, _ANSWER.seq)


_RESULTS: Final = _handed_in(select(_ATTEMPT.id, _ATTEMPT.state, _ATTEMPT.fraction, _ATTEMPT.passed)).order_by(
    _ATTEMPT.id
)
_BY_HAND: Final = _handed_in(
    select(func.count(_CHANGE.id).label("marks")).join_from(
        MarkChange.__table__, Attempt.__table__, _CHANGE.attempt_id == _ATTEMPT.id
    )
)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a regrade would do. `digest` (SHA-256, hex) names all that it would store.

    `state`: what it rests on, as `state_of` told before it was looked at.
    """

    wanted: Wanted
    plan: Plan
    digest: str
    state: tuple[tuple[object, ...], ...]


def previewed(wanted: Wanted) -> Planned:
    """What the regrade would do now. Raises NotFound, NothingChosen, AlreadyDecided."""
    wanted.check(standing_decisions(wanted.course_slug, wanted.quiz_id))
    return planned(wanted)


def planned(wanted: Wanted) -> Planned:
    """The same, whether or not it can be done. Raises NotFound."""
    state = state_of(wanted.course_slug, wanted.quiz_id)
    standing = standing_decisions(wanted.course_slug, wanted.quiz_id)
    if not wanted.decisions.keys() <= questions_to_decide(wanted.course_slug, wanted.quiz_id).keys():
        raise NotFound
    course = None if wanted.revision_id is None else _course(wanted.course_slug, wanted.revision_id)
    decisions = {question: each.decision for question, each in standing.items()} | dict(wanted.decisions)
    attempts = handed_in_attempts(wanted.course_slug, wanted.quiz_id, with_answers=course is not None)
    plan = plan_of(attempts, Order(course, decisions))
    return Planned(wanted, plan, _digest(wanted, plan, state), state)


def state_of(course_slug: str, quiz_id: str) -> tuple[tuple[object, ...], ...]:
    """What changes with every change to the marks of a quiz: its results, how often people marked, its regrades.

    Cheap to ask for, where planning anew would keep those waiting who save answers meanwhile.
    """
    values = {"course": course_slug, "quiz": quiz_id}
    return tuple(tuple(row) for statement in (_BEFORE, _BY_HAND, _RESULTS) for row in read(statement, values))


def standing_decisions(course_slug: str, quiz_id: str) -> dict[str, Standing]:
    """What holds for every attempt at a quiz, by the question's address."""
    rows = read(_DECISIONS, {"course": course_slug, "quiz": quiz_id})
    return {row.question: Standing(Decision(row.decision), row.regrade_id) for row in rows}


def questions_to_decide(course_slug: str, quiz_id: str) -> dict[str, Question]:
    """The marked questions of a quiz by address: those it has now, then those that only earlier attempts had."""
    served = published().get(course_slug)
    quiz = served.course.written_activity(quiz_id) if served else None
    found = (
        {each: served.course.questions[each] for each in quiz.addresses} if served and isinstance(quiz, Quiz) else {}
    )
    for row in read(_ASKED, {"course": course_slug, "quiz": quiz_id}):
        if row.question not in found:
            found[row.question] = course_at(row.revision_id).questions[row.question]
    return {address: each for address, each in found.items() if each.unanswered.fraction is not None}


def handed_in_attempts(course_slug: str, quiz_id: str, *, with_answers: bool) -> list[HandedIn]:
    """Every attempt at a quiz that was handed in, as it stands, the first first."""
    values = {"course": course_slug, "quiz": quiz_id}
    marks: dict[int, dict[int, MarkValue]] = defaultdict(dict)
    for row in read(_MARKS, values):
        value = MarkValue(row.fraction, Outcome(row.outcome), _certainty(row.certainty), row.first_fraction)
        marks[row.attempt_id][row.slot] = value
    rows: dict[int, dict[int, list[AnswerRow]]] = defaultdict(lambda: defaultdict(list))
    for row in read(_ANSWERS, values) if with_answers else ():
        rows[row.attempt_id][row.slot].append(_answer(row))
    return [_attempt(row, quiz_id, marks[row.id], rows[row.id]) for row in read(_ATTEMPTS, values) if row.id in marks]


def _attempt(
    row: Row[Any], quiz_id: str, marks: Mapping[int, MarkValue], rows: Mapping[int, list[AnswerRow]]
) -> HandedIn:
    course = course_at(row.revision_id)
    quiz = course.activity(quiz_id)
    if not isinstance(quiz, Quiz):
        raise NotFound
    return HandedIn(
        id=row.id,
        person_id=row.person_id,
        result=Result(AttemptState(row.state), row.fraction, row.passed),
        places=places_of(row.layout),
        questions=course.questions,
        settings=quiz.settings,
        marks=marks,
        rows=rows,
        name=row.name,
        number=row.number,
    )


def _answer(row: Row[Any]) -> AnswerRow:
    action, certainty = Action(row.action), _certainty(row.certainty)
    return AnswerRow(row.seq, action, row.response, row.page_token, row.saved_at, certainty)


def _certainty(stored: int | None) -> Certainty | None:
    return None if stored is None else Certainty(stored)


def _course(slug: str, revision_id: int) -> Course:
    """A revision of the course. Raises NotFound, also where it is another course's."""
    course = course_at(revision_id)
    if course.slug != slug:
        raise NotFound
    return course


def _digest(wanted: Wanted, plan: Plan, state: tuple[tuple[object, ...], ...]) -> str:
    """Over everything that would be stored, and over how often the quiz was regraded before."""
    moved = [[each.attempt.id, each.old, each.new, each.slots] for each in plan.moved]
    kept = [[each.attempt_id, each.slot] for each in plan.kept]
    asked = [wanted.course_slug, wanted.quiz_id, wanted.revision_id, sorted(wanted.decisions.items())]
    return sha256(json.dumps([asked, state[0], moved, kept]).encode()).hexdigest()
