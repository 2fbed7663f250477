"""A day's round: its questions as they were drawn, and the answers given so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam, select

from app.catalogue.queries import course_at
from app.content.course import Course
from app.db import read, read_one
from app.errors import NotFound
from app.people.permissions import Scope
from app.questions.base import Grade, Outcome, Question
from app.repetition.models import PracticeAnswer, PracticeRound

LARGEST_ID: Final = 2**31 - 1  # what the column holds: a larger number in an address names nothing

_ROUND: Final = PracticeRound.__table__.c
_ANSWER: Final = PracticeAnswer.__table__.c
_ROUNDS: Final = select(_ROUND.id, _ROUND.person_id, _ROUND.day, _ROUND.layout)
_ONE: Final = _ROUNDS.where(_ROUND.id == bindparam("round_id"), _ROUND.person_id == bindparam("person_id"))
_OF_DAY: Final = _ROUNDS.where(_ROUND.person_id == bindparam("person_id"), _ROUND.day == bindparam("day"))
_ANSWERS: Final = select(_ANSWER.place, _ANSWER.response, _ANSWER.fraction, _ANSWER.answered_at).where(
    _ANSWER.round_id == bindparam("round_id")
)


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a round, pinned to the revision it was drawn from; `order` as in an attempt's layout."""

    address: str
    revision_id: int
    order: tuple[int, ...]

    @property
    def course(self) -> Course:
        """Of the pinned revision."""
        return course_at(self.revision_id)

    @property
    def question(self) -> Question:
        """As that revision has it."""
        return self.course.questions[self.address]


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one of them, and what it was worth (0.0 .. 1.0 of the points, less only where points are lost)."""

    response: Mapping[str, Any]
    fraction: float
    answered_at: datetime

    @property
    def outcome(self) -> Outcome:
        """How it came out."""
        return Grade.of(self.fraction).outcome


@dataclass(frozen=True, slots=True)
class Round:
    """One person's practice of one day."""

    id: int
    person_id: int
    day: date
    items: tuple[Item, ...]
    answers: Mapping[int, Given]  # by place, from 1

    @property
    def next_place(self) -> int | None:
        """The first without an answer; None: all have one."""
        return next((place for place in range(1, len(self.items) + 1) if place not in self.answers), None)

    def item(self, place: int) -> Item:
        """What stands at a place (from 1). Raises NotFound."""
        if not 1 <= place <= len(self.items):
            raise NotFound
        return self.items[place - 1]


def get_round(round_id: int, *, within: Scope) -> Round:
    """A round of one's own. Raises NotFound."""
    row = None if round_id > LARGEST_ID else read_one(_ONE, {"round_id": round_id, "person_id": within.person_id})
    if row is None:
        raise NotFound
    return _round(row)


def round_of(person_id: int, day: date) -> Round | None:
    """A person's round of a day; None where none was begun."""
    row = read_one(_OF_DAY, {"person_id": person_id, "day": day})
    return None if row is None else _round(row)


def stored_items(items: Sequence[Item]) -> list[dict[str, Any]]:
    """A round's questions as JSON."""
    return [{"question": each.address, "revision": each.revision_id, "order": list(each.order)} for each in items]


def _round(row: Any) -> Round:
    items = tuple(Item(each["question"], each["revision"], tuple(each["order"])) for each in row.layout)
    answers = {place: Given(*given) for place, *given in read(_ANSWERS, {"round_id": row.id})}
    return Round(row.id, row.person_id, row.day, items, answers)
