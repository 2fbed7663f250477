"""Who takes part, what their cards are folded from, and the cards as they are stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, literal, select, union_all

from app.competencies.queries.facts import MEASURED
from app.db import db, read, read_one
from app.quizzes.models import Attempt, Mark
from app.quizzes.rules.certainty import Certainty
from app.repetition.models import Participant, PracticeAnswer, PracticeRound, ReviewCard
from app.repetition.rules.cards import Card, Review, rating_of

_PARTICIPANT: Final = Participant.__table__.c
_CARD: Final = ReviewCard.__table__.c
_ROUND: Final = PracticeRound.__table__.c
_ANSWER: Final = PracticeAnswer.__table__.c
_ATTEMPT: Final = Attempt.__table__.c
_MARK: Final = Mark.__table__.c
_PEOPLE: Final = bindparam("people", expanding=True)

_JOINED: Final = select(_PARTICIPANT.joined_at).where(_PARTICIPANT.person_id == bindparam("person_id"))
_CARD_COLUMNS: Final = [_CARD[name] for name in Card._fields]
_CARDS: Final = select(*_CARD_COLUMNS).where(_CARD.person_id == bindparam("person_id"))
_CARDS_OF_MANY: Final = select(_CARD.person_id, *_CARD_COLUMNS).where(_CARD.person_id.in_(_PEOPLE))
_REVIEWS: Final = union_all(
    select(_MARK.question, _MARK.answered_at.label("at"), MEASURED.label("fraction"), func.coalesce(_MARK.certainty, 0))
    .join_from(Attempt.__table__, Mark.__table__, _MARK.attempt_id == _ATTEMPT.id)
    .where(
        _ATTEMPT.person_id == bindparam("person_id"),
        _ATTEMPT.finished_at.is_not(None),
        _MARK.answered_at.is_not(None),
        MEASURED.is_not(None),
    ),
    select(_ANSWER.question, _ANSWER.answered_at, _ANSWER.fraction, literal(0))
    .join_from(PracticeRound.__table__, PracticeAnswer.__table__, _ANSWER.round_id == _ROUND.id)
    .where(_ROUND.person_id == bindparam("person_id")),
)


def _shown() -> Select[Any]:
    """Questions with their person whose key was opened to them by `now`."""
    return (
        select(_ATTEMPT.person_id, _MARK.question)
        .distinct()
        .join_from(Attempt.__table__, Mark.__table__, _MARK.attempt_id == _ATTEMPT.id)
        .where(_ATTEMPT.finished_at.is_not(None), _MARK.key_opened_at <= bindparam("now"))
    )


_SHOWN: Final = _shown().where(_ATTEMPT.person_id == bindparam("person_id"))
_SHOWN_TO_MANY: Final = _shown().where(_ATTEMPT.person_id.in_(_PEOPLE))
_LAST: Final = (
    select(_ROUND.person_id, func.max(_ANSWER.answered_at, type_=_ANSWER.answered_at.type).label("at"))
    .join_from(PracticeRound.__table__, PracticeAnswer.__table__, _ANSWER.round_id == _ROUND.id)
    .where(_ROUND.person_id.in_(_PEOPLE))
    .group_by(_ROUND.person_id)
)
_AMONG: Final = select(_PARTICIPANT.person_id, _PARTICIPANT.joined_at).where(_PARTICIPANT.person_id.in_(_PEOPLE))
_EVERYBODY: Final = select(_PARTICIPANT.person_id).order_by(_PARTICIPANT.person_id)


@dataclass(frozen=True, slots=True)
class Practising:
    """One participant. `practised_at`: when the last question of a daily practice was answered; None: never yet."""

    joined_at: datetime
    practised_at: datetime | None
    cards: tuple[Card, ...]  # of questions whose key was shown to them: the others are not asked


def takes_part(person_id: int) -> bool:
    """Whether somebody chose the daily practice."""
    return read_one(_JOINED, {"person_id": person_id}) is not None


def everybody_taking_part() -> list[int]:
    """The ids of all participants."""
    return list(db.session.scalars(_EVERYBODY))


def reviews_of(person_id: int, questions: Collection[str] | None = None) -> list[Review]:
    """Every answer of a person that tells how well a question is remembered; of these questions, or (None) of all.

    Of a question done again in an attempt the first answer; nothing of what was left blank, waits for a person's mark,
    or was decided on for everybody.
    """
    return [
        Review(question, at, rating_of(fraction, sure=told == Certainty.HIGH.value))
        for question, at, fraction, told in read(_REVIEWS, {"person_id": person_id})
        if questions is None or question in questions
    ]


def shown_cards(person_id: int, now: datetime) -> list[Card]:
    """The cards of questions whose key was opened to the person: their answers are no evidence any more."""
    shown = {row.question for row in read(_SHOWN, {"person_id": person_id, "now": now})}
    return [card for row in read(_CARDS, {"person_id": person_id}) if (card := Card(*row)).question in shown]


def stored_cards(person_id: int) -> dict[str, Card]:
    """The projection as it is stored, by question."""
    return {row.question: Card(*row) for row in read(_CARDS, {"person_id": person_id})}


def practising(people: Collection[int], now: datetime) -> Mapping[int, Practising]:
    """Those of some people who take part; of the others nothing. Four statements."""
    among = {row.person_id: row.joined_at for row in db.session.execute(_AMONG, {"people": people})}
    if not among:
        return {}
    asked = {"people": sorted(among)}
    last = {row.person_id: row.at for row in db.session.execute(_LAST, asked)}
    shown = {tuple(row) for row in db.session.execute(_SHOWN_TO_MANY, {**asked, "now": now})}
    cards: dict[int, list[Card]] = defaultdict(list)
    for person_id, *columns in db.session.execute(_CARDS_OF_MANY, asked):
        card = Card(*columns)
        if (person_id, card.question) in shown:
            cards[person_id].append(card)
    return {each: Practising(joined, last.get(each), tuple(cards[each])) for each, joined in among.items()}
