"""One version of a course's files, and what its parts are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from app.content.differences.found import Asked
from app.content.editing import Value, value_in
from app.content.folders import COURSE_FILE
from app.content.matching import first_text, is_text, kind_of, name_of, texts_of
from app.texts.local import LocalText
from app.texts.markdown import plain

TITLE_LIMIT: Final = 90  # characters of a question's text where it is its title
BANK: Final = re.compile(r"bank/([^/]+)\.yaml")
_MODULE: Final = re.compile(r"[^/]+\.yaml")
SHARED: Final = frozenset({"competencies.yaml", "glossary.yaml"})


class Place(NamedTuple):
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
    def activities(self) -> Mapping[tuple[str, str], Place]:
        """The activities of the changed modules, by kind and id."""
        found: dict[tuple[str, str], Place] = {}
        for path in self.module_paths:
            for at, entry in enumerate(self.entries(path, "activities")):
                named = name_of(entry)
                if kind_of(entry) and named is not None and isinstance(entry, dict):
                    found.setdefault(named, Place(path, at, entry))
        return found

    @cached_property
    def module_paths(self) -> Sequence[str]:
        """The changed modules in the course's order, those it does not name last."""
        named = [f"{first_text(each)}.yaml" for each in self.entries(COURSE_FILE, "modules")]
        there = [path for path in sorted(self.files) if is_module(path)]
        return [path for path in dict.fromkeys((*named, *there)) if path in self.changed and path in self.files]


def is_module(path: str) -> bool:
    """Whether a path may be a module's."""
    return bool(_MODULE.fullmatch(path)) and path != COURSE_FILE and path not in SHARED


def titled(value: Value | None, otherwise: str) -> LocalText:
    """A title in the languages it is written in; `otherwise` where there is none."""
    texts = texts_of(value)
    if not texts:
        return LocalText.plain(otherwise)
    first = texts.get("id") or next(iter(texts.values()))
    return LocalText.plain(first) if isinstance(value, str) else LocalText(first, texts.get("en"))


def owner_of(entry: Value | None) -> str:
    """What an entry among questions is: a question, or "draw", "use", "section"."""
    return next((key for key in ("draw", "use", "section") if isinstance(entry, dict) and key in entry), "question")


def asked_of(value: Value | None, versions: Sequence[Version]) -> Asked:
    """An entry among questions, by its text; one of a bank by the text that the first version has there."""
    if not isinstance(value, dict):
        return Asked("", _cut(titled(value, "")))
    named = name_of(value)
    if "use" in value:
        used = first_text(value["use"])
        return Asked(used, _cut(titled(_banked(used, versions), used)))
    if "draw" in value:
        count, path = first_text(value["draw"]), f"bank/{first_text(value.get('from'))}.yaml"
        title = next((each for each in versions if each.value(path)), versions[0]).title(path)
        drawn = f'Ambil acak {count} soal dari bank "{title.id}"', f'{count} at random from "{title.in_("en")}"'
        return Asked("", LocalText(*drawn))
    text = next((value[key] for key in ("section", "text") if is_text(value.get(key))), None)
    return Asked(named[1] if named else "", _cut(titled(text, named[1] if named else "")))


def _banked(reference: str, versions: Sequence[Version]) -> Value | None:
    """The text of a question of one of the course's banks."""
    bank, _, name = reference.partition("/")
    for version in versions:
        for each in version.entries(f"bank/{bank}.yaml", "questions"):
            if isinstance(each, dict) and each.get("id") == name:
                return each.get("text")
    return None


def _cut(title: LocalText) -> LocalText:
    """A question's text as a title: one line, without markup."""
    texts = [plain(text) for text in (title.id, title.en or "")]
    id_, en = (each if len(each) <= TITLE_LIMIT else f"{each[: TITLE_LIMIT - 1]}…" for each in texts)
    return LocalText(id_, en if title.en is not None else None)
