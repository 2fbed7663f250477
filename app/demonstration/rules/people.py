"""Made-up participants: who they are, how much they know, and how far they go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final, TypeVar

from app.demonstration.rules.names import made_up_name, user_name_of
from app.demonstration.rules.places import Place
from app.people.rules.organisations import OrganisationKind

T = TypeVar("T")


class Way(StrEnum):
    """How a participant goes about it."""

    NEVER_CAME = "never_came"  # has an account and never signed in
    LOOKED_IN = "looked_in"  # signed in, and read a page or two
    STOPPED = "stopped"  # began well and has not been seen for weeks
    UNDER_WAY = "under_way"
    ONE_COURSE = "one_course"  # finished the first course
    FINISHED = "finished"  # finished every course


SHARES: Final[dict[Way, int]] = {
    Way.NEVER_CAME: 8,
    Way.LOOKED_IN: 9,
    Way.STOPPED: 15,
    Way.UNDER_WAY: 42,
    Way.ONE_COURSE: 12,
    Way.FINISHED: 14,
}
"""Of a hundred participants."""

KIND_SHARES: Final[dict[OrganisationKind, int]] = {
    OrganisationKind.VILLAGE: 48,
    OrganisationKind.SCHOOL: 30,
    OrganisationKind.READING_PARK: 14,
    OrganisationKind.OTHER: 8,
}

# What work teaches: village staff meet people all day, school staff have catalogued more. In logits, by area.
_TRADE: Final[dict[tuple[OrganisationKind, str], float]] = {
    (OrganisationKind.VILLAGE, "F2"): -0.4,
    (OrganisationKind.VILLAGE, "F3"): 0.3,
    (OrganisationKind.SCHOOL, "F2"): 0.5,
    (OrganisationKind.SCHOOL, "F7"): 0.2,
    (OrganisationKind.READING_PARK, "F2"): -0.7,
    (OrganisationKind.READING_PARK, "F3"): 0.5,
    (OrganisationKind.READING_PARK, "F7"): -0.5,
}


@dataclass(frozen=True, slots=True)
class MadeUpPerson:
    """One participant. `ability` in logits: 0 answers a question of medium difficulty right half of the time."""

    name: str
    user_name: str
    place: Place
    ability: float
    way: Way


def make_people(count: int, places: Sequence[Place], chance: Random) -> tuple[MadeUpPerson, ...]:
    """`count` participants in the given places, by SHARES and KIND_SHARES; user names are all different."""
    ways = _dealt(list(SHARES.items()), count, chance)
    kinds = _dealt(list(KIND_SHARES.items()), count, chance)
    by_kind = {kind: [place for place in places if place.kind is kind] for kind in KIND_SHARES}
    names = _names(count, chance)
    people = []
    for number, (name, way, kind) in enumerate(zip(names, ways, kinds, strict=True), start=1):
        ability = chance.gauss(-0.2, 1.0) + (0.7 if way is Way.FINISHED else 0.0)
        place = by_kind[kind][number % len(by_kind[kind])]
        people.append(MadeUpPerson(name, user_name_of(name, number), place, ability, way))
    return tuple(people)


def ability_in(person: MadeUpPerson, competency: str | None, chance: Random) -> float:
    """How much the person knows of one competency, in logits: general ability, the trade's share, and luck."""
    area = (competency or "").partition(".")[0]
    return person.ability + _TRADE.get((person.place.kind, area), 0.0) + chance.gauss(0.0, 0.5)


def _names(count: int, chance: Random) -> list[str]:
    """Different names as long as chance finds some; in a very large crowd they repeat, as real ones do."""
    found: dict[str, None] = {}
    for _ in range(count * 8):
        if len(found) == count:
            break
        found.setdefault(made_up_name(chance))
    names = list(found)
    return [names[index % len(names)] for index in range(count)]


def _dealt(shares: Sequence[tuple[T, int]], count: int, chance: Random) -> list[T]:
    """Each value as often as its share of a hundred says, rounded so that `count` come out, in chance's order."""
    total = sum(share for _, share in shares)
    dealt: list[T] = []
    reached = 0
    for value, share in shares:
        reached += share
        dealt += [value] * (round(count * reached / total) - len(dealt))
    chance.shuffle(dealt)
    return dealt
