"""Where an entry that a merge puts into a file is written already, so that its comments and quotes come with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.content.editing import Edit, Insert, Origin, Path, Value, value_in
from app.content.matching import kind_of, name_of


def with_origins(edits: Sequence[Edit], files: Iterable[bytes]) -> list[Edit]:
    """The edits, each new entry with the first place in `files` where it is written."""
    if not any(isinstance(each, Insert) and isinstance(each.value, dict) for each in edits):
        return list(edits)
    known = [(data, list(_entries(value))) for data in dict.fromkeys(files) if (value := value_in(data)) is not None]
    return [replace(each, origin=_origin(each.value, known)) if isinstance(each, Insert) else each for each in edits]


def _origin(value: Value, known: Sequence[tuple[bytes, list[tuple[Path, Value]]]]) -> Origin | None:
    if not isinstance(value, dict):
        return None
    found = (Origin(data, path) for data, entries in known for path, entry in entries if _is_same(entry, value))
    return next(found, None)


def _is_same(entry: Value, value: Value) -> bool:
    """Whether both are one entry: an activity by its id, whatever changed in it; what else there is by all it says."""
    return entry == value or (bool(kind_of(value)) and name_of(entry) == name_of(value))


def _entries(value: Value, at: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Every entry of every list that is a map, with the way to it."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in children:
        if isinstance(value, list) and isinstance(each, dict):
            yield (*at, step), each
        yield from _entries(each, (*at, step))
