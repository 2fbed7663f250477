"""Activities that one side moved to another module are moved on the other sides too, before anything is merged.

So what the other side changed in them meanwhile is found where they are now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.content.editing import Value
from app.content.matching import kind_of, name_of

Name = tuple[str, str]  # the kind and id of an activity
Values = dict[str, Value]  # what each file says


class _Place(NamedTuple):
    path: str
    at: int


def move_along(base: Values, mine: Values, theirs: Values) -> set[str]:
    """Repeat the moves between files of each side on the two others, in place. Tells the files this changed."""
    places = [_places(each) for each in (base, mine, theirs)]
    touched: set[str] = set()
    for moving, still, others in ((1, 2, (base, theirs)), (2, 1, (base, mine))):
        mover = (base, mine, theirs)[moving]
        for name, place in places[0].items():
            now, other = places[moving].get(name), places[still].get(name)
            if now is None or other is None or now.path == place.path or other.path != place.path:
                continue
            if all(now.path in each for each in others):
                for each in others:
                    _move(each, name, mover, now)
                touched |= {place.path, now.path}
    return touched


def _places(values: Mapping[str, Value]) -> dict[Name, _Place]:
    return {
        named: _Place(path, at)
        for path, value in values.items()
        for at, entry in enumerate(_activities(value))
        if (named := name_of(entry)) is not None and kind_of(entry)
    }


def _activities(value: Value) -> list[Value]:
    found = value.get("activities") if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _move(values: Values, name: Name, mover: Mapping[str, Value], to: _Place) -> None:
    """Put an activity where the side that moved it has it: behind the neighbour it has there."""
    path, at = _places(values)[name]
    entry = _activities(values[path])[at]
    _put(values, path, [each for each in _activities(values[path]) if name_of(each) != name])
    entries = _activities(values[to.path])
    before = set(_names(_activities(mover[to.path])[: to.at]))
    behind = max((index for index, each in enumerate(entries) if name_of(each) in before), default=-1)
    _put(values, to.path, [*entries[: behind + 1], entry, *entries[behind + 1 :]])


def _names(entries: list[Value]) -> Iterator[Name | None]:
    return (name_of(each) for each in entries)


def _put(values: Values, path: str, entries: list[Value]) -> None:
    value = values[path]
    if isinstance(value, dict):
        values[path] = {**value, "activities": entries}
