"""Three versions of a value -> one: what only one side changed is taken, what both changed at one place is a clash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from app.content.editing import Value
from app.content.matching import first_text, headline, is_text, name_of, telling, texts_of
from app.content.merging.lines import merged_text
from app.content.merging.sides import Sides, Token, renamed, woven

Pick = Literal["mine", "theirs", "both", "own"]
ORDER: Final = "@order"  # the step of a clash about the order of a list
_NUMBER: Final = re.compile(r"-?[0-9.]+%?")


class Entry(NamedTuple):
    """A step into a list: the entry, and its place from 1."""

    value: Value
    number: int


Step: TypeAlias = str | Entry
Trail: TypeAlias = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person takes at a clash. `text` is their own, with the pick "own"."""

    pick: Pick
    text: str = ""


THEIRS: Final = Choice("theirs")


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both sides changed. A side that is None has nothing there any more, or had nothing."""

    trail: Trail
    base: Value | None
    mine: Value | None
    theirs: Value | None
    picks: tuple[Pick, ...] = ("mine", "theirs")

    @property
    def where(self) -> tuple[str, ...]:
        """Its place by names, the same however entries move."""
        return tuple(each if isinstance(each, str) else _named(each) for each in self.trail)


def _named(entry: Entry) -> str:
    named = name_of(entry.value)
    return f"{named[0]}={named[1]}" if named else f"{entry.number}. {telling(entry.value)}"


@dataclass(slots=True)
class Merging:
    """One merge of values. Where a clash has a choice (by its place) that is taken, else theirs stands."""

    choices: Mapping[tuple[str, ...], Choice] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)

    def merged(self, base: Value | None, mine: Value | None, theirs: Value | None, trail: Trail = ()) -> Value | None:
        """The value both sides lead to; None: nothing."""
        if mine == theirs or theirs == base:
            return mine
        if mine == base:
            return theirs
        if mine is None or theirs is None:
            return self._clashed(Clash(trail, base, mine, theirs))
        if is_text(mine) and is_text(theirs) and (base is None or is_text(base)):
            return self._texts(base, mine, theirs, trail)
        if isinstance(mine, dict) and isinstance(theirs, dict) and isinstance(base, dict | None):
            return self._maps(base or {}, mine, theirs, trail)
        if isinstance(mine, list) and isinstance(theirs, list) and isinstance(base, list | None):
            return self._lists(base or [], mine, theirs, trail)
        return self._clashed(Clash(trail, base, mine, theirs))

    # A text

    def _texts(self, base: Value | None, mine: Value, theirs: Value, trail: Trail) -> Value | None:
        """Each language by itself: one may correct the Indonesian while another translates it."""
        if isinstance(mine, str) and isinstance(theirs, str):
            earlier = base if isinstance(base, str) else None
            together = merged_text(earlier, mine, theirs)
            if together is not None:
                return together
            return self._clashed(Clash(trail, earlier, mine, theirs, ("mine", "theirs", "own")))
        was, one, other = texts_of(base), texts_of(mine), texts_of(theirs)
        found = {
            language: text
            for language in dict.fromkeys((*other, *one))
            if (text := self._language(was, one, other, (*trail, language))) is not None
        }
        return cast("Value", found)

    def _language(
        self, was: Mapping[str, str], one: Mapping[str, str], other: Mapping[str, str], trail: Trail
    ) -> Value | None:
        language = str(trail[-1])
        return self.merged(was.get(language), one.get(language), other.get(language), trail)

    # A map

    def _maps(
        self, base: dict[str, Value], mine: dict[str, Value], theirs: dict[str, Value], trail: Trail
    ) -> Value | None:
        if _became_another(base, mine, theirs):
            return self._clashed(Clash(trail, base, mine, theirs))
        found: dict[str, Value] = {}
        for key in _keys(mine, theirs):
            one, other = mine.get(key), theirs.get(key)
            below = (*trail, key)
            if key == "options" and _two_keys(base.get(key), one, other):
                value = self._clashed(Clash(below, base.get(key), one, other))
            else:
                value = self.merged(base.get(key), one, other, below)
            if value is not None:
                found[key] = value
        return found

    # A list

    def _lists(self, base: list[Value], mine: list[Value], theirs: list[Value], trail: Trail) -> Value | None:
        if not _apart(mine, theirs):
            return self._clashed(Clash(trail, base, mine, theirs))
        sides = Sides(base, mine, theirs)
        return [value for token in self._order(sides, trail) for value in self._entries(sides, token, trail)]

    def _entries(self, sides: Sides, token: Token, trail: Trail) -> Iterator[Value]:
        """What becomes of one entry: nothing, itself, or both where two were added under one name."""
        was, one, other = sides.versions(token)
        below = (*trail, Entry(sides.shown(token), sides.number(token)))
        if was is None and one is not None and other is not None and one != other and name_of(one) is not None:
            clash = Clash(below, None, one, other, ("mine", "theirs", "both"))
            value = self._clashed(clash)
            if self._choice(clash).pick == "both":
                yield other
                value = renamed(one, sides.names)
        else:
            value = self.merged(was, one, other, below)
        if value is not None:
            yield value

    def _order(self, sides: Sides, trail: Trail) -> list[Token]:
        """The entries in their order: as theirs unless only mine changed it."""
        old, mine, theirs = sides.orders()
        if mine in (theirs, old):
            return woven(sides.theirs_order, sides.mine_order)
        if theirs == old:
            return woven(sides.mine_order, sides.theirs_order)
        told: list[Value] = [[headline(sides.shown(token)) for token in order] for order in (old, mine, theirs)]
        clash = Clash((*trail, ORDER), told[0], told[1], told[2])
        self._clashed(clash)
        if self._choice(clash).pick == "mine":
            return woven(sides.mine_order, sides.theirs_order)
        return woven(sides.theirs_order, sides.mine_order)

    # Clashes

    def _choice(self, clash: Clash) -> Choice:
        choice = self.choices.get(clash.where, THEIRS)
        return choice if choice.pick in clash.picks else THEIRS

    def _clashed(self, clash: Clash) -> Value | None:
        """Note a clash; what was chosen there, or theirs."""
        self.clashes.append(clash)
        choice = self._choice(clash)
        if choice.pick == "own":
            return choice.text
        return clash.mine if choice.pick == "mine" else clash.theirs


def _became_another(base: Mapping[str, Value], mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> bool:
    """Whether one side made a question one of another kind, so that the other's changes do not fit it any more."""
    return bool(base) and not base.get("type") == mine.get("type") == theirs.get("type")


def _apart(mine: list[Value], theirs: list[Value]) -> bool:
    """Whether the entries of lists can be taken apart: the corners of an area, merged one by one, would be nothing."""
    entries = (*mine, *theirs)
    return not any(isinstance(each, list) or (isinstance(each, str) and _NUMBER.fullmatch(each)) for each in entries)


def _two_keys(base: Value | None, mine: Value | None, theirs: Value | None) -> bool:
    """Whether both sides changed which options are right, each in another way: together they could make two keys."""
    was, one, other = (_right(each) for each in (base, mine, theirs))
    return was != one and was != other and one != other


def _right(options: Value | None) -> tuple[tuple[str, str, str], ...]:
    """What the options of a question earn, each with its name."""
    entries = [each for each in options if isinstance(each, dict)] if isinstance(options, list) else []
    worth = ((first_text(each.get("correct")), first_text(each.get("weight")), each) for each in entries)
    return tuple((headline(each), correct, weight) for correct, weight, each in worth if correct == "true" or weight)


def _keys(mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> list[str]:
    """The keys of both, in theirs' order, mine behind those they stand behind."""
    found = list(theirs)
    before: str | None = None
    for key in mine:
        if key not in theirs:
            found.insert(found.index(before) + 1 if before is not None else 0, key)
        before = key
    return found
