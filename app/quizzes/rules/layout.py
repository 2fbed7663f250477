"""Which questions an attempt has, and in which order they and their options stand. Drawn once, then stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Any, Final, TypeAlias

from app.content.activities import DrawSlot, FixedSlot, Quiz
from app.content.course import Course

_Filled: TypeAlias = tuple[str, FixedSlot | DrawSlot]  # the address of a question, and the slot it fills
NEVER_USED: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """One slot of an attempt: the question's address, its options' order (positions -> indexes), and its points."""

    question: str
    order: tuple[int, ...]
    points: float
    section: int | None = None  # the heading it stands under, among the quiz's; None: it stands before the first


def layout(course: Course, quiz: Quiz, seed: int, uses: Mapping[str, int] = NEVER_USED) -> tuple[Place, ...]:
    """The slots of one attempt, slot 1 first. The same seed and uses give the same layout.

    `uses` counts, by address, this learner's earlier attempts at the quiz that held a question: drawn are the least
    used ones, chance deciding among equals, and no question twice. Draws from one bank share it: where the quiz asks
    for more than it holds, the attempt has fewer slots.
    """
    chance = Random(seed)  # noqa: S311 (an order of questions, no secret)
    drawn = _draw(quiz, chance, uses)
    slots = enumerate(quiz.slots)
    filled = [(address, slot) for number, slot in slots for address in _filling(slot, drawn.get(number, ()))]
    if quiz.settings.shuffle_questions:
        filled = _shuffled(filled, chance)
    options = chance if quiz.settings.shuffle_options else None
    return tuple(_place(course, address, slot, options) for address, slot in filled)


def times_used(layouts: Iterable[Sequence[Place]]) -> dict[str, int]:
    """How many of the layouts hold each question."""
    counts: dict[str, int] = {}
    for places in layouts:
        for address in {place.question for place in places}:
            counts[address] = counts.get(address, 0) + 1
    return counts


def stored_places(places: Iterable[Place]) -> list[dict[str, Any]]:
    """A layout as JSON."""
    return [
        {"question": each.question, "order": list(each.order), "points": each.points}
        | ({} if each.section is None else {"section": each.section})
        for each in places
    ]


def places_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Place, ...]:
    """A layout read back from JSON."""
    return tuple(Place(each["question"], tuple(each["order"]), each["points"], each.get("section")) for each in stored)


def first_of_section(places: Sequence[Place], slot: int) -> int | None:
    """The section that a slot (from 1) begins; None where it begins none."""
    section = places[slot - 1].section
    return None if slot > 1 and places[slot - 2].section == section else section


def _shuffled(filled: Sequence[_Filled], chance: Random) -> list[_Filled]:
    """The questions in another order, those of each section among themselves."""
    found: list[_Filled] = []
    for _, group in groupby(filled, key=lambda each: each[1].section):
        together = list(group)
        chance.shuffle(together)
        found += together
    return found


def _draw(quiz: Quiz, chance: Random, uses: Mapping[str, int]) -> dict[int, list[str]]:
    """Draw slots (by their index in the quiz) -> questions, in the order of their drawing.

    Questions are offered from the least used on; one is taken wherever a draw has room for it, others moving to another
    draw that may hold them where that makes room. So the least used ones are drawn however the draws overlap.
    (A greedy matching is optimal here: the sets of questions that can be drawn together form a transversal matroid;
    Edmonds and Fulkerson 1965.)
    """
    draws = {index: slot for index, slot in enumerate(quiz.slots) if isinstance(slot, DrawSlot)}
    fixed = {slot.address for slot in quiz.slots if not isinstance(slot, DrawSlot)}
    offered = [address for address in quiz.addresses if address not in fixed]
    chance.shuffle(offered)
    offered.sort(key=lambda address: uses.get(address, 0))
    drawn: dict[int, list[str]] = {index: [] for index in draws}
    wanted = sum(slot.count for slot in draws.values())
    for address in offered:
        if wanted == 0:
            break
        wanted -= _find_room(address, draws, drawn, set())
    return drawn


def _find_room(address: str, draws: Mapping[int, DrawSlot], drawn: dict[int, list[str]], tried: set[int]) -> bool:
    for index, slot in draws.items():
        if index in tried or address not in slot.addresses:
            continue
        tried.add(index)
        held = drawn[index]
        if len(held) < slot.count:
            held.append(address)
            return True
        for place, other in enumerate(held):
            if _find_room(other, draws, drawn, tried):
                held[place] = address
                return True
    return False


def _filling(slot: FixedSlot | DrawSlot, drawn: Sequence[str]) -> Sequence[str]:
    return drawn if isinstance(slot, DrawSlot) else (slot.address,)


def _place(course: Course, address: str, slot: FixedSlot | DrawSlot, chance: Random | None) -> Place:
    question = course.questions[address]
    points = question.points if slot.points is None else slot.points
    return Place(address, question.order(chance), points, slot.section)
