"""The settings of a course between its file and a form; keys that the form does not know stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.authoring.rules.outline import text_of
from app.authoring.rules.quiz_settings import local_part, local_text
from app.content.editing import Value
from app.errors import N_, Message
from app.texts.typed import tidy_line

TRACK_WORDS: Final[Mapping[str, Message]] = {"it": N_("TIK"), "service": N_("Layanan")}
COMPLETION_WORDS: Final[Mapping[str, Message]] = {
    "all": N_("Semua materi dibaca, semua kuis lulus, dan semua tugas diterima"),
    "quizzes": N_("Semua kuis lulus"),
}
_TEXTS: Final = ("title", "summary")  # with a translation
_PLAIN: Final = ("code", "track", "hours")
_LINES: Final = ("title", "title_en", *_PLAIN)
_UNWRITTEN: Final = {"completion": "all", "open": "false"}  # what holds where the file says nothing


def fields_of(course: Mapping[str, Value]) -> dict[str, str]:
    """What the form begins with."""
    fields = {name: text_of(course.get(name, "")) for name in _PLAIN}
    for name in _TEXTS:
        written = course.get(name)
        fields |= {name: local_part(written, "id"), f"{name}_en": local_part(written, "en")}
    return fields | {name: text_of(course.get(name, "")) or usual for name, usual in _UNWRITTEN.items()}


def course_with(course: Mapping[str, Value], fields: Mapping[str, str]) -> dict[str, Value]:
    """The course with what the form says; what is left as it was, or out, stays as it is written."""
    wanted: dict[str, Value] = dict(course)
    before = fields_of(course)
    said = {**before, **fields}
    said |= {name: tidy_line(said[name]) for name in (*_LINES, *_UNWRITTEN) if said[name] != before[name]}
    for name in _TEXTS:
        if said[name] != before[name] or said[f"{name}_en"] != before[f"{name}_en"]:
            wanted[name] = local_text(course.get(name), said[name], said[f"{name}_en"])
    changed = {name: said[name] for name in (*_PLAIN, *_UNWRITTEN) if said[name] != before[name]}
    return {**wanted, **changed}
