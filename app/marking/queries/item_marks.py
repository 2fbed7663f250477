"""The marks of a quiz as item analysis takes them: a table of attempts by questions, read bit by bit."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Subquery, func, select

from app.db import db
from app.marking.queries.regrading import standing_decisions
from app.marking.rules.decisions import Decision
from app.marking.rules.item_choice import AttemptChoice
from app.quizzes.models import Attempt, Mark

if TYPE_CHECKING:
    import numpy as np

AT_A_TIME: Final = 5000  # rows fetched at once

_ATTEMPT: Final = Attempt.__table__.c
_MARK: Final = Mark.__table__.c
# Done again after its key was shown, or tried again after a hint, the first answer alone tells what somebody knew.
_MEASURED: Final = func.coalesce(_MARK.first_fraction, _MARK.fraction)
_ORDER: Final[Mapping[AttemptChoice, tuple[ColumnElement[Any], ...]]] = {
    AttemptChoice.FIRST: (_ATTEMPT.number,),
    AttemptChoice.LAST: (_ATTEMPT.number.desc(),),
    AttemptChoice.HIGHEST: (_ATTEMPT.fraction.is_(None), _ATTEMPT.fraction.desc(), _ATTEMPT.number),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose answers are wanted: a quiz, which attempts of each person, and one version alone (None: every version).

    The attempts are chosen first, and then those of the version are kept: who met an earlier version first has no first
    attempt at a later one.
    """

    course_slug: str
    quiz_id: str
    choice: AttemptChoice = AttemptChoice.FIRST
    revision_id: int | None = None


class Counts(NamedTuple):
    """Attempts, and the people who made them."""

    attempts: int
    people: int


@dataclass(frozen=True, slots=True)
class QuizMarks:
    """What the chosen attempts earned. `marks`: attempts x items, in points; nan: the attempt did not have the item.

    `max_marks` are the points that the newest attempt had; what was earned of others is brought to them. `decided`:
    questions that were credited or left out for everybody, which measure nothing and are no items.
    """

    attempts: tuple[int, ...]  # their ids
    people: int
    items: tuple[str, ...]  # addresses
    max_marks: tuple[float, ...]
    marks: np.ndarray
    decided: Mapping[str, Decision]


def quiz_marks(asked: Asked) -> QuizMarks:
    """The marks of the attempts that are asked for."""
    chosen = chosen_attempts(asked)
    rows: dict[int, int] = {}  # an attempt's id -> its row
    people = set()
    for attempt_id, person_id in db.session.execute(select(chosen.c.id, chosen.c.person_id).order_by(chosen.c.id)):
        rows[attempt_id] = len(rows)
        people.add(person_id)
    decided = {address: each.decision for address, each in standing_decisions(*_quiz(asked)).items()}
    columns, max_marks, marks = _table(chosen, rows, decided)
    return QuizMarks(tuple(rows), len(people), columns, max_marks, marks, decided)


def revisions_of(asked: Asked) -> dict[int, Counts]:
    """How many attempts, chosen as asked but of every version, had each version; the newest version first."""
    chosen = chosen_attempts(Asked(asked.course_slug, asked.quiz_id, asked.choice))
    counted = (
        select(chosen.c.revision_id, func.count(), func.count(chosen.c.person_id.distinct()))
        .group_by(chosen.c.revision_id)
        .order_by(chosen.c.revision_id.desc())
    )
    return {revision_id: Counts(*counts) for revision_id, *counts in db.session.execute(counted)}


def waiting_attempts(asked: Asked) -> int:
    """How many attempts of the quiz were handed in and wait for a person's mark: they do not count yet."""
    waiting = select(func.count()).where(*_at(asked), _ATTEMPT.state == "submitted")
    return db.session.scalar(waiting) or 0


def chosen_attempts(asked: Asked) -> Subquery:
    """The fully marked attempts that are asked for: columns id, person_id, revision_id, fraction."""
    columns = (_ATTEMPT.id, _ATTEMPT.person_id, _ATTEMPT.revision_id, _ATTEMPT.fraction)
    found = select(*columns).where(*_at(asked), _ATTEMPT.state == "finished")
    if asked.choice is not AttemptChoice.ALL:
        place = func.row_number().over(partition_by=_ATTEMPT.person_id, order_by=_ORDER[asked.choice])
        ranked = found.add_columns(place.label("place")).subquery("ranked")
        found = select(*(ranked.c[each.name] for each in columns)).where(ranked.c.place == 1)
    each = found.subquery("each")
    if asked.revision_id is None:
        return each
    return select(each).where(each.c.revision_id == asked.revision_id).subquery("chosen")


def _table(
    chosen: Subquery, rows: Mapping[int, int], decided: Mapping[str, Decision]
) -> tuple[tuple[str, ...], tuple[float, ...], np.ndarray]:
    """The items by address, what each is worth, and the marks. By columns: a Python step for each mark is too slow."""
    import numpy as np  # not at start: most processes never analyse

    columns: dict[str, int] = {}
    attempts, places, fractions, points = map(np.array, _read(chosen, columns))
    ids = np.fromiter(rows, dtype=np.int64, count=len(rows))  # ascending
    row = np.searchsorted(ids, attempts)
    known = np.isin(attempts, ids)  # the others were handed in since the attempts were read
    marks = np.full((len(rows), len(columns)), np.nan)
    marks[row[known], places[known]] = fractions[known]
    worth = [_newest(attempts, points, places == place) for place in columns.values()]
    kept = [place for address, place in columns.items() if address not in decided]
    max_marks = np.array(worth)[kept]
    return tuple(each for each in columns if each not in decided), tuple(max_marks.tolist()), marks[:, kept] * max_marks


def _read(chosen: Subquery, columns: dict[str, int]) -> tuple[array[int], array[int], array[float], array[float]]:
    """Attempt, column, fraction and points of each mark; `columns` is filled as addresses are met."""
    found = array("q"), array("q"), array("d"), array("d")
    add_attempt, add_column, add_fraction, add_points = (each.append for each in found)
    for attempt_id, address, fraction, points in db.session.execute(
        _marks(chosen), execution_options={"yield_per": AT_A_TIME}
    ):
        add_attempt(attempt_id)
        add_column(columns.setdefault(address, len(columns)))
        add_fraction(fraction)
        add_points(points)
    return found


def _newest(attempts: np.ndarray, points: np.ndarray, of_item: np.ndarray) -> float:
    """What an item was worth in the newest attempt that had it."""
    return float(points[of_item][attempts[of_item].argmax()])


def _marks(chosen: Subquery) -> Any:
    """What is never marked has no fraction, and is no item."""
    return (
        select(_MARK.attempt_id, _MARK.question, _MEASURED, _MARK.points)
        .join_from(chosen, Mark.__table__, _MARK.attempt_id == chosen.c.id)
        .where(_MEASURED.is_not(None))
    )


def _at(asked: Asked) -> tuple[ColumnElement[bool], ...]:
    return _ATTEMPT.course_slug == asked.course_slug, _ATTEMPT.quiz_id == asked.quiz_id


def _quiz(asked: Asked) -> tuple[str, str]:
    return asked.course_slug, asked.quiz_id
