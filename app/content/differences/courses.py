"""Two versions of a course's files -> what changed, in the order of the course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import cast

from app.content.differences.fields import field_changes, parts_of
from app.content.differences.found import Change, Difference, FieldChange, Subject, SubjectKind
from app.content.differences.versions import BANK, SHARED, Place, Version, asked_of, is_module, owner_of, titled
from app.content.editing import Value
from app.content.field_words import field_words
from app.content.folders import COURSE_FILE
from app.content.matching import first_text, matched, moved, name_of
from app.texts.local import LocalText


def differences(old_files: Mapping[str, bytes], new_files: Mapping[str, bytes]) -> tuple[Difference, ...]:
    """What changed from one version of a course's files to another, the course first, then its modules in order."""
    paths = {path for path in (*old_files, *new_files) if old_files.get(path) != new_files.get(path)}
    return tuple(_Course(Version(old_files), Version(new_files), paths).differences())


class _Course:
    """One comparison."""

    def __init__(self, old: Version, new: Version, paths: set[str]) -> None:
        self.old, self.new = old, new
        self.read = {path for path in paths if self._is_read(path)}
        self.unread = sorted(paths - self.read)
        old.changed = new.changed = frozenset(self.read)

    def _is_read(self, path: str) -> bool:
        """Whether every version of a file that there is can be read."""
        there = [each for each in (self.old, self.new) if path in each.files]
        return path.endswith(".yaml") and all(each.value(path) is not None for each in there)

    def differences(self) -> Iterator[Difference]:
        if COURSE_FILE in self.read:
            yield from self._head()
        yield from self._modules()
        yield from self._activities()
        for path in sorted(self.read):
            bank = BANK.fullmatch(path)
            if bank is not None:
                yield from self._bank(path, bank[1])
            elif path in SHARED:
                subject = Subject("file", path, LocalText.plain(path))
                yield from self._fields(path, subject, self.old.value(path), self.new.value(path))
        for path in self.unread:
            yield self._file(path)

    # The course and its modules

    def _head(self) -> Iterator[Difference]:
        old, new = self.old.value(COURSE_FILE), self.new.value(COURSE_FILE)
        subject = Subject("course", "", titled((new or old or {}).get("title"), ""))
        yield from self._fields(COURSE_FILE, subject, old, new, without=("modules",))

    def _modules(self) -> Iterator[Difference]:
        old, new = (each.entries(COURSE_FILE, "modules") for each in (self.old, self.new))
        pairs = matched(old, new)
        shifted = {f"{first_text(new[at])}.yaml" for at in moved(pairs)}
        listed = {f"{first_text(each)}.yaml" for each in new} - {f"{first_text(each)}.yaml" for each in old}
        unlisted = {f"{first_text(each)}.yaml" for each in old} - {f"{first_text(each)}.yaml" for each in new}
        for path in sorted({each for each in self.read if is_module(each)} | shifted | listed | unlisted):
            was, now = self.old.value(path), self.new.value(path)
            if was is None and now is None:
                continue
            subject = self._module(path)
            if now is None or path in unlisted:
                yield _whole(Change.REMOVED, path, subject)
            elif was is None or path in listed:
                yield _whole(Change.ADDED, path, subject)
            elif path in shifted:
                yield _whole(Change.MOVED, path, subject)
            if was is not None and now is not None:
                yield from self._fields(path, subject, was, now, without=("activities",))

    def _module(self, path: str) -> Subject:
        version = self.new if self.new.value(path) is not None else self.old
        return Subject("module", PurePosixPath(path).stem, version.title(path))

    # Activities

    def _activities(self) -> Iterator[Difference]:
        old, new = self.old.activities, self.new.activities
        shifted = self._shifted()
        for name, place in new.items():
            subject = Subject(cast("SubjectKind", name[0]), name[1], titled(place.value.get("title"), name[1]))
            if name not in old:
                value = dict(place.value)
                yield _whole(Change.ADDED, place.path, subject, parts_of(value, name[0], ("title", "questions")))
                continue
            earlier = old[name]
            if earlier.path != place.path or name in shifted:
                yield self._moved(place.path, subject, earlier)
            yield from self._fields(place.path, subject, earlier.value, place.value, ("questions",))
            yield from self._questions(place.path, subject, earlier.value, place.value)
        for name, earlier in old.items():
            if name not in new:
                subject = Subject(cast("SubjectKind", name[0]), name[1], titled(earlier.value.get("title"), name[1]))
                parts = parts_of(dict(earlier.value), name[0], ("title", "questions"))
                yield _whole(Change.REMOVED, earlier.path, subject, parts)
        for path in sorted(self.read):
            yield from self._nameless(path)

    def _shifted(self) -> set[tuple[str, str] | None]:
        """The activities that changed their order within their module."""
        found: set[tuple[str, str] | None] = set()
        for path in self.new.module_paths:
            entries = self.new.entries(path, "activities")
            pairs = matched(self.old.entries(path, "activities"), entries)
            found.update(name_of(entries[at]) for at in moved(pairs))
        return found

    def _moved(self, path: str, subject: Subject, earlier: Place) -> Difference:
        """An activity that changed its place, with the modules where it went to another."""
        if earlier.path == path:
            return _whole(Change.MOVED, path, subject)
        titles = (self.old.title(earlier.path).id, self.new.title(path).id)
        return Difference(path, subject, None, FieldChange(Change.MOVED, (), *titles))

    def _nameless(self, path: str) -> Iterator[Difference]:
        """What stands among the activities of a module and is none: only in a draft with faults."""
        old, new = (
            [entry for entry in each.entries(path, "activities") if name_of(entry) is None]
            for each in (self.old, self.new)
        )
        if is_module(path) and old != new:
            yield from self._fields(path, self._module(path), {"activities": old}, {"activities": new})

    # Questions

    def _bank(self, path: str, name: str) -> Iterator[Difference]:
        old, new = self.old.value(path), self.new.value(path)
        subject = Subject("bank", name, (self.new if new is not None else self.old).title(path))
        if old is None or new is None:
            yield _whole(Change.ADDED if old is None else Change.REMOVED, path, subject)
        else:
            yield from self._fields(path, subject, old, new, without=("questions",))
        yield from self._questions(path, subject, old or {}, new or {})

    def _questions(
        self, path: str, subject: Subject, old: Mapping[str, Value], new: Mapping[str, Value]
    ) -> Iterator[Difference]:
        before, after = (
            each if isinstance(each, list) else [] for each in (old.get("questions"), new.get("questions"))
        )
        pairs = matched(before, after)
        shifted = moved(pairs)
        for was, now in pairs:
            earlier, later = (None if was is None else before[was]), (None if now is None else after[now])
            value = later if later is not None else earlier
            owner, asked = owner_of(value), asked_of(value, (self.new, self.old))
            if earlier is None or later is None:
                change = Change.ADDED if earlier is None else Change.REMOVED
                parts = parts_of(value or {}, owner)
                yield Difference(path, subject, asked, FieldChange(change, (), None, None), parts)
                continue
            if now in shifted:
                yield Difference(path, subject, asked, FieldChange(Change.MOVED, (), None, None))
            for each in field_changes(earlier, later, owner):
                yield Difference(path, subject, asked, _kinded(each, owner))

    # Anything

    def _fields(
        self,
        path: str,
        subject: Subject,
        old: Mapping[str, Value] | None,
        new: Mapping[str, Value] | None,
        without: Sequence[str] = (),
    ) -> Iterator[Difference]:
        for each in field_changes(dict(old or {}), dict(new or {}), subject.kind, without):
            yield Difference(path, subject, None, _named(each))

    def _file(self, path: str) -> Difference:
        """A picture, or a file that cannot be read as what it should be."""
        old, new = self.old.files.get(path), self.new.files.get(path)
        change = Change.ADDED if old is None else Change.REMOVED if new is None else Change.CHANGED
        name = PurePosixPath(path).name
        if path.startswith("media/") or not path.endswith(".yaml"):
            return _whole(change, path, Subject("media", path, LocalText.plain(name)))
        lines = FieldChange(Change.LINES, (), _decoded(old), _decoded(new))
        return Difference(path, Subject("file", path, LocalText.plain(path)), None, lines)


def _whole(change: Change, path: str, subject: Subject, parts: tuple[FieldChange, ...] = ()) -> Difference:
    return Difference(path, subject, None, FieldChange(change, (), None, None), parts)


def _named(field: FieldChange) -> FieldChange:
    """A new title is told as a new name."""
    whole = field.before is not None and field.after is not None
    return replace(field, change=Change.RENAMED) if whole and field.label == (field_words("title"),) else field


def _kinded(field: FieldChange, owner: str) -> FieldChange:
    """A question that became one of another kind."""
    kinded = owner == "question" and field.label == (field_words("type"),)
    return replace(field, change=Change.KIND) if kinded else field


def _decoded(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace")
