"""Two versions of a course's files -> what changed, in the order of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final, NamedTuple, cast

from app.content.differences.fields import field_changes, parts_of
from app.content.differences.found import Asked, Change, Difference, FieldChange, Subject, SubjectKind
from app.content.editing import Value, value_in
from app.content.field_words import field_words
from app.content.folders import COURSE_FILE
from app.content.matching import first_text, is_text, kind_of, matched, moved, name_of, texts_of
from app.texts.local import LocalText
from app.texts.markdown import plain

TITLE_LIMIT: Final = 90  # characters of a question's text where it is its title
_BANK: Final = re.compile(r"bank/([^/]+)\.yaml")
_MODULE: Final = re.compile(r"[^/]+\.yaml")
_SHARED: Final = frozenset({"competencies.yaml", "glossary.yaml"})


class Places(NamedTuple):
    """Where an activity stands in one version."""

    path: str
    at: int
    value: Mapping[str, Value]


class Version:
    """One version of the files. Each is read once, and only where it is asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.changed: frozenset[str] = frozenset()  # what differs in the other version and can be read in both
        self._values: dict[str, Mapping[str, Value] | None] = {}

    def value(self, path: str) -> Mapping[str, Value] | None:
        """What a file says; None where it is not there or cannot be read."""
        if path not in self._values:
            found = value_in(self.files[path]) if path in self.files else None
            self._values[path] = found if isinstance(found, dict) else None
        return self._values[path]

    def entries(self, path: str, key: str) -> list[Value]:
        """The list under a key of a file; empty where there is none."""
        found = (self.value(path) or {}).get(key)
        return found if isinstance(found, list) else []

    def title(self, path: str) -> LocalText:
        """What a file is called: its title, else its name."""
        return titled((self.value(path) or {}).get("title"), PurePosixPath(path).stem)

    @cached_property
    def activities(self) -> Mapping[tuple[str, str], Places]:
        """The activities of the changed modules, by kind and id."""
        found: dict[tuple[str, str], Places] = {}
        for path in self.module_paths:
            for at, entry in enumerate(self.entries(path, "activities")):
                named = name_of(entry)
                if kind_of(entry) and named is not None and isinstance(entry, dict):
                    found.setdefault(named, Places(path, at, entry))
        return found

    @cached_property
    def module_paths(self) -> Sequence[str]:
        """The changed modules in the course's order, those it does not name last."""
        named = [f"{first_text(each)}.yaml" for each in self.entries(COURSE_FILE, "modules")]
        there = [path for path in sorted(self.files) if is_module(path)]
        return [path for path in dict.fromkeys((*named, *there)) if path in self.changed and path in self.files]


def is_module(path: str) -> bool:
    """Whether a path may be a module's."""
    return bool(_MODULE.fullmatch(path)) and path != COURSE_FILE and path not in _SHARED


def titled(value: Value | None, otherwise: str) -> LocalText:
    """A title in the languages it is written in; `otherwise` where there is none."""
    texts = texts_of(value)
    if not texts:
        return LocalText.plain(otherwise)
    first = texts.get("id") or next(iter(texts.values()))
    return LocalText.plain(first) if isinstance(value, str) else LocalText(first, texts.get("en"))


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
            bank = _BANK.fullmatch(path)
            if bank is not None:
                yield from self._bank(path, bank[1])
            elif path in _SHARED:
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

    def _moved(self, path: str, subject: Subject, earlier: Places) -> Difference:
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
            owner, asked = owner_of(value), self._asked(value)
            if earlier is None or later is None:
                change = Change.ADDED if earlier is None else Change.REMOVED
                parts = parts_of(value or {}, owner)
                yield Difference(path, subject, asked, FieldChange(change, (), None, None), parts)
                continue
            if now in shifted:
                yield Difference(path, subject, asked, FieldChange(Change.MOVED, (), None, None))
            for each in field_changes(earlier, later, owner):
                yield Difference(path, subject, asked, _kinded(each, owner))

    def _asked(self, value: Value | None) -> Asked:
        """A question by its text; one of a bank by the text it has there."""
        if not isinstance(value, dict):
            return Asked("", _cut(titled(value, "")))
        named = name_of(value)
        if "use" in value:
            used = first_text(value["use"])
            return Asked(used, _cut(titled(self._banked(used), used)))
        if "draw" in value:
            count, path = first_text(value["draw"]), f"bank/{first_text(value.get('from'))}.yaml"
            title = (self.new if self.new.value(path) else self.old).title(path)
            drawn = f'Ambil acak {count} soal dari bank "{title.id}"', f'{count} at random from "{title.in_("en")}"'
            return Asked("", LocalText(*drawn))
        text = next((value[key] for key in ("section", "text") if is_text(value.get(key))), None)
        return Asked(named[1] if named else "", _cut(titled(text, named[1] if named else "")))

    def _banked(self, reference: str) -> Value | None:
        """The text of a question of one of the course's banks."""
        bank, _, name = reference.partition("/")
        for version in (self.new, self.old):
            for each in version.entries(f"bank/{bank}.yaml", "questions"):
                if isinstance(each, dict) and each.get("id") == name:
                    return each.get("text")
        return None

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


def owner_of(entry: Value | None) -> str:
    """What an entry among questions is: a question, or "draw", "use", "section"."""
    return next((key for key in ("draw", "use", "section") if isinstance(entry, dict) and key in entry), "question")


def _named(field: FieldChange) -> FieldChange:
    """A new title is told as a new name."""
    whole = field.before is not None and field.after is not None
    return replace(field, change=Change.RENAMED) if whole and field.label == (field_words("title"),) else field


def _kinded(field: FieldChange, owner: str) -> FieldChange:
    """A question that became one of another kind."""
    kinded = owner == "question" and field.label == (field_words("type"),)
    return replace(field, change=Change.KIND) if kinded else field


def _cut(title: LocalText) -> LocalText:
    """A question's text as a title: one line, without markup."""
    texts = [plain(text) for text in (title.id, title.en or "")]
    id_, en = (each if len(each) <= TITLE_LIMIT else f"{each[: TITLE_LIMIT - 1]}…" for each in texts)
    return LocalText(id_, en if title.en is not None else None)


def _decoded(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace")
