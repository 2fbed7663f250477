"""Three versions of a course's files -> one, and what a person must choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from app.content.editing import NotEditable, Value, edit_file, edits_between, value_in
from app.content.merging.lines import merged_lines
from app.content.merging.moving import move_along
from app.content.merging.origins import with_origins
from app.content.merging.values import THEIRS, Choice, Clash, Merging

WHOLE: Final = ()  # the place of a clash about a whole file

Files: TypeAlias = Mapping[str, bytes]
Key: TypeAlias = tuple[str, ...]  # the path of a file, then the place in it by names


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both sides changed. `key` names it as long as the three versions are the same.

    Of a whole file (`whole`) the versions are its text, or None where it is not there or no text.
    """

    path: str
    clash: Clash
    whole: bool = False

    @property
    def key(self) -> Key:
        """What a choice is kept under."""
        return (self.path, *self.clash.where)


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides in one. Where there are conflicts `files` hold theirs until `resolve` is told what to take."""

    files: dict[str, bytes]
    conflicts: tuple[Conflict, ...]
    base: Files
    mine: Files
    theirs: Files


def merge_files(base: Files, mine: Files, theirs: Files) -> Merged:
    """What leads from `base` to `mine` and what leads from it to `theirs`, both done."""
    return _Merge(base, mine, theirs, {}).merged()


def resolve(merged: Merged, choices: Mapping[Key, Choice]) -> dict[str, bytes]:
    """The files with what a person chose at the conflicts; one without a choice stays as theirs."""
    return _Merge(merged.base, merged.mine, merged.theirs, choices).merged().files


@dataclass(slots=True)
class _Merge:
    base: Files
    mine: Files
    theirs: Files
    choices: Mapping[Key, Choice]
    conflicts: list[Conflict] = field(default_factory=list)

    def merged(self) -> Merged:
        paths = sorted({*self.base, *self.mine, *self.theirs})
        values = [self._values(each) for each in (self.base, self.mine, self.theirs)]
        moved = move_along(values[0], values[1], values[2])
        files: dict[str, bytes] = {}
        for path in paths:
            versions = [each.get(path) for each in values]
            data = self._file(path, versions, forced=path in moved)
            if data is not None:
                files[path] = data
        return Merged(files, tuple(self.conflicts), self.base, self.mine, self.theirs)

    def _values(self, files: Files) -> dict[str, Value]:
        """What the files say that one side changed at all, as far as they can be read."""
        changed = [path for path in files if path.endswith(".yaml") and self._is_changed(path)]
        read = ((path, value_in(files[path])) for path in changed)
        return {path: value for path, value in read if value is not None}

    def _is_changed(self, path: str) -> bool:
        return not self.base.get(path) == self.mine.get(path) == self.theirs.get(path)

    def _file(self, path: str, values: list[Value | None], *, forced: bool) -> bytes | None:
        """One file; `forced` where an activity moved, so that even a side without changes is not the whole truth."""
        base, mine, theirs = (each.get(path) for each in (self.base, self.mine, self.theirs))
        if not forced:
            if mine == theirs or theirs == base:
                return mine
            if mine == base:
                return theirs
        was, one, other = values
        if one is None or other is None or theirs is None or (base is not None and was is None):
            return self._whole(path, base, mine, theirs)
        of_file = {key[1:]: choice for key, choice in self.choices.items() if key[0] == path}
        merging = Merging(of_file)
        value = merging.merged(was, one, other)
        try:
            data = _written(value, (base, mine, theirs), self._elsewhere(path))
        except NotEditable:
            return self._whole(path, base, mine, theirs)
        self.conflicts += [Conflict(path, clash) for clash in merging.clashes]
        return data

    def _elsewhere(self, path: str) -> Iterator[bytes]:
        """Files in which an entry that comes into the one at `path` may be written, those of my side first."""
        for files in (self.mine, self.theirs, self.base):
            yield from (files[each] for each in (path, *files) if each in files and self._is_changed(each))

    def _whole(self, path: str, base: bytes | None, mine: bytes | None, theirs: bytes | None) -> bytes | None:
        """A file that must be taken as it is on one side."""
        clash = Clash(WHOLE, _text(base), _text(mine), _text(theirs))
        self.conflicts.append(Conflict(path, clash, whole=True))
        return mine if self.choices.get((path,), THEIRS).pick == "mine" else theirs


def _written(
    value: Value | None, versions: tuple[bytes | None, bytes | None, bytes], elsewhere: Iterable[bytes]
) -> bytes:
    """The bytes that say `value`: both sides' lines where they fit together, else theirs with the fewest edits.

    An entry that comes into theirs is written as it is `elsewhere`. Raises NotEditable.
    """
    base, mine, theirs = versions
    together = merged_lines(base, mine, theirs) if base is not None and mine is not None else None
    if together is not None and value_in(together) == value:
        return together
    was = value_in(theirs)
    if was is None or value is None:
        return theirs
    return edit_file(theirs, with_origins(edits_between(was, value), elsewhere))


def _text(data: bytes | None) -> str | None:
    """A file as text; None where it is none."""
    try:
        return None if data is None else data.decode()
    except UnicodeDecodeError:
        return None
