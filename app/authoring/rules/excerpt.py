"""One activity of a draft as a course of its own: it can be looked at while the rest of the draft still has faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.authoring.rules.outline import text_of
from app.authoring.rules.shelving import get_activity
from app.content.editing import Value, new_file, value_in
from app.content.folders import COURSE_FILE

MODULE: Final = "01-pratinjau"


def excerpt(files: Mapping[str, bytes], activity_id: str) -> dict[str, bytes]:
    """The files of a course that holds just this activity, shown, and the banks it takes from. Raises NotFound."""
    found = get_activity(files, activity_id)[1].found
    course = value_in(files[COURSE_FILE]) if COURSE_FILE in files else None
    title = text_of(course.get("title", "")) if isinstance(course, dict) else ""
    head: dict[str, Value] = {
        "title": title or activity_id, "code": "-", "summary": "-", "track": "it", "hours": "1", "modules": [MODULE],
    }  # fmt: skip
    shown: Value = {key: each for key, each in found.value.items() if key != "hidden"}
    return {
        **{path: data for path, data in files.items() if path.startswith("media/") or path in _banks(found.value)},
        COURSE_FILE: new_file(head),
        f"{MODULE}.yaml": new_file({"title": activity_id, "activities": [shown]}),
    }


def _banks(activity: Mapping[str, Value]) -> set[str]:
    """The files of the banks that a quiz takes questions from."""
    listed = activity.get("questions", [])
    slots = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    drawn = {text_of(each.get("from", "")) for each in slots}
    used = {text_of(each.get("use", "")).partition("/")[0] for each in slots}
    return {f"bank/{name}.yaml" for name in drawn | used if name}
