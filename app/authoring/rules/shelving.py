"""Changes of the outline: each tells which files become what. Texts and comments that it does not concern stay.

All raise NotFound where what they name is not there, and NotEditable where a file must be looked at on its YAML side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.content.editing import Edit, Insert, Move, Origin, Path, Put, Remove, Value, edit_file, new_file
from app.content.editing.finding import (
    FoundActivity,
    FoundModule,
    activities_in,
    bank_names,
    find_module,
    fresh_id,
    module_names,
)
from app.content.folders import COURSE_FILE
from app.errors import N_, NotFound, Refusal
from app.texts.local import DEFAULT_LANGUAGE

Files = Mapping[str, bytes]
Changed = Mapping[str, bytes | None]  # by path; None: the file goes
Kind = Literal["lesson", "quiz", "task", "survey"]

TITLE_LIMIT: Final = 200  # letters
_NUMBERED: Final = re.compile(r"(\d+)-")
_NEW: Final[Mapping[str, Mapping[str, Value]]] = {
    "lesson": {"minutes": "5", "body": ""},
    "quiz": {"preset": "practice", "questions": []},
    "task": {"body": "", "accept": {"text": "true"}},
    "survey": {"anonymous": "true", "questions": []},
}
"""What a new activity has beside its id and title; the rest is written in its editor."""


class NoTitle(Refusal):
    """Something was to be added or renamed without saying how it is called."""

    def __init__(self) -> None:
        super().__init__(N_("Tulis judulnya dahulu, paling banyak %(limit)s huruf.", limit=TITLE_LIMIT))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place among the activities of a module; `at` counts from 0 in the list without what is put there."""

    module: str
    at: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What a button of the outline asks for; `title`, `module` and `at` where the button needs them."""

    do: str
    title: str = ""
    module: str = ""
    at: int = 0


def changed_activity(files: Files, activity_id: str, wish: Wish) -> Changed:
    """What a wish about an activity comes to. Raises NotFound for one that no button has."""
    match wish.do:
        case "up" | "down":
            return place_activity(files, activity_id, spot_beside(files, activity_id, -1 if wish.do == "up" else 1))
        case "place":
            return place_activity(files, activity_id, Spot(wish.module, wish.at))
        case "rename":
            return rename_activity(files, activity_id, wish.title)
        case "hide" | "show":
            return hide_activity(files, activity_id, hidden=wish.do == "hide")
        case "remove":
            return remove_activity(files, activity_id)
    raise NotFound


def changed_module(files: Files, name: str, wish: Wish) -> Changed:
    """What a wish about a module comes to. Raises NotFound for one that no button has."""
    match wish.do:
        case "up" | "down":
            return move_module(files, name, -1 if wish.do == "up" else 1)
        case "place":
            return place_module(files, name, wish.at)
        case "rename":
            return rename_module(files, name, wish.title)
        case "remove":
            return remove_module(files, name)
    raise NotFound


# Activities


def add_activity(files: Files, module: str, kind: Kind, title: str) -> tuple[Changed, str]:
    """A new, empty activity at the end of a module; also its id."""
    modules = activities_in(files)
    taken = {*bank_names(files), *(each.id for held in modules for each in held.activities)}
    name = fresh_id(checked(title), taken)
    value: Value = {kind: name, "title": title.strip(), **_NEW[kind]}
    end = Insert(("activities",), _length(_get_module(modules, module)), value)
    return _edited(files, f"{module}.yaml", [end]), name


def rename_activity(files: Files, activity_id: str, title: str) -> Changed:
    """Another title; its English one stays."""
    _, activity = get_activity(files, activity_id)
    found = activity.found
    return _edited(files, found.path, [_titled(found.at, found.value, checked(title), activity.kind)])


def hide_activity(files: Files, activity_id: str, *, hidden: bool) -> Changed:
    """Keep an activity from learners, or show it to them again."""
    found = get_activity(files, activity_id)[1].found
    if not hidden:
        return _edited(files, found.path, [Remove((*found.at, "hidden"))] if "hidden" in found.value else [])
    after = "title" if "title" in found.value else None
    return _edited(files, found.path, [Put((*found.at, "hidden"), "true", after=after)])


def remove_activity(files: Files, activity_id: str) -> Changed:
    """Without the activity."""
    found = get_activity(files, activity_id)[1].found
    return _edited(files, found.path, [Remove(found.at)])


def place_activity(files: Files, activity_id: str, spot: Spot) -> Changed:
    """The activity at another place, of its module or another, as it is written; a place past the end is the end."""
    module, activity = get_activity(files, activity_id)
    found, start = activity.found, _position(activity)
    held = _length(_get_module(activities_in(files), spot.module))
    if spot.module != module.name:
        as_written = Origin(files[found.path], found.at)
        there = Insert(("activities",), min(max(spot.at, 0), held), found.value, as_written)
        taken = _edited(files, found.path, [Remove(found.at)])
        return {**taken, **_edited(files, f"{spot.module}.yaml", [there])}
    to = min(max(spot.at, 0), held - 1)
    return _edited(files, found.path, [Move(("activities",), start, to)] if to != start else [])


def spot_beside(files: Files, activity_id: str, step: int) -> Spot:
    """The place one further up (step -1) or down (+1); past its module's ends in the module before or after."""
    module, activity = get_activity(files, activity_id)
    modules = activities_in(files)
    at = _position(activity) + step
    beside = [each.name for each in modules].index(module.name) + step
    if 0 <= at < _length(module) or not 0 <= beside < len(modules):
        return Spot(module.name, at)
    return Spot(modules[beside].name, _length(modules[beside]) if step < 0 else 0)


def get_activity(files: Files, activity_id: str) -> tuple[FoundModule, FoundActivity]:
    """An activity and the module it stands in. Raises NotFound."""
    found = ((module, each) for module in activities_in(files) for each in module.activities if each.id == activity_id)
    first = next(found, None)
    if first is None:
        raise NotFound
    return first


# Modules


def add_module(files: Files, title: str) -> tuple[Changed, str]:
    """A new, empty module at the end of the course; also its name."""
    numbers = [int(found[1]) for name in files if (found := _NUMBERED.match(name))]
    slug = fresh_id(checked(title), {each.partition("-")[2].removesuffix(".yaml") for each in files})
    name = f"{max(numbers, default=0) + 1:02}-{slug}"
    listed = Insert(("modules",), len(module_names(files)), name)
    added = new_file({"title": title.strip(), "activities": []})
    return {**_edited(files, COURSE_FILE, [listed]), f"{name}.yaml": added}, name


def rename_module(files: Files, name: str, title: str) -> Changed:
    """Another title; its file keeps its name."""
    found = find_module(files, name)
    if found is None:
        raise NotFound
    return _edited(files, found.path, [_titled((), found.value, checked(title), None)])


def place_module(files: Files, name: str, to: int) -> Changed:
    """The module at another place of the course, from 0; a place past the end is the end."""
    start, last = _order(files, name)
    to = min(max(to, 0), last)
    return _edited(files, COURSE_FILE, [Move(("modules",), start, to)] if to != start else [])


def move_module(files: Files, name: str, step: int) -> Changed:
    """The module one further up (step -1) or down (+1)."""
    return place_module(files, name, _order(files, name)[0] + step)


def remove_module(files: Files, name: str) -> Changed:
    """Without the module, its file and all in it."""
    listed = _edited(files, COURSE_FILE, [Remove(("modules", _order(files, name)[0]))])
    return {**listed, **({f"{name}.yaml": None} if f"{name}.yaml" in files else {})}


# What they share


def checked(title: str) -> str:
    """A title without space around it. Raises NoTitle where it is empty or too long."""
    found = title.strip()
    if not 0 < len(found) <= TITLE_LIMIT:
        raise NoTitle
    return found


def after(files: Files, changed: Changed) -> dict[str, bytes]:
    """All files of the course as they are after a change."""
    every: dict[str, bytes | None] = {**files, **changed}
    return {path: data for path, data in every.items() if data is not None}


def _order(files: Files, name: str) -> tuple[int, int]:
    """Where a module stands in the course, and where the last one does."""
    names = module_names(files)
    if name not in names:
        raise NotFound
    return names.index(name), len(names) - 1


def _get_module(modules: Sequence[FoundModule], name: str) -> FoundModule:
    found = next((each for each in modules if each.name == name and each.found is not None), None)
    if found is None:
        raise NotFound
    return found


def _length(module: FoundModule) -> int:
    """How many items its list of activities has, those without a name among them."""
    listed = module.found.value.get("activities") if module.found else None
    return len(listed) if isinstance(listed, list) else 0


def _position(activity: FoundActivity) -> int:
    return int(activity.found.at[-1])


def _titled(at: Path, written: Mapping[str, Value], title: str, after: str | None) -> Edit:
    by_language = isinstance(written.get("title"), dict)
    return Put((*at, "title", DEFAULT_LANGUAGE) if by_language else (*at, "title"), title, after=after)


def _edited(files: Files, path: str, edits: Sequence[Edit]) -> Changed:
    if path not in files:
        raise NotFound
    return {path: edit_file(files[path], edits)} if edits else {}
