"""Begin a day's round, and answer a question of it."""

from __future__ import annotations

from datetime import datetime
from random import Random
from secrets import randbits

from app.db import insert_new, insert_unless_there, writing
from app.errors import N_, Refusal
from app.people.permissions import Scope
from app.questions.base import Fields, Outcome, Response
from app.repetition.models import PracticeAnswer, PracticeRound
from app.repetition.operations.cards import store_cards
from app.repetition.queries.askable import Askable
from app.repetition.queries.cards import shown_cards, takes_part
from app.repetition.queries.rounds import Item, get_round, round_of, stored_items
from app.repetition.rules.drawing import MOST, Today, due_cards


class NothingDue(Refusal):
    """There is nothing to practise today, or the person takes no part."""

    def __init__(self) -> None:
        super().__init__(N_("Hari ini belum ada soal yang perlu diulang."))


class NothingToCheck(Refusal):
    """Nothing was answered, or nothing that can be understood: `response` is what was typed, to be put right."""

    status = 422

    def __init__(self, response: Response | None) -> None:
        empty = N_("Belum ada jawaban yang dapat diperiksa. Jawab dahulu, lalu periksa.")
        unclear = N_("Jawaban ini tidak dapat dibaca. Betulkan dahulu, lalu periksa.")
        super().__init__(empty if response is None else unclear)
        self.response = response


def begin_round(person_id: int, asked: Askable, today: Today) -> int:
    """Today's round: the one that was begun, or a new one of the questions most likely forgotten. Raises NothingDue.

    Of two presses at once UNIQUE(person, day) lets one make the round, and both are led to it.
    """
    with writing():
        begun = round_of(person_id, today.day)
        if begun is not None:
            return begun.id
        due = due_cards(shown_cards(person_id, today.now), asked.practised, today) if takes_part(person_id) else []
        if not due:
            raise NothingDue
        chance = Random(randbits(62))  # noqa: S311 (an order of options, no secret)
        items = [_item(card.question, asked, chance) for card in due[:MOST]]
        row = {"person_id": person_id, "day": today.day, "started_at": today.now, "layout": stored_items(items)}
        made = insert_new(PracticeRound.__table__, row)
        return round_of(person_id, today.day).id if made is None else made


def answer_item(round_id: int, place: int, fields: Fields, *, within: Scope, now: datetime) -> bool:
    """Keep and mark the answer to one question, once; whether the question's answer is this one.

    The first counts: one that comes later, from a second tab or by the way back, changes nothing. Raises NotFound,
    NothingToCheck.
    """
    with writing():
        practised = get_round(round_id, within=within)
        item = practised.item(place)
        question = item.question
        response = question.read(fields, item.order)
        stored = None if response is None else response.model_dump(mode="json")
        if place in practised.answers:
            return stored == practised.answers[place].response
        grade = question.unanswered if response is None else question.grade(response)
        if response is None or grade.fraction is None or grade.outcome is Outcome.INVALID:
            raise NothingToCheck(response)
        row = {"round_id": round_id, "place": place, "question": item.address, "response": stored,
               "fraction": grade.fraction, "answered_at": now}  # fmt: skip
        if not insert_unless_there(PracticeAnswer.__table__, row):
            return get_round(round_id, within=within).answers[place].response == stored
        store_cards(practised.person_id, {item.address})
        return True


def _item(address: str, asked: Askable, chance: Random) -> Item:
    revision_id = asked.revision_of(address)
    item = Item(address, revision_id, ())
    order = item.question.order(chance if asked.practised[address].shuffles else None)
    return Item(address, revision_id, order)
