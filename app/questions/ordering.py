"""Ordering: several items to be put in their right order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import factorial
from random import Random
from typing import Final, Literal, Self

from app.questions.arrangement import arranged
from app.questions.base import GAVE_UP, INVALID, Fields, Flaw, Grade, Outcome, Part, Question, Response, is_blank
from app.questions.carrying import nameless, one_to_one
from app.questions.naming import indexes_by_form, part_named, twice
from app.questions.natural import is_stored, scalar_text
from app.questions.options import CHOICE_LIMIT, Choice
from app.questions.runs import expected_longest, longest_run
from app.texts.local import DEFAULT_LANGUAGE, Language, LocalText
from app.texts.markdown import plain

LEAST: Final = 3  # of two items, the order that is not shown would always be the right one

Scoring = Literal["next", "position", "longest", "all-or-nothing"]
Places = tuple[int | None, ...]


class OrderingResponse(Response):
    """The place given to each item (1 is the first), in the order of the question; None where none was given.

    A text where something else was sent; behind the last item, what was said of items that the question lacks.
    """

    places: tuple[Choice | None, ...]


class Ordering(Question[OrderingResponse]):
    """The n items are written in their right order and shown in another. `scoring`:

    next (default): the share of the n - 1 right neighbours, each item directly before the next. One item out of its
      place costs three of them at most, and pure guessing earns only 1/n;
    position: the share of the items at their own place. One item moved from the first place to the last costs all;
    longest: the longest run of items in the right order, others between them or not, over n; a run of one earns
      nothing. The kindest: guessing earns more than half of four or five items;
    all-or-nothing: 1 where every item is at its own place.

    Every item has a place of its own in a list, so one place may be given twice and others to none. It is kept as
    given: an item that shares its place is no neighbour of anything, a run holds at most one of those sharing, and the
    one that belongs at the place is at its own. An item without a place earns nothing.
    """

    response_model = OrderingResponse

    type: Literal["ordering"] = "ordering"
    items: tuple[LocalText, ...]
    scoring: Scoring = "next"

    def faults(self) -> Iterator[Flaw]:
        if len(self.items) < LEAST:
            yield Flaw(("items",), "few_items", {"count": len(self.items), "least": LEAST})
        for index, text in twice(self.items):
            yield Flaw(("items", index), "item_twice", {"text": text})

    def order(self, chance: Random | None) -> tuple[int, ...]:
        """Never the right order, whatever the quiz says about shuffling: as written would tell the key."""
        drawn = arranged(self.items, chance)
        return (*drawn[1:], *drawn[:1]) if drawn == tuple(range(len(self.items))) else drawn

    def read(self, fields: Fields, order: Sequence[int]) -> OrderingResponse | None:
        """The field `place-<position of the item>` holds the place given to it, from 1."""
        places: list[Choice | None] = [None] * len(self.items)
        for position, index in enumerate(order):
            places[index] = _place([value for value in fields.get(f"place-{position}", ()) if value], len(order))
        return _response(places)

    # Grading

    def _understood(self, response: OrderingResponse) -> Places | None:
        """The places of all items; None where one of them cannot be understood."""
        given = [*response.places, *[None] * len(self.items)]
        places = [place for place in given[: len(self.items)] if not isinstance(place, str)]
        outside = any(place is not None and not 1 <= place <= len(self.items) for place in places)
        beyond = any(place is not None for place in given[len(self.items) :])
        return None if outside or beyond or len(places) < len(self.items) else tuple(places)

    def grade(self, response: OrderingResponse) -> Grade:
        places = self._understood(response)
        if places is None:
            return INVALID
        return GAVE_UP if all(place is None for place in places) else Grade.of(self._worth(places))

    def _worth(self, places: Places) -> float:
        own = _at_their_own(places)
        if self.scoring == "all-or-nothing" or len(places) == 1:
            return 1.0 if all(own) else 0.0
        if self.scoring == "position":
            return sum(own) / len(own)
        if self.scoring == "next":
            links = _links(places)
            return sum(links) / len(links)
        return len(longest_run(places)) / len(places)

    def parts(self, response: OrderingResponse) -> tuple[Part, ...]:
        """The items where each earns by its place, the neighbours where these do; else only the whole counts."""
        places = self._understood(response)
        if places is None or self.scoring not in ("position", "next"):
            return ()
        held = _at_their_own(places) if self.scoring == "position" else _links(places)
        return tuple(Part(1.0, 1.0 if right else 0.0) for right in held)

    def without_wrong(self, response: OrderingResponse) -> OrderingResponse | None:
        """All of it: where an item stands has no meaning without the others."""
        return response

    def carried(self, response: OrderingResponse, earlier: Self) -> OrderingResponse:
        """The items must be the same, whatever order is right now."""
        items = one_to_one(nameless(earlier.items), nameless(self.items))
        places: list[Choice | None] = [None] * len(items)
        for index, place in enumerate(response.places[: len(items)]):
            places[items[index]] = place
        return OrderingResponse(places=(*places, *response.places[len(items) :]))

    def verdict(self, response: OrderingResponse, index: int) -> Outcome:
        """How one item came out, in the sense of the scoring: at its place, among its neighbours, or in the run."""
        places = self._understood(response)
        given = response.places[index] if index < len(response.places) else None
        if given is None:
            return Outcome.GAVE_UP
        if places is None:
            understood = isinstance(given, int) and 1 <= given <= len(self.items)
            return Outcome.WRONG if understood else Outcome.INVALID
        return _verdict(self._held(places, index))

    def _held(self, places: Places, index: int) -> tuple[bool, ...]:
        """What speaks for an item; for `next`, whether each of its neighbours is right."""
        match self.scoring:
            case "next":
                return _links(places)[max(0, index - 1) : index + 1]
            case "longest":
                return (index in longest_run(places),)
            case _:
                return (_at_their_own(places)[index],)

    def guess_score(self) -> float | None:
        """The mean over all n! orders: 1/n of the places, and of the neighbours, are right by chance."""
        count = len(self.items)
        match self.scoring:
            case "all-or-nothing":
                return 1 / factorial(count) if count else None
            case "longest":
                return expected_longest(count)
            case _:
                return 1 / count if count else None

    # Telling

    def as_placed(self, response: OrderingResponse) -> tuple[int, ...]:
        """The items that were given a place, in the order of these places; those that cannot be understood last."""
        given = [(place, index) for index, place in enumerate(response.places[: len(self.items)]) if place is not None]
        return tuple(index for _, index in sorted(given, key=lambda each: (isinstance(each[0], str), each)))

    def response_summary(self, response: OrderingResponse, language: str) -> str:
        return "; ".join(
            f"{response.places[index]}. {plain(self.items[index].in_(language))}" for index in self.as_placed(response)
        )

    def right_answer_summary(self, language: str) -> str:
        places = tuple(range(1, len(self.items) + 1))
        return self.response_summary(OrderingResponse(places=places), language)

    def paper_key(self, order: Sequence[int], language: str) -> str:
        """The numbers for the boxes, from the upper one down, each with its item."""
        return "; ".join(f"{index + 1}. {plain(self.items[index].in_(language))}" for index in order)

    # JSON from outside

    def response_from_json(self, value: object, language: Language = DEFAULT_LANGUAGE) -> OrderingResponse | None:
        """Also a list of the items' texts, first to last (null: nothing at that place), or a map {item: place}."""
        if is_blank(value) or is_stored(value, "places"):
            return super().response_from_json(value, language)
        if isinstance(value, Mapping):
            return self._placed([(str(name), place) for name, place in value.items()])
        if isinstance(value, list):
            return self._placed([(name, place) for place, name in enumerate(value, 1) if not is_blank(name)])
        raise ValueError("a list of items or a map {item: place} is expected")

    def _placed(self, said: Sequence[tuple[object, object]]) -> OrderingResponse | None:
        """The places by item; behind them the names of items that the question lacks, or that were named before."""
        indexes = indexes_by_form(self.items)
        picked: dict[int, Choice | None] = {}
        beyond: list[Choice] = []
        for name, place in said:
            index = part_named(name, indexes)
            if isinstance(index, str) or index in picked:
                beyond.append(scalar_text(name, "en")[:CHOICE_LIMIT])
            else:
                picked[index] = None if is_blank(place) else _place([scalar_text(place, "en")], len(self.items))
        return _response([*(picked.get(index) for index in range(len(self.items))), *beyond])


def _place(values: Sequence[str], count: int) -> Choice | None:
    """A place from 1 to `count`; anything else as typed, None where nothing was."""
    if not values:
        return None
    typed = ", ".join(values).replace("\x00", "")[:CHOICE_LIMIT]
    known = typed.isascii() and typed.isdigit() and len(typed) <= 3 and 1 <= int(typed) <= count
    return int(typed) if known else typed


def _response(places: Sequence[Choice | None]) -> OrderingResponse | None:
    return None if all(place is None for place in places) else OrderingResponse(places=tuple(places))


def _at_their_own(places: Places) -> tuple[bool, ...]:
    return tuple(place == own for own, place in enumerate(places, 1))


def _links(places: Places) -> tuple[bool, ...]:
    """For each item but the last: is the next one directly behind it, both alone at their places?"""
    held = Counter(places)
    return tuple(
        here is not None and there == here + 1 and held[here] == held[there] == 1 for here, there in pairwise(places)
    )


def _verdict(held: Sequence[bool]) -> Outcome:
    if all(held):
        return Outcome.RIGHT
    return Outcome.PARTIAL if any(held) else Outcome.WRONG
