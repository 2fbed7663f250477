"""The smallest edits that lead from one tree of values to another."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence

from app.content.editing.edits import Edit, Insert, Move, Put, Remove
from app.content.editing.values import Path, Value, identity


def edits_between(old: Value, new: Value, at: Path = ()) -> tuple[Edit, ...]:
    """Edits to be made one after the other. The order of keys that both have is never changed.

    Items of a list are the same where they carry the same name, else where they are equal; of the rest, those most
    alike are taken for changed ones.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        return tuple(_in_map(old, new, at))
    if isinstance(old, list) and isinstance(new, list):
        return tuple(_in_list(old, new, at))
    return () if type(old) is type(new) and old == new else (Put(at, new),)


def _in_map(old: dict[str, Value], new: dict[str, Value], at: Path) -> Iterator[Edit]:
    if at and old and new and not old.keys() & new.keys():
        yield Put(at, new)  # nothing stays
        return
    gone = [Remove((*at, key)) for key in old if key not in new]
    if len(gone) < len(old):
        yield from gone
    before: str | None = None
    for key, value in new.items():
        if key in old:
            yield from edits_between(old[key], value, (*at, key))
        else:
            yield Put((*at, key), value, after=before)
        before = key
    if len(gone) == len(old):
        yield from gone  # at last, so that the file is never without a key


def _in_list(old: list[Value], new: list[Value], at: Path) -> Iterator[Edit]:
    partner = _partners(old, new)  # position in new -> position in old
    kept = sorted(partner.values())
    for position in reversed(range(len(old))):
        if position not in partner.values():
            yield Remove((*at, position))
    yield from _moves([kept.index(partner[each]) for each in sorted(partner)], at)
    for position, value in enumerate(new):
        if position not in partner:
            yield Insert(at, position, value)
    for position in sorted(partner):
        yield from edits_between(old[partner[position]], new[position], (*at, position))


def _moves(wanted: list[int], at: Path) -> Iterator[Move]:
    """The fewest moves that put 0, 1, 2, … into the order `wanted`."""
    stay = _longest_rise(wanted)
    current = list(range(len(wanted)))
    for position, item in enumerate(wanted):
        if item in stay:
            continue
        start = current.index(item)
        current.pop(start)
        to = current.index(wanted[position - 1]) + 1 if position else 0
        current.insert(to, item)
        if start != to:
            yield Move(at, start, to)


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The members of a longest rising subsequence of distinct numbers."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    rise: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        rise.add(last)
        last = before[last]
    return rise


def _partners(old: list[Value], new: list[Value]) -> dict[int, int]:
    """Position in `new` -> position in `old` of what is the same item."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for position, value in enumerate(old):
        waiting[_key(value)].append(position)
    found: dict[int, int] = {}
    for position, value in enumerate(new):
        if waiting[_key(value)]:
            found[position] = waiting[_key(value)].popleft()
    taken = set(found.values())
    rest_old = [each for each in range(len(old)) if each not in taken and identity(old[each]) is None]
    rest_new = [each for each in range(len(new)) if each not in found and identity(new[each]) is None]
    for one, other in _aligned([old[each] for each in rest_old], [new[each] for each in rest_new]):
        found[rest_new[other]] = rest_old[one]
    return found


def _key(value: Value) -> Hashable:
    return identity(value) or _frozen(value)


def _frozen(value: Value) -> Hashable:
    if isinstance(value, dict):
        return "map", tuple((key, _frozen(each)) for key, each in value.items())
    if isinstance(value, list):
        return "list", tuple(map(_frozen, value))
    return value


def _aligned(old: list[Value], new: list[Value]) -> list[tuple[int, int]]:
    """Pairs of positions, both rising, whose items are together most alike."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    like = [[_likeness(one, other) for other in new] for one in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = like[i][j] + best[i + 1][j + 1] if like[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: Value, other: Value) -> float:
    """From 0 (never the same item) to 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        shared = [key for key in one if key in other]
        equal = sum(one[key] == other[key] for key in shared)
        return (0.1 + equal + 0.3 * (len(shared) - equal)) / (0.1 + len(one.keys() | other.keys())) if shared else 0.0
    return 0.1 if type(one) is type(other) else 0.0
