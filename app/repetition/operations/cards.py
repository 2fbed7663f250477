"""Keep the cards of participants with the answers they are folded from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, delete, select

from app.db import put_all, read, write, write_all, writing
from app.people.models import Person
from app.repetition.models import ReviewCard
from app.repetition.queries.cards import everybody_taking_part, reviews_of, takes_part
from app.repetition.rules.cards import cards_from

_PERSON: Final = Person.__table__.c
_CARD: Final = ReviewCard.__table__.c
# As in `competencies.operations.store_scores`: whoever else stores this person's cards waits here, and sees ours.
_LOCK: Final = select(_PERSON.id).where(_PERSON.id == bindparam("person_id")).with_for_update(key_share=True)
_FORGET: Final = delete(ReviewCard.__table__).where(
    _CARD.person_id == bindparam("person_id"), _CARD.question == bindparam("question")
)
_FORGET_ALL: Final = delete(ReviewCard.__table__).where(_CARD.person_id == bindparam("person_id"))


def store_cards(person_id: int, questions: Collection[str]) -> None:
    """Bring a participant's cards of these questions up to what their answers say. Of others no card is kept.

    Called in the transaction that stored the answers or marks. Never commits.
    """
    if not questions or not store_lock(person_id):
        return
    cards = cards_from(reviews_of(person_id, frozenset(questions)))
    gone = sorted(set(questions) - cards.keys())
    write_all(_FORGET, [{"person_id": person_id, "question": each} for each in gone])
    put_all(ReviewCard.__table__, [{"person_id": person_id, **card._asdict()} for card in cards.values()])


def store_lock(person_id: int) -> bool:
    """Keep everybody else from storing cards of a person until this transaction ends; whether the person takes part.

    Asked after the wait, so that who joins meanwhile is seen.
    """
    read(_LOCK, {"person_id": person_id})
    return takes_part(person_id)


def store_all_cards(person_id: int) -> None:
    """Fold all cards of a person anew. Never commits."""
    store_no_cards(person_id)
    cards = cards_from(reviews_of(person_id))
    put_all(ReviewCard.__table__, [{"person_id": person_id, **card._asdict()} for card in cards.values()])


def store_no_cards(person_id: int) -> None:
    """Forget all cards of a person. Never commits."""
    write(_FORGET_ALL, {"person_id": person_id})


def rebuild_cards() -> int:
    """Fold the cards of every participant anew, each in a transaction of their own; how many people there were."""
    people = everybody_taking_part()
    for person_id in people:
        with writing():
            if store_lock(person_id):
                store_all_cards(person_id)
    return len(people)
