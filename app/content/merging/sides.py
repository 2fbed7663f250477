"""The entries of a list on three sides, each entry one token, whatever its place on each side."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from app.content.editing import Value
from app.content.editing.finding import fresh_id
from app.content.matching import headline, matched, name_of, telling

_BASE: Final = 0
_MINE: Final = 1
_THEIRS: Final = 2

Token: TypeAlias = tuple[int, int]  # which side an entry is known from, and its position there


class Sides:
    """Which entry of each side is which."""

    def __init__(self, base: list[Value], mine: list[Value], theirs: list[Value]) -> None:
        self.lists = (base, mine, theirs)
        self._tokens = (_tokens(base, mine, _MINE), _tokens(base, theirs, _THEIRS))  # by position on each side
        self._join_added()
        self.mine_order = [self._tokens[0][at] for at in range(len(mine))]
        self.theirs_order = [self._tokens[1][at] for at in range(len(theirs))]

    def _join_added(self) -> None:
        """What both sides added under one name, or with one text, is one entry."""
        mine, theirs = self._tokens
        waiting: dict[Hashable, list[int]] = {}
        for at, token in theirs.items():
            if token[0] == _THEIRS:
                waiting.setdefault(_told(self.lists[_THEIRS][at]), []).append(at)
        for at, token in list(mine.items()):
            told = _told(self.lists[_MINE][at])
            if token[0] == _MINE and told is not None and waiting.get(told):
                mine[at] = theirs[waiting[told].pop(0)]

    @cached_property
    def _at(self) -> tuple[dict[Token, int], ...]:
        """Each side's positions by token."""
        known = {(_BASE, at): at for at in range(len(self.lists[_BASE]))}
        return (known, *({token: at for at, token in side.items()} for side in self._tokens))

    def versions(self, token: Token) -> tuple[Value | None, Value | None, Value | None]:
        """An entry in base, mine and theirs; None where it is not there."""
        base, mine, theirs = (
            entries[at[token]] if token in at else None for entries, at in zip(self.lists, self._at, strict=True)
        )
        return base, mine, theirs

    def shown(self, token: Token) -> Value:
        """An entry as it is now: theirs, else mine, else as it was."""
        return next(each for each in reversed(self.versions(token)) if each is not None)

    def number(self, token: Token) -> int:
        """Its place from 1 on the side it is shown from."""
        return next(at[token] for at in reversed(self._at) if token in at) + 1

    def orders(self) -> tuple[list[Token], list[Token], list[Token]]:
        """The entries that all three have, in the order of each."""
        common = {each for each in self._at[_BASE] if each in self._at[_MINE] and each in self._at[_THEIRS]}
        mine, theirs = ([each for each in order if each in common] for order in (self.mine_order, self.theirs_order))
        return sorted(common), mine, theirs

    @property
    def names(self) -> set[str]:
        """Every name that an entry of any side has."""
        return {named[1] for entries in self.lists for each in entries if (named := name_of(each)) is not None}


def _tokens(base: list[Value], side: list[Value], which: int) -> dict[int, Token]:
    return {
        pair.new: (which, pair.new) if pair.old is None else (_BASE, pair.old)
        for pair in matched(base, side)
        if pair.new is not None
    }


def _told(entry: Value) -> Hashable | None:
    return name_of(entry) or telling(entry)


def woven(first: Sequence[Token], second: Sequence[Token]) -> list[Token]:
    """The tokens of both in the order of the first; what only the second has stands behind what it stands behind."""
    order, ours = list(first), set(second)
    behind = -1
    for token in second:
        if token in order:
            behind = order.index(token)
            continue
        behind += 1
        while behind < len(order) and order[behind] not in ours:
            behind += 1  # what the first added at the same place goes before
        order.insert(behind, token)
    return order


def renamed(entry: Value, taken: set[str]) -> Value:
    """An entry under another name, because its own is taken."""
    named = name_of(entry)
    if named is None or not isinstance(entry, dict):
        return entry
    return {**entry, named[0]: fresh_id(headline(entry) or named[1], taken)}
