"""The JSON Schema with which an editor completes and checks course files; made from the models, never by hand.

Editors type YAML before they look at the schema: to them `020` is a number and `no` may be a truth value. So every
text accepts what YAML may take it for. Kinds are told apart by `if`/`then`, which names the one key that is wrong where
`oneOf` would refuse the whole entry. What our reader accepts this accepts, but for `~` and `null`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel

from app.content.editor_shapes import SCALAR, Schema, define, keys_told, ref
from app.content.editor_words import QUESTION_KEYS, TITLES
from app.content.schema import (
    BankFile,
    CourseFile,
    DrawEntry,
    LessonEntry,
    ModuleFile,
    QuizEntry,
    SectionEntry,
    SurveyEntry,
    TaskEntry,
    UseEntry,
)
from app.content.schema_shared import FrameworkFile, GlossaryFile
from app.questions.registry import KINDS
from app.questions.survey import IN_SURVEYS, UNUSED_KEYS

# Entries of a quiz that are no questions, by the key that tells them.
QUIZ_ITEMS: Final[Mapping[str, type[BaseModel]]] = {"draw": DrawEntry, "use": UseEntry, "section": SectionEntry}
# The kinds of activity by the key that holds their id.
ACTIVITIES: Final[Mapping[str, type[BaseModel]]] = {
    "lesson": LessonEntry,
    "quiz": QuizEntry,
    "task": TaskEntry,
    "survey": SurveyEntry,
}

# The kinds of file by the key that tells them; every other file is a course.
_BY_KEY: Final[Mapping[str, type[BaseModel]]] = {
    "activities": ModuleFile,
    "questions": BankFile,
    "areas": FrameworkFile,
    "terms": GlossaryFile,
}
_COURSE: Final[Schema] = {"type": "object", "required": ["modules"]}
_OTHERS: Final[Schema] = {  # offered in a file that has only begun
    "properties": {
        "activities": {"description": "Untuk file modul: materi, kuis, tugas, dan survei, menurut urutannya."},
        "questions": {"description": "Untuk bank soal: soal-soalnya."},
    }
}
_FILES: Final[tuple[type[BaseModel], ...]] = (CourseFile, ModuleFile, BankFile, FrameworkFile, GlossaryFile)
_TEXT: Final[Schema] = {  # every text for people
    "title": "Teks",
    "anyOf": [
        {"type": list(SCALAR)},
        {
            "type": "object",
            "properties": {
                "id": {"type": list(SCALAR), "description": "Teks Indonesia."},
                "en": {"type": list(SCALAR), "description": "Teks Inggris. Boleh menyusul."},
            },
            "required": ["id"],
            "additionalProperties": False,
        },
    ],
}


def editor_schema_text() -> str:
    """The schema as its file holds it."""
    return json.dumps(editor_schema(), ensure_ascii=False, indent=2) + "\n"


def editor_schema() -> Schema:
    """One schema for every kind of file; which one it is shows in its keys."""
    definitions: Schema = {}
    for model in (*_FILES, *ACTIVITIES.values(), *QUIZ_ITEMS.values()):
        define(model, definitions)
    _define_survey(definitions)
    for kind in KINDS.values():
        define(kind, definitions)
        shape = definitions[kind.__name__]
        shape["required"] = ["type", *(key for key in shape["required"] if key != "type")]
    definitions["Text"] = _TEXT
    definitions["Activity"] = _activity()
    definitions["Question"] = _question(KINDS)
    definitions["SurveyQuestion"] = _question(IN_SURVEYS, of="Survey")
    definitions["QuizItem"] = _quiz_item()
    definitions["ModuleFile"]["properties"]["activities"]["items"] = ref("Activity")
    definitions["BankFile"]["properties"]["questions"]["items"] = ref("Question")
    definitions["QuizEntry"]["properties"]["questions"]["items"] = ref("QuizItem")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Rak Belajar",
        "description": "File kursus Rak Belajar: kursus, modul, bank soal, kompetensi, dan glosarium.",
        "type": "object",
        "allOf": _told_by(_BY_KEY, {"allOf": [ref("CourseFile"), {"if": {"not": _COURSE}, "then": _OTHERS}]}),
        "$defs": dict(sorted(definitions.items())),
    }


# Where kinds part


def _activity() -> Schema:
    names = {key: {"description": f"Id {TITLES[model.__name__].lower()}."} for key, model in ACTIVITIES.items()}
    return {
        "title": "Kegiatan",
        "type": "object",
        "anyOf": [{"required": [key]} for key in ACTIVITIES],
        "errorMessage": f"Kegiatan ini harus punya salah satu kunci dengan id-nya: {', '.join(ACTIVITIES)}.",
        "allOf": _told_by(ACTIVITIES, {"properties": names}),
    }


def _told_by(kinds: Mapping[str, type[BaseModel]], otherwise: Schema) -> list[Schema]:
    """The kind of each key that is there, else `otherwise`; where nothing is written yet, an editor offers all."""
    some = {"type": "object", "anyOf": [{"required": [key]} for key in kinds]}
    told: list[Schema] = [{"if": {"required": [key]}, "then": ref(model.__name__)} for key, model in kinds.items()]
    return [*told, {"if": {"not": some}, "then": otherwise}]


def _question(kinds: Mapping[str, type[BaseModel]], of: str = "") -> Schema:
    return {
        "title": "Soal",
        "type": "object",
        "required": ["type", "id", "text"],
        "properties": {
            "type": {
                "enum": list(kinds),
                "description": QUESTION_KEYS["type"],
                "errorMessage": f"Jenis soal yang dikenal di sini: {', '.join(kinds)}.",
            }
        },
        "allOf": [
            {"if": {"required": ["type"], "properties": {"type": {"const": name}}}, "then": ref(_name_of(kind, of))}
            for name, kind in kinds.items()
        ],
    }


def _name_of(kind: type[BaseModel], of: str) -> str:
    return of + kind.__name__.removeprefix(of)


def _define_survey(definitions: Schema) -> None:
    """Surveys and their questions: the same kinds as elsewhere, without what marks need."""
    for kind in IN_SURVEYS.values():
        defined: Schema = {}
        define(kind, defined)
        shape = _without_marks(defined[kind.__name__])
        if "options" in shape["properties"]:
            shape["properties"]["options"]["items"] = ref("SurveyOption")
            definitions["SurveyOption"] = _without_marks(defined["Option"])
        shape["required"] = ["type", *shape["required"]]
        definitions[_name_of(kind, "Survey")] = shape
    definitions["SurveyEntry"]["properties"]["questions"]["items"] = ref("SurveyQuestion")


def _without_marks(shape: Schema) -> Schema:
    kept = {key: each for key, each in shape["properties"].items() if key not in UNUSED_KEYS}
    said = {"errorMessage": keys_told(kept, shape["required"])} if "errorMessage" in shape else {}
    return {**shape, "properties": kept, **said}


def _quiz_item() -> Schema:
    return {
        "title": "Soal, soal bank, pengambilan acak, atau judul bagian",
        "type": "object",
        "allOf": _told_by(QUIZ_ITEMS, ref("Question")),
    }
