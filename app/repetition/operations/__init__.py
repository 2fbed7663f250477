"""Changes of the daily practice: take part or leave, practise, and keep the cards that follow from answers."""

from app.repetition.operations.cards import rebuild_cards, store_cards
from app.repetition.operations.practising import NothingDue, NothingToCheck, answer_item, begin_round
from app.repetition.operations.taking_part import join, leave, store_participant

__all__ = [
    "NothingDue",
    "NothingToCheck",
    "answer_item",
    "begin_round",
    "join",
    "leave",
    "rebuild_cards",
    "store_cards",
    "store_participant",
]
