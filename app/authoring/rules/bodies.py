"""The form of a lesson: what stands in the file -> fields -> what will stand there."""

from __future__ import annotations

from collections.abc import Mapping

from app.authoring.rules.quiz_settings import local_part, local_text
from app.content.editing import Value


def lesson_fields(value: Mapping[str, Value]) -> dict[str, str]:
    """The fields of the form for what a file says: `title_id`, `title_en`, `minutes`, `body_id`, `body_en`."""
    minutes = value.get("minutes")
    return {
        "minutes": minutes if isinstance(minutes, str) else "",
        **{f"{key}_{name}": local_part(value.get(key), name) for key in ("title", "body") for name in ("id", "en")},
    }


def lesson_with(value: Mapping[str, Value], typed: Mapping[str, str]) -> dict[str, Value]:
    """The lesson or task with what was typed; keys that the form does not know stay as they are.

    A missing `minutes` stays missing while nothing is typed there.
    """
    changed = dict(value)
    changed["title"] = local_text(value.get("title"), typed.get("title_id", ""), typed.get("title_en", ""))
    body = local_text(value.get("body"), typed.get("body_id", ""), typed.get("body_en", ""))
    changed["body"] = body if body == value.get("body") else _ended(body)
    minutes = typed.get("minutes", "").strip()
    if minutes:
        changed["minutes"] = minutes
    else:
        changed.pop("minutes", None)
    return changed


def _ended(body: Value) -> Value:
    """A text of several lines with the line's end that it has in a file behind `|`."""
    if isinstance(body, dict):
        return {name: _ended(text) for name, text in body.items()}
    return f"{body}\n" if isinstance(body, str) and "\n" in body else body
