"""The list of a quiz as cards: what stands in each place, what a draw can take, and what a change of it writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.authoring.rules.holders import TEXT_ONLY, Holder, QuestionFact, fact_of, text_at
from app.authoring.rules.quiz_settings import local_part
from app.content.activities import DrawSlot
from app.content.banks import Pool
from app.content.editing import Value
from app.content.schema_values import DRAW_LIMIT
from app.content.slots import left_for

Pools = Mapping[str, Pool]


@dataclass(frozen=True, slots=True)
class Draw:
    """Places filled by chance, as written. `count` 0: not a number that can be drawn."""

    count: int
    bank: str
    tags: tuple[str, ...] = ()
    difficulty: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """What a draw finds. `total` questions are in the bank, `matching` fit, `left` of those are free at worst.

    Other draws before it, and questions that stand in the quiz anyway, take the rest.
    """

    total: int
    matching: int
    left: int


CardKind = Literal["question", "use", "draw", "section", "unknown"]


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in one place of the list. `first` and `last` are the numbers of its questions, 0 where it asks none.

    `fact` None with a use: the question is not there. `fit` None with a draw: the bank is not there.
    """

    at: int
    kind: CardKind
    first: int = 0
    last: int = 0
    fact: QuestionFact | None = None
    bank: Holder | None = None
    named: str = ""  # bank/question of a use, the heading of a section
    draw: Draw | None = None
    fit: Fit | None = None
    points: str = ""  # as written in the quiz
    text: str = ""  # below a heading
    title_en: str = ""
    text_en: str = ""


def cards_of(items: Sequence[Value], banks: Mapping[str, Holder], pools: Pools) -> tuple[Card, ...]:
    """The cards of a quiz's list, numbered as its questions are. `banks` by the names that a quiz writes."""
    fits = dict(draw_fits(items, pools))
    cards: list[Card] = []
    asked = 0
    for at, item in enumerate(items):
        card = _card(at, item, banks, fits.get(at))
        places = _places(card)
        if places:
            card = replace(card, first=asked + 1, last=asked + places)
        asked += places
        cards.append(card)
    return tuple(cards)


def _card(at: int, item: Value, banks: Mapping[str, Holder], fit: Fit | None) -> Card:
    if not isinstance(item, dict):
        return Card(at, "unknown")
    points = text_at(item, "points")
    fact = fact_of(item)
    if fact is not None:
        return Card(at, "question", fact=fact, points=points)
    if "use" in item:
        name, _, question = text_at(item, "use").partition("/")
        bank = banks.get(name)
        found = next((each for _, each in bank.questions if each.id == question), None) if bank else None
        return Card(at, "use", fact=found, bank=bank, named=text_at(item, "use"), points=points)
    if "section" in item:
        texts = {(key, part): local_part(item.get(key), part) for key in ("section", "text") for part in ("id", "en")}
        return Card(
            at, "section", named=texts["section", "id"], title_en=texts["section", "en"],
            text=texts["text", "id"], text_en=texts["text", "en"],
        )  # fmt: skip
    draw = draw_of(item)
    return Card(at, "draw", bank=banks.get(draw.bank), draw=draw, fit=fit, points=points)


def _places(card: Card) -> int:
    if card.kind == "draw":
        return card.draw.count if card.draw else 0
    return int(card.kind in ("question", "use") and (card.fact is None or card.fact.kind != TEXT_ONLY))


def draw_of(item: Mapping[str, Value]) -> Draw:
    """A draw as written."""
    tags = item.get("tags")
    typed = text_at(item, "draw")
    count = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0
    return Draw(
        count if count <= DRAW_LIMIT else 0,
        text_at(item, "from"),
        tuple(each for each in tags if isinstance(each, str)) if isinstance(tags, list) else (),
        text_at(item, "difficulty"),
    )


def draw_fits(items: Sequence[Value], pools: Pools) -> Iterator[tuple[int, Fit]]:
    """What each draw of a list finds, by its position, as the reader of quizzes counts it."""
    used = frozenset(text_at(item, "use") for item in items if isinstance(item, dict) and "use" in item)
    before: list[DrawSlot] = []
    for at, item in enumerate(items):
        if not isinstance(item, dict) or "draw" not in item or "type" in item:
            continue
        draw = draw_of(item)
        pool = pools.get(draw.bank)
        if pool is None:
            continue
        slot = DrawSlot(draw.count, pool.addresses(frozenset(draw.tags), draw.difficulty or None))
        yield at, Fit(len(pool.items), len(slot.addresses), left_for(slot, before, used))
        before.append(slot)


def short_draws(items: Sequence[Value], pools: Pools) -> frozenset[int]:
    """The positions of draws that want more than is left for them."""
    fits = dict(draw_fits(items, pools))
    counts = {at: draw_of(item).count for at, item in enumerate(items) if at in fits and isinstance(item, dict)}
    return frozenset(at for at, fit in fits.items() if fit.left < counts[at])
