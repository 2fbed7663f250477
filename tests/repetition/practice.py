"""Siti at her daily practice: what she takes up, what she answers, and what her cards must be."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.catalogue.queries import get_published
from app.db import db
from app.people.permissions import Scope
from app.repetition.operations import answer_item, begin_round, join
from app.repetition.queries.askable import Askable, askable
from app.repetition.queries.cards import reviews_of, stored_cards, takes_part
from app.repetition.queries.rounds import Round, get_round
from app.repetition.rules.cards import Card, cards_from
from app.repetition.rules.drawing import Today
from tests.marking.test_operations import hand_in
from tests.quizzes.cast import begin, give, right_fields, wrong_fields
from tests.quizzes.content import START

WITA: Final = ZoneInfo("Asia/Makassar")


def day(days: int) -> datetime:
    """So many days after the tests' usual morning."""
    return START + timedelta(days=days)


def today(days: int) -> Today:
    return Today(day(days), WITA)


def asked(slug: str = "contoh") -> Askable:
    """What may be asked of who learns the course."""
    return askable([get_published(slug)])


def taken(person_id: int, right: int = 5, days: int = 0, quiz: str = "latihan") -> int:
    """Take a quiz, the first so many answers right, and hand it in; the attempt."""
    work = begin(person_id, quiz, now=day(days))
    for slot in range(1, len(work.places) + 1):
        give(work, slot, right=slot <= right, now=day(days))
    return hand_in(work, 24 * 60 * days + 1).id


def practising(person_id: int, right: int = 5) -> None:
    """Who took the practice quiz and takes part since."""
    taken(person_id, right)
    join(person_id, now=day(0))


def begun(person_id: int, days: int) -> Round:
    """The round of a day, begun that morning."""
    return get_round(begin_round(person_id, asked(), today(days)), within=Scope(person_id))


def answer(practised: Round, place: int, days: int, *, right: bool = True) -> bool:
    """Answer one of its questions; whether that is the answer that counts."""
    item = practised.item(place)
    fields = (right_fields if right else wrong_fields)(item.question, item.order)
    return answer_item(practised.id, place, fields, within=Scope(practised.person_id), now=day(days))


def check_cards(person_id: int) -> dict[str, Card]:
    """The projection says what the answers say, and of who takes no part nothing; the cards."""
    db.session.rollback()
    stored = stored_cards(person_id)
    assert stored == (cards_from(reviews_of(person_id)) if takes_part(person_id) else {})
    return stored
