"""The four edits of a file, and what each makes of its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.content.editing.values import Path, Value, value_at
from app.content.nodes import Place
from app.errors import N_, Message, Refusal


@dataclass(frozen=True, slots=True)
class Put:
    """Replaces what is at `path`. A key that is not there yet is added to its map, behind key `after` (None: last)."""

    path: Path
    value: Value
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item of a list is written: the file, and the way to it."""

    data: bytes
    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """Into the list at `path`, so that `value` stands at position `at`. A list that is not there yet is made.

    `origin`: where it is written already, perhaps with other texts. Its lines are taken over as they stand there, with
    their comments and quotes, where that says `value` here too.
    """

    path: Path
    at: int
    value: Value
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """A key of a map or an item of a list, with the comment lines that belong to it."""

    path: Path


@dataclass(frozen=True, slots=True)
class Move:
    """Within the list at `path`: what stands at `start` stands at `to` afterwards."""

    path: Path
    start: int
    to: int


Edit: TypeAlias = Put | Insert | Remove | Move


class NotEditable(Refusal):
    """A file cannot be edited safely at this place: a person must look at it on its YAML side."""

    def __init__(self, place: Place, message: Message) -> None:
        super().__init__(message)
        self.place = place


def gone() -> NotEditable:
    """Nothing stands where an edit points."""
    return NotEditable(Place(1, 1, 0), N_("Bagian yang hendak diubah tidak ada lagi di file ini."))


def applied(value: Value, edit: Edit) -> Value:
    """The tree after one edit; `value` itself stays as it is. Raises NotEditable where the edit points nowhere."""
    match edit:
        case Put(path, new, after):
            return _put(value, path, new, after)
        case Insert(path, at, new, _):
            items = value_at(value, path)
            if items is None and at == 0:
                return _put(value, path, [new], None)
            return _put(value, path, _inserted(items, at, new), None)
        case Move(path, start, to):
            return _put(value, path, _moved(value_at(value, path), start, to), None)
        case Remove(path):
            return _removed(value, path)


def _put(value: Value, path: Path, new: Value, after: str | None) -> Value:
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(step, str) and (step in value or not rest):
        if step in value:
            return {key: _put(each, rest, new, after) if key == step else each for key, each in value.items()}
        return _added(value, step, new, after)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return [_put(each, rest, new, after) if at == step else each for at, each in enumerate(value)]
    raise gone()


def _added(value: dict[str, Value], key: str, new: Value, after: str | None) -> Value:
    keys = list(value)
    keys.insert(keys.index(after) + 1 if after in value else len(keys), key)
    return {each: new if each == key else value[each] for each in keys}


def _inserted(items: Value | None, at: int, new: Value) -> Value:
    if not isinstance(items, list) or not 0 <= at <= len(items):
        raise gone()
    return [*items[:at], new, *items[at:]]


def _moved(items: Value | None, start: int, to: int) -> Value:
    if not isinstance(items, list) or not (0 <= start < len(items) and 0 <= to < len(items)):
        raise gone()
    rest = [*items[:start], *items[start + 1 :]]
    return [*rest[:to], items[start], *rest[to:]]


def _removed(value: Value, path: Path) -> Value:
    if not path:
        raise gone()
    holder, step = value_at(value, path[:-1]), path[-1]
    if isinstance(holder, dict) and isinstance(step, str) and step in holder:
        return _put(value, path[:-1], {key: each for key, each in holder.items() if key != step}, None)
    if isinstance(holder, list) and isinstance(step, int) and 0 <= step < len(holder):
        return _put(value, path[:-1], [*holder[:step], *holder[step + 1 :]], None)
    raise gone()
