"""What was answered to the questions of a quiz: the answer that counts of each attempt that has one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, String, Subquery, and_, cast, func, select

from app.db import db
from app.marking.queries.item_marks import AT_A_TIME, Asked, chosen_attempts
from app.quizzes.models import Answer, Mark
from app.quizzes.rules.answering import StoredResponse

_ANSWER: Final = Answer.__table__.c
_MARK: Final = Mark.__table__.c
# A mark knows when the answer that counts was saved; of a question that was done again, the first. What is taken up
# for another try is not an answer.
_COUNTS: Final = and_(
    _ANSWER.attempt_id == _MARK.attempt_id,
    _ANSWER.slot == _MARK.slot,
    _ANSWER.saved_at == _MARK.answered_at,
    _ANSWER.action.in_(("save", "check")),
)


class GivenAnswer(NamedTuple):
    """One attempt's answer to a question, as a version of the course asked it."""

    attempt_id: int
    revision_id: int
    response: StoredResponse


class AnswerCount(NamedTuple):
    """How often the same was answered to a version's question, and what those attempts came to on the whole."""

    question: str  # its address
    revision_id: int
    response: StoredResponse
    count: int
    mean: float | None  # 0.0 .. 1.0; None: nothing counts in any of them


def answers_to(asked: Asked, address: str) -> Iterator[GivenAnswer]:
    """The answers to one question, each once, in the order of the attempts."""
    chosen = chosen_attempts(asked)
    rows = select(chosen.c.id, chosen.c.revision_id, _ANSWER.response)
    found = _counting(rows, chosen).where(_MARK.question == address).order_by(chosen.c.id, _ANSWER.seq)
    for row in db.session.execute(found, execution_options={"yield_per": AT_A_TIME}):
        if row.response is not None:
            yield GivenAnswer(*row)


def answer_counts(asked: Asked, addresses: Collection[str]) -> Iterator[AnswerCount]:
    """The same answers to some questions, those that are alike counted together."""
    chosen = chosen_attempts(asked)
    alike = (_MARK.question, chosen.c.revision_id, cast(_ANSWER.response, String))
    rows = select(*alike, func.count(), func.avg(chosen.c.fraction))
    found = _counting(rows, chosen).where(_MARK.question.in_(sorted(addresses))).group_by(*alike)
    for question, revision_id, response, *counted in db.session.execute(found):
        if response is not None:
            yield AnswerCount(question, revision_id, json.loads(response), *counted)


def _counting(rows: Select[Any], chosen: Subquery) -> Select[Any]:
    marked = Mark.__table__.join(chosen, _MARK.attempt_id == chosen.c.id)
    return rows.select_from(marked.join(Answer.__table__, _COUNTS))
