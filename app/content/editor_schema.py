"""The JSON Schema with which an editor completes and checks course files; made from the models, never by hand.

Editors type YAML before they look at the schema: to them `020` is a number and `no` may be a truth value. So every
text accepts what YAML may take it for. Kinds are told apart by `if`/`then`, which names the one key that is wrong where
`oneOf` would refuse the whole entry. What our reader accepts this accepts, but for `~` and `null`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from app.content.schema import (
    BankFile,
    CourseFile,
    DrawEntry,
    FrameworkFile,
    GlossaryFile,
    LessonEntry,
    ModuleFile,
    QuizEntry,
)
from app.questions.registry import KINDS
from app.texts.scalars import SLUG_PATTERN

Schema = dict[str, Any]

# Hover texts of the keys of questions, whose models stand lower down and speak to no editor.
QUESTION_KEYS: Final[Mapping[str, str]] = {
    "id": "Id: huruf kecil, angka, dan tanda hubung. Jangan diubah setelah terbit.",
    "type": "Jenis soal: single (satu jawaban), multiple (beberapa jawaban), true-false (benar-salah), short-text "
    "(isian singkat), number (isian angka).",
    "competency": "Kompetensi yang diukur, dari competencies.yaml, misalnya F2.klasifikasi.",
    "difficulty": "Perkiraan tingkat kesukaran: easy (mudah), medium (sedang), hard (sukar).",
    "tags": "Tag untuk memilih soal saat mengambil acak dari bank.",
    "points": "Nilai soal ini di dalam kuis. Biasanya 1.",
    "text": "Teksnya. Boleh memakai **tebal** dan `kode`.",
    "explanation": "Pembahasan: mengapa jawaban itu benar, satu sampai tiga kalimat.",
    "options": "Pilihan jawaban.",
    "correct": "true untuk pilihan yang benar.",
    "weight": "Bobot pilihan ini dalam persen; yang salah boleh di bawah 0.",
    "feedback": "Umpan balik bagi yang menjawab ini: apa yang keliru dan mengapa.",
    "shuffle": "false: pilihan tetap menurut urutan di file.",
    "scoring": "each: tiap jawaban benar menambah, tiap salah mengurangi. weights: menurut weight. all-or-nothing: "
    "harus semua tepat. right-minus-excess: benar dikurangi kelebihan pilihan.",
    "answer": "true kalau pernyataannya benar, false kalau salah.",
    "feedback_true": 'Umpan balik bagi yang memilih "Benar".',
    "feedback_false": 'Umpan balik bagi yang memilih "Salah".',
    "answers": "Jawaban yang diterima, dicoba dari atas ke bawah.",
    "case_sensitive": "true: huruf besar dan kecil dibedakan.",
    "fraction": "Nilai jawaban ini dalam persen. Biasanya 100.",
    "value": "Angka yang benar, atau * untuk angka apa pun.",
    "tolerance": "Selisih yang masih diterima.",
    "tolerance_type": "nominal: selisih angka. relative: bagian dari angkanya (0.05 = 5%). geometric: kali atau bagi.",
    "units": "Satuan yang boleh ditulis bersama angka.",
    "unit": "Satuan, misalnya cm.",
    "factor": "Berapa satuan ini dalam satu satuan jawaban: cm 100 kalau jawabannya dalam m.",
    "unit_penalty": "Pengurangan dalam persen kalau satuannya salah atau tidak ada.",
    "unit_position": "Tempat satuan: after (sesudah angka), before (sebelum), either (boleh keduanya).",
}

TITLES: Final[Mapping[str, str]] = {
    "CourseFile": "Kursus (course.yaml)",
    "ModuleFile": "Modul",
    "BankFile": "Bank soal",
    "FrameworkFile": "Kerangka kompetensi",
    "GlossaryFile": "Glosarium",
    "LessonEntry": "Materi",
    "QuizEntry": "Kuis",
    "DrawEntry": "Pengambilan acak dari bank",
    "AreaEntry": "Bidang kompetensi",
    "CompetencyEntry": "Kompetensi",
    "TermEntry": "Istilah",
    "OtherForms": "Bentuk lain",
    "Single": "Pilihan ganda",
    "Multiple": "Pilihan ganda kompleks (lebih dari satu jawaban benar)",
    "TrueFalse": "Benar-salah",
    "ShortText": "Isian singkat",
    "Number": "Isian angka",
    "Option": "Pilihan jawaban",
    "TextAnswer": "Jawaban yang diterima",
    "NumberAnswer": "Angka yang diterima",
    "Unit": "Satuan",
}

_WHOLE: Final = r"^-?(0|[1-9][0-9]*)$"
_DECIMAL: Final = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$"
_SCALAR: Final = ("string", "number", "boolean")
_TEXT: Final[Schema] = {  # every text for people
    "title": "Teks",
    "anyOf": [
        {"type": list(_SCALAR)},
        {
            "type": "object",
            "properties": {
                "id": {"type": list(_SCALAR), "description": "Teks Indonesia."},
                "en": {"type": list(_SCALAR), "description": "Teks Inggris. Boleh menyusul."},
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
    for model in (CourseFile, ModuleFile, BankFile, FrameworkFile, GlossaryFile, LessonEntry, QuizEntry, DrawEntry):
        _define(model, definitions)
    for kind in KINDS.values():
        _define(kind, definitions)
        shape = definitions[kind.__name__]
        shape["required"] = ["type", *(key for key in shape["required"] if key != "type")]
    definitions["Text"] = _TEXT
    definitions["Activity"] = _activity()
    definitions["Question"] = _question()
    definitions["QuizItem"] = _quiz_item()
    definitions["ModuleFile"]["properties"]["activities"]["items"] = _ref("Activity")
    definitions["BankFile"]["properties"]["questions"]["items"] = _ref("Question")
    definitions["QuizEntry"]["properties"]["questions"]["items"] = _ref("QuizItem")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Rak Belajar",
        "description": "File kursus Rak Belajar: kursus, modul, bank soal, kompetensi, dan glosarium.",
        "type": "object",
        **_by_key(
            [
                ("activities", "ModuleFile"),
                ("questions", "BankFile"),
                ("areas", "FrameworkFile"),
                ("terms", "GlossaryFile"),
            ],
            "CourseFile",
        ),
        "$defs": dict(sorted(definitions.items())),
    }


# Where kinds part


def _by_key(kinds: list[tuple[str, str]], otherwise: str) -> Schema:
    """The first kind whose key is there, else `otherwise`."""
    if not kinds:
        return {"$ref": f"#/$defs/{otherwise}"}
    (key, name), *rest = kinds
    return {"if": {"required": [key]}, "then": _ref(name), "else": _by_key(rest, otherwise)}


def _activity() -> Schema:
    return {
        "title": "Kegiatan",
        "type": "object",
        "properties": {
            "lesson": {"description": "Id materi."},
            "quiz": {"description": "Id kuis."},
        },
        "anyOf": [{"required": ["lesson"]}, {"required": ["quiz"]}],
        "errorMessage": "Kegiatan ini harus punya lesson (materi) atau quiz (kuis).",
        "allOf": [
            {"if": {"required": ["lesson"]}, "then": _ref("LessonEntry")},
            {"if": {"required": ["quiz"]}, "then": _ref("QuizEntry")},
        ],
    }


def _question() -> Schema:
    return {
        "title": "Soal",
        "type": "object",
        "required": ["type", "id", "text"],
        "properties": {"type": {"enum": list(KINDS), "description": QUESTION_KEYS["type"]}},
        "allOf": [
            {"if": {"required": ["type"], "properties": {"type": {"const": name}}}, "then": _ref(kind.__name__)}
            for name, kind in KINDS.items()
        ],
    }


def _quiz_item() -> Schema:
    return {"title": "Soal atau pengambilan acak", "type": "object", **_by_key([("draw", "DrawEntry")], "Question")}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


# From pydantic's schema to an editor's


def _define(model: type[BaseModel], definitions: Schema) -> None:
    """Put a model, and those inside it, among the definitions."""
    made = model.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    inner = made.pop("$defs", {})
    for name, shape in {**inner, model.__name__: made}.items():
        definitions[name] = _reshaped(shape, name)


def _reshaped(shape: Schema, name: str) -> Schema:
    properties = {key: _property(key, each) for key, each in shape["properties"].items()}
    return {
        "title": TITLES[name],
        "type": "object",
        "properties": properties,
        "required": shape.get("required", []),
        "additionalProperties": False,
    }


def _property(key: str, shape: Schema) -> Schema:
    told = shape.get("description") or QUESTION_KEYS.get(key, "")
    return {"description": told, **_loosened(shape)}


def _loosened(shape: Any) -> Any:
    """Without null and pydantic's own words, and with every scalar open to what YAML may take it for."""
    if isinstance(shape, list):
        return [_loosened(each) for each in shape if each != {"type": "null"}]
    if not isinstance(shape, dict):
        return shape
    kept = {
        key: _loosened(each)
        for key, each in shape.items()
        if key not in ("title", "description") and not (key == "default" and not isinstance(each, str | int | float))
    }
    if _is_text(kept):
        return _ref("Text")
    choices = kept.get("anyOf")
    if isinstance(choices, list) and len(choices) == 1:
        kept = {**choices[0], **{key: each for key, each in kept.items() if key != "anyOf"}}
    return _scalar(kept)


def _is_text(shape: Schema) -> bool:
    """True for the shape of a text for people, which is defined once."""
    return any(each.get("properties", {}).keys() == {"id", "en"} for each in shape.get("anyOf", ()))


def _scalar(shape: Schema) -> Schema:
    kind = shape.get("type")
    if kind == "boolean":
        return {**_without_type(shape), "enum": [True, False, "true", "false"]}
    if kind in ("integer", "number"):
        pattern = _WHOLE if kind == "integer" else _DECIMAL
        return {
            **shape,
            "type": [kind, "string"],
            "pattern": pattern,
            "patternErrorMessage": "Di sini harus ada bilangan.",
        }
    if kind == "string" and shape.get("pattern") == SLUG_PATTERN:
        told = "Hanya huruf kecil, angka, dan tanda hubung di antara kata."
        return {**shape, "type": list(_SCALAR), "patternErrorMessage": told}
    return shape


def _without_type(shape: Schema) -> Schema:
    return {key: each for key, each in shape.items() if key != "type"}
