"""Where an activity, a question, a module or a bank is written: in which file, and where in it.

Found among values, never among compiled models, so that what has faults is found too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.content.banks import BANK_PATTERN
from app.content.editing.files import value_in
from app.content.editing.values import Path, Value
from app.content.folders import COURSE_FILE
from app.texts.scalars import SLUG_LIMIT, SLUG_PATTERN

ACTIVITIES: Final = ("lesson", "quiz", "task", "survey")
_MODULE: Final = re.compile(rf"{SLUG_PATTERN.strip('^$')}\.yaml")
_WORDS_OF_ID: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Which file, where in it, and what is written there."""

    path: str
    at: Path
    value: dict[str, Value]


@dataclass(frozen=True, slots=True)
class FoundActivity:
    """An activity where it is written. `kind`: lesson, quiz, task or survey."""

    kind: str
    id: str
    found: Found


@dataclass(frozen=True, slots=True)
class FoundModule:
    """A module in its place in the course. `found` None: its file cannot be read, or is not there."""

    name: str
    found: Found | None
    activities: tuple[FoundActivity, ...]


def activities_in(files: Mapping[str, bytes]) -> list[FoundModule]:
    """The modules in the order of course.yaml with their activities; those it does not name are left out.

    Where course.yaml cannot be read: all files that could be modules, by name.
    """
    return [_module(files, name) for name in module_names(files)]


def module_names(files: Mapping[str, bytes]) -> list[str]:
    """The names of the modules (their files without `.yaml`) in the order of course.yaml, each once."""
    course = value_in(files[COURSE_FILE]) if COURSE_FILE in files else None
    listed = course.get("modules") if isinstance(course, dict) else None
    if isinstance(listed, list):
        return list(dict.fromkeys(each for each in listed if isinstance(each, str)))
    return sorted(each.removesuffix(".yaml") for each in files if _MODULE.fullmatch(each) and each != COURSE_FILE)


def bank_names(files: Mapping[str, bytes]) -> list[str]:
    """The names of the banks of a course (or of the shared files), by name."""
    return sorted(each[len("bank/") : -len(".yaml")] for each in files if re.fullmatch(BANK_PATTERN, each))


def find_activity(files: Mapping[str, bytes], activity_id: str) -> Found | None:
    """Where a lesson, quiz, task or survey is written."""
    found = (each for module in activities_in(files) for each in module.activities if each.id == activity_id)
    return next((each.found for each in found), None)


def find_question(files: Mapping[str, bytes], holder: str, question_id: str) -> Found | None:
    """Where a question is written. `holder`: the id of a quiz or survey, or `bank/<name>`."""
    home = find_bank(files, holder[len("bank/") :]) if holder.startswith("bank/") else find_activity(files, holder)
    if home is None:
        return None
    for position, value in enumerate(_list(home.value, "questions")):
        if isinstance(value, dict) and value.get("id") == question_id:
            return Found(home.path, (*home.at, "questions", position), value)
    return None


def find_module(files: Mapping[str, bytes], name: str) -> Found | None:
    """The whole file of a module."""
    return _whole(files, f"{name}.yaml") if name != COURSE_FILE.removesuffix(".yaml") else None


def find_bank(files: Mapping[str, bytes], name: str) -> Found | None:
    """The whole file of a bank."""
    return _whole(files, f"bank/{name}.yaml")


def fresh_id(title: str, taken: Collection[str]) -> str:
    """An id made of a title or a question's text: kebab-case, of its first words, and not among `taken`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", plain)[:_WORDS_OF_ID]
    while len(words) > 1 and len("-".join(words)) > SLUG_LIMIT // 2:
        words.pop()
    name = "-".join(words)[: SLUG_LIMIT // 2].strip("-") or "butir"
    number = 2
    fresh = name
    while fresh in taken:
        fresh = f"{name}-{number}"
        number += 1
    return fresh


def _module(files: Mapping[str, bytes], name: str) -> FoundModule:
    found = find_module(files, name)
    return FoundModule(name, found, tuple(activities_of(found.path, found.value)) if found is not None else ())


def activities_of(path: str, module: Mapping[str, Value]) -> Iterator[FoundActivity]:
    """The activities of a module's file, in order."""
    for position, value in enumerate(_list(module, "activities")):
        if not isinstance(value, dict):
            continue
        for kind in ACTIVITIES:
            name = value.get(kind)
            if isinstance(name, str):
                yield FoundActivity(kind, name, Found(path, ("activities", position), value))
                break


def _whole(files: Mapping[str, bytes], path: str) -> Found | None:
    value = value_in(files[path]) if path in files else None
    return Found(path, (), value) if isinstance(value, dict) else None


def _list(value: Mapping[str, Value], key: str) -> list[Value]:
    found = value.get(key)
    return found if isinstance(found, list) else []
