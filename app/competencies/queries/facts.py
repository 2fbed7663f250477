"""What scores are made of: graded slots, and keys shown in attempts that are still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, case, func, literal, null, or_, select, type_coerce, union_all

from app.competencies.models import ItemParameterRow
from app.competencies.rules import Check, GradedSlot, ItemParameter
from app.db import db, read
from app.quizzes.models import Answer, Attempt, KeyShown, Mark

_ATTEMPT: Final = Attempt.__table__.c
_ANSWER: Final = Answer.__table__.c
_MARK: Final = Mark.__table__.c
# What was credited to everybody, or left out, measures nothing: it is as if it had not been answered.
_DECIDED: Final = or_(_MARK.outcome == "credited", _MARK.outcome == "left_out")
_ANSWERED_AT: Final = type_coerce(case((_DECIDED, None), else_=_MARK.answered_at), _MARK.answered_at.type)
# Of an answer that was done again the first counts.
MEASURED: Final = case((_DECIDED, None), else_=func.coalesce(_MARK.first_fraction, _MARK.fraction))
_SHOWN: Final = KeyShown.__table__.c
_UNMARKED: Final = or_(_ATTEMPT.finished_at.is_(None), _ATTEMPT.state == "abandoned")  # has no marks that tell of keys
_PARAMETER: Final = ItemParameterRow.__table__.c
_PARAMETERS_AT: Final = 1 + len(fields(GradedSlot))  # in a row: the person, a slot, what is known of its question


@dataclass(slots=True)
class Facts:
    """What is known of one person. `parameters` by question, of those that are calibrated."""

    slots: list[GradedSlot] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    parameters: dict[str, ItemParameter] = field(default_factory=dict)

    def take(self, row: Row[Any]) -> None:
        """Keep a row of `_slots`."""
        slot = GradedSlot(*row[1:_PARAMETERS_AT])
        self.slots.append(slot)
        if row.a is not None:
            self.parameters[slot.question] = ItemParameter(*row[_PARAMETERS_AT:])


def _slots() -> Select[Any]:
    """Graded slots with their person and their question's parameters; the order does not matter to the rules.

    Of a question done again after its check the first answer alone is evidence: the later ones were given with the key
    known.
    """
    return (
        select(
            _ATTEMPT.person_id,
            _MARK.question,
            _MARK.competency,
            MEASURED.label("fraction"),
            _ANSWERED_AT.label("answered_at"),
            _MARK.key_opened_at,
            _MARK.attempt_id,
            _MARK.slot,
            _ATTEMPT.revision_id,
            _MARK.difficulty,
            _MARK.guess,
            _PARAMETER.a,
            _PARAMETER.b,
            _PARAMETER.sd_b,
            _PARAMETER.calibration_id,
            _PARAMETER.guess.label("calibrated_guess"),
        )
        .join_from(Mark.__table__, Attempt.__table__, _MARK.attempt_id == _ATTEMPT.id)
        .outerjoin(ItemParameterRow.__table__, _PARAMETER.question == _MARK.question)
        .where(_ATTEMPT.finished_at.is_not(None))
    )


def _asked_under(competencies: Iterable[Any]) -> Select[Any]:
    """The questions that the person of `_OF_ONE` met under one of the competencies."""
    mark, attempt = Mark.__table__.alias(), Attempt.__table__.alias()
    return (
        select(mark.c.question)
        .join(attempt, mark.c.attempt_id == attempt.c.id)
        .where(attempt.c.person_id == bindparam("person_id"), mark.c.competency.in_(list(competencies)))
    )


_OF_ONE: Final = _slots().where(_ATTEMPT.person_id == bindparam("person_id"))
_NAMES: Final = tuple(f"competency_{number}" for number in range(6))  # as many as a quiz touches as a rule
_OF_ONE_UNDER: Final = _OF_ONE.where(_MARK.question.in_(_asked_under(map(bindparam, _NAMES))))
_OF_MANY: Final = _slots().where(_ATTEMPT.person_id.in_(bindparam("people", expanding=True)))
# Keys shown by a check in an attempt without marks, and those that marks told of before they were taken back.
_CHECKS_OF_ONE: Final = union_all(
    select(_ATTEMPT.layout, _ANSWER.slot, _ANSWER.saved_at, literal("").label("question"))
    .join_from(Attempt.__table__, Answer.__table__, _ANSWER.attempt_id == _ATTEMPT.id)
    .where(_ATTEMPT.person_id == bindparam("person_id"), _UNMARKED, _ANSWER.action == "check"),
    select(type_coerce(null(), Attempt.layout.type), _SHOWN.slot, _SHOWN.opened_at, _SHOWN.question).where(
        _SHOWN.person_id == bindparam("person_id")
    ),
)
_SHOWN_TO_MANY: Final = select(_SHOWN.person_id, _SHOWN.question, _SHOWN.opened_at).where(
    _SHOWN.person_id.in_(bindparam("people", expanding=True))
)
_CHECKED: Final = (
    select(_ATTEMPT.person_id, _ATTEMPT.id, _ATTEMPT.layout)
    .where(
        _ATTEMPT.person_id.in_(bindparam("people", expanding=True)),
        _UNMARKED,
        select(1).where(_ANSWER.attempt_id == _ATTEMPT.id, _ANSWER.action == "check").exists(),
    )
    .order_by(_ATTEMPT.id)
)
_CHECKS: Final = (
    select(_ANSWER.attempt_id, _ANSWER.slot, _ANSWER.saved_at)
    .where(_ANSWER.attempt_id.in_(bindparam("attempts", expanding=True)), _ANSWER.action == "check")
    .order_by(_ANSWER.id)
)


def facts_of(person_id: int) -> Facts:
    """Everything that the scores of one person are made of."""
    return _facts(read(_OF_ONE, {"person_id": person_id}), person_id)


def facts_under(person_id: int, competencies: Collection[str]) -> tuple[Facts, frozenset[str]]:
    """What the person's scores in these competencies are made of, and all competencies that it can move.

    More than those asked for only where another revision gave one of their questions to another competency.
    """
    asked = frozenset(competencies)
    rows = _rows_under(person_id, asked)
    touched = asked | {row.competency for row in rows if row.competency is not None}
    if touched != asked:
        rows = _rows_under(person_id, touched)
    return _facts(rows, person_id), touched


def facts_of_many(people: Sequence[int]) -> Mapping[int, Facts]:
    """Everything that the scores of some people are made of, by person; those without any have no entry."""
    found: dict[int, Facts] = defaultdict(Facts)
    for row in db.session.execute(_OF_MANY, {"people": people}):
        found[row.person_id].take(row)
    for person_id, checks in _checks(people).items():
        found[person_id].checks.extend(checks)
    return found


def _rows_under(person_id: int, competencies: frozenset[str]) -> list[Row[Any]]:
    names = sorted(competencies)
    if len(names) > len(_NAMES):
        return read(_OF_ONE, {"person_id": person_id})  # more than is asked for does no harm
    asked = dict(zip(_NAMES, names + names[-1:] * (len(_NAMES) - len(names)), strict=True))
    return read(_OF_ONE_UNDER, {"person_id": person_id, **asked})


def _facts(rows: Iterable[Row[Any]], person_id: int) -> Facts:
    found = Facts(checks=_checks_of(person_id))
    for row in rows:
        found.take(row)
    return found


def _checks_of(person_id: int) -> list[Check]:
    """The keys that a person was shown in attempts that have no marks to tell of it."""
    rows = read(_CHECKS_OF_ONE, {"person_id": person_id})
    return [Check(row.question or row.layout[row.slot - 1]["question"], row.saved_at) for row in rows]


def _checks(people: Sequence[int]) -> dict[int, list[Check]]:
    """The same for each of these people."""
    attempts = {row.id: row for row in db.session.execute(_CHECKED, {"people": people})}
    found: dict[int, list[Check]] = defaultdict(list)
    if attempts:
        for row in db.session.execute(_CHECKS, {"attempts": list(attempts)}):
            attempt = attempts[row.attempt_id]
            found[attempt.person_id].append(Check(attempt.layout[row.slot - 1]["question"], row.saved_at))
    for row in db.session.execute(_SHOWN_TO_MANY, {"people": people}):
        found[row.person_id].append(Check(row.question, row.opened_at))
    return found
