"""Which entry of a list is which entry of another version of it: by its name, else by its text, else by its place.

This is what lets an edit be told, and merged, by question and option rather than by line or position.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, NamedTuple

from app.content.editing import Value
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES

ACTIVITY_KINDS: Final = ("lesson", "quiz", "task", "survey")
NAMING: Final = (*ACTIVITY_KINDS, "id", "use")  # keys whose value is an entry's name: it is that entry for ever
HEADLINE: Final = ("text", "section", "value", "unit", "title")  # keys of what an entry says by itself
_TELLING_KEYS: Final = (*HEADLINE, "from")  # whose value mostly tells entries apart


class Pair(NamedTuple):
    """An entry in two versions of a list, by its positions from 0. `old` None: it was added; `new` None: it went."""

    old: int | None
    new: int | None


def is_text(value: Value | None) -> bool:
    """Whether it is a text: plain, or a map of nothing but languages."""
    if isinstance(value, dict):
        return bool(value) and all(key in LANGUAGES and isinstance(each, str) for key, each in value.items())
    return isinstance(value, str)


def texts_of(value: Value | None) -> dict[str, str]:
    """A text by its languages; a plain one is Indonesian. Empty for what is no text."""
    if isinstance(value, str):
        return {DEFAULT_LANGUAGE: value}
    if isinstance(value, dict) and is_text(value):
        return {key: each for key, each in value.items() if isinstance(each, str)}
    return {}


def first_text(value: Value | None) -> str:
    """A text as most people read it: in Indonesian, else in the language there is; "" for what is no text."""
    found = texts_of(value)
    return found.get(DEFAULT_LANGUAGE) or next(iter(found.values()), "")


def headline(entry: Value) -> str:
    """What an entry of a list says by itself: its text, in Indonesian; "" where it has none."""
    if isinstance(entry, dict) and not is_text(entry):
        return next((first_text(entry[key]) for key in HEADLINE if is_text(entry.get(key))), "")
    return first_text(entry)


def kind_of(entry: Value) -> str | None:
    """lesson, quiz, task or survey; None of what is no activity."""
    return next((each for each in ACTIVITY_KINDS if each in entry), None) if isinstance(entry, dict) else None


def name_of(entry: Value) -> tuple[str, str] | None:
    """The key and name of an entry that has one."""
    if not isinstance(entry, dict):
        return None
    named = ((key, entry.get(key)) for key in NAMING)
    return next(((key, name) for key, name in named if isinstance(name, str)), None)


def matched(old: Sequence[Value], new: Sequence[Value]) -> tuple[Pair, ...]:
    """Every entry of both versions once: those of the new list in its order, then those that went."""
    partners: dict[int, int] = {}  # new -> old
    _join(old, new, partners, name_of)
    _join(old, new, partners, telling)
    _join_by_place(old, new, partners)
    gone = sorted(set(range(len(old))) - set(partners.values()))
    return (*(Pair(partners.get(index), index) for index in range(len(new))), *(Pair(index, None) for index in gone))


def moved(pairs: Iterable[Pair]) -> frozenset[int]:
    """Positions in the new list of the entries that changed their order: as few as explain it."""
    both = [(old, new) for old, new in pairs if old is not None and new is not None]
    both.sort(key=lambda pair: pair[1])
    stayed = _longest_rise([old for old, _ in both])
    return frozenset(new for index, (_, new) in enumerate(both) if index not in stayed)


def _join(
    old: Sequence[Value], new: Sequence[Value], partners: dict[int, int], told_by: Callable[[Value], Hashable | None]
) -> None:
    """Pair the entries still alone of which `told_by` says the same, in their order."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    taken = set(partners.values())
    for index, entry in enumerate(old):
        if index not in taken:
            waiting[told_by(entry)].append(index)
    for index, entry in enumerate(new):
        told = told_by(entry)
        if index not in partners and told is not None and waiting[told]:
            partners[index] = waiting[told].pop(0)


def telling(entry: Value) -> Hashable | None:
    """What tells an entry without a name from its neighbours: mostly its text. None: nothing does."""
    if isinstance(entry, str):
        return entry
    if is_text(entry):
        return first_text(entry)
    if not isinstance(entry, dict):
        return None
    if "draw" in entry:
        return ("draw", *(str(entry.get(key)) for key in ("from", "tags", "difficulty")))
    found = next((key for key in _TELLING_KEYS if is_text(entry.get(key))), None)
    return None if found is None else (found, first_text(entry[found]))


def _join_by_place(old: Sequence[Value], new: Sequence[Value], partners: dict[int, int]) -> None:
    """Pair what is left between the same two neighbours, in its order: an option whose text was reworded."""
    joined = {each: index for index, each in partners.items()}
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    behind = -1
    for index, entry in enumerate(old):
        if index in joined:
            behind = joined[index]
        else:
            waiting[behind, _sort(entry)].append(index)
    behind = -1
    for index, entry in enumerate(new):
        sort = _sort(entry)
        if index in partners:
            behind = index
        elif sort is not None and waiting[behind, sort]:
            partners[index] = waiting[behind, sort].pop(0)


def _sort(entry: Value) -> str | None:
    """What an entry without a name is; None of one whose name says that it is another."""
    named = name_of(entry)
    if named is not None:
        return "option" if named[0] == "id" and isinstance(entry, dict) and "type" not in entry else None
    if isinstance(entry, dict) and not is_text(entry):
        return next((key for key in ("draw", "section", "type") if key in entry), "option")
    return "list" if isinstance(entry, list) else "text"


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """The positions of a longest rising selection of different numbers."""
    ends: list[int] = []  # the smallest last number of a rise of each length
    at: list[int] = []  # its position
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else None)
        if length == len(ends):
            ends.append(number)
            at.append(index)
        else:
            ends[length], at[length] = number, index
    found = []
    step = at[-1] if at else None
    while step is not None:
        found.append(step)
        step = before[step]
    return frozenset(found)
