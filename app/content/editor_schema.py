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
    SectionEntry,
    SurveyEntry,
    TaskEntry,
    UseEntry,
)
from app.questions.registry import KINDS
from app.questions.survey import IN_SURVEYS, UNUSED_KEYS
from app.texts.scalars import SLUG_PATTERN

Schema = dict[str, Any]

# Hover texts of the keys of questions, whose models stand lower down and speak to no editor. `Model.key` goes first.
QUESTION_KEYS: Final[Mapping[str, str]] = {
    "id": "Id: huruf kecil, angka, dan tanda hubung. Jangan diubah setelah terbit.",
    "type": "Jenis soal: single (satu jawaban), multiple (beberapa jawaban), true-false (benar-salah), short-text "
    "(isian singkat), number (isian angka), matching (menjodohkan), ordering (mengurutkan), categorise "
    "(mengelompokkan), cloze (isian rumpang), gap-select (pilih kata di rumpang), hotspot (tunjuk bagian gambar), "
    "essay (uraian), file (unggah foto atau file), likert (skala sikap), information (teks saja).",
    "competency": "Kompetensi yang diukur, dari competencies.yaml, misalnya F2.klasifikasi.",
    "difficulty": "Perkiraan tingkat kesukaran: easy (mudah), medium (sedang), hard (sukar).",
    "tags": "Tag untuk memilih soal saat mengambil acak dari bank.",
    "points": "Nilai soal ini di dalam kuis. Biasanya 1.",
    "text": "Teksnya. Boleh memakai **tebal** dan `kode`.",
    "explanation": "Pembahasan: mengapa jawaban itu benar, satu sampai tiga kalimat.",
    "hints": "Petunjuk setelah jawaban yang belum benar, di kuis dengan feedback: interactive. Tiap petunjuk memberi "
    "satu kesempatan lagi.",
    "penalty": "Pengurangan untuk tiap kesempatan sebelumnya, dalam persen. Biasanya sepertiga.",
    "clear_wrong": "true: bagian yang salah dikosongkan untuk kesempatan berikutnya.",
    "show_number_correct": "true: jumlah bagian yang sudah benar disebutkan.",
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
    "required": "true: wajib diisi sebelum survei dapat dikirim.",
    "min_words": "Jumlah kata paling sedikit. Hanya diberitahukan, jawaban yang lebih pendek tetap diterima.",
    "max_words": "Jumlah kata paling banyak. Hanya diberitahukan, jawaban yang lebih panjang tetap diterima.",
    "lines": "Tinggi kolom jawaban, dan jumlah garis di kertas.",
    "rubric": "Rubrik penilaian: kriteria dan tingkatnya. Dilihat penilai, dan peserta setelah kunci dibuka.",
    "levels": "Tingkat yang dapat dicapai dalam kriteria ini.",
    "Criterion.id": "Id kriteria: huruf kecil, angka, dan tanda hubung.",
    "Level.points": "Nilai tingkat ini. Nilai tertinggi sebuah kriteria adalah bobotnya.",
    "accept": "photo: foto. document: dokumen (PDF, Word, Excel, …). any: keduanya.",
    "max_files": "Jumlah file paling banyak.",
    "statements": "Pernyataan-pernyataan yang dinilai peserta.",
    "scale": "agreement-5: setuju atau tidak. frequency-5: seberapa sering. satisfaction-5: seberapa puas.",
    "labels": "Label skala sendiri, dari rendah ke tinggi, sebagai ganti scale.",
    "Statement.id": "Id pernyataan: huruf kecil, angka, dan tanda hubung.",
    "pairs": "Pasangan-pasangan: butir (text) dan pasangannya (match).",
    "match": "Pasangan butir ini. Satu teks boleh menjadi pasangan beberapa butir.",
    "extra": "Pilihan pengecoh, yang bukan pasangan butir mana pun.",
    "groups": "Kelompok-kelompok, masing-masing dengan id.",
    "group": "Id kelompok butir ini, atau none kalau tidak termasuk kelompok mana pun.",
    "Group.id": "Id kelompok: huruf kecil, angka, dan tanda hubung.",
    "Categorise.items": "Butir-butir yang dikelompokkan.",
    "Ordering.items": "Butir-butir menurut urutan yang benar. Tampilnya selalu diacak.",
    "Ordering.scoring": "next: butir yang tepat di depan butir berikutnya. position: butir di tempatnya sendiri. "
    "longest: deret terpanjang yang urutannya benar. all-or-nothing: harus semua tepat.",
    "Matching.scoring": "each: tiap butir yang benar menambah nilai. all-or-nothing: harus semua tepat.",
    "Categorise.scoring": "each: tiap butir yang benar menambah nilai. all-or-nothing: harus semua tepat.",
    "Matching.shuffle": "false: butir tetap menurut urutan di file. Pilihannya selalu diacak.",
    "Categorise.shuffle": "false: butir tetap menurut urutan di file.",
    "gaps": "Rumpang-rumpang menurut nomornya: yang pertama untuk [[1]] di teks.",
    "Cloze.text": "Teks dengan rumpang. Tulis [[1]], [[2]], … di tempat rumpangnya.",
    "GapSelect.text": "Teks dengan rumpang. Tulis [[1]] di tempat pilihan pertama yang benar, atau [[id]] pilihannya.",
    "choices": "Kata-kata yang dapat dipilih. Yang tidak ada di teks menjadi pengecoh.",
    "reuse": "true: satu kata boleh mengisi beberapa rumpang.",
    "GapChoice.group": "Kelompok kata: setiap rumpang hanya menawarkan kata dari kelompok jawabannya.",
    "image": "Gambar di folder media, misalnya media/denah.svg.",
    "alt": "Isi gambar dalam kata-kata, bagi yang tidak dapat melihatnya. Jangan sebut jawabannya.",
    "mode": "area: memilih bagian bernomor. point: menunjuk satu titik, dengan kisi atau jari.",
    "areas": "Bagian-bagian gambar. Angkanya persen dari lebar dan tinggi gambar.",
    "several": "true: boleh memilih beberapa bagian; tiap yang benar menambah nilai, tiap yang salah mengurangi.",
    "grid": "Kisi di atas gambar: kolom x baris, misalnya 8x6.",
    "Hotspot.tolerance": "Jarak dari bagian yang benar yang masih diterima, dalam persen.",
    "Hotspot.shuffle": "false: bagian bernomor menurut urutan di file.",
    "label": "Nama bagian ini. Dengan mode area dibaca peserta, jadi jangan menyebut jawabannya.",
    "shape": "Bentuk bagian: rectangle (kotak), circle (lingkaran), polygon (segi banyak).",
    "x": "Jarak dari kiri: sisi kiri kotak, atau pusat lingkaran.",
    "y": "Jarak dari atas: sisi atas kotak, atau pusat lingkaran.",
    "width": "Lebar kotak.",
    "height": "Tinggi kotak.",
    "radius": "Jari-jari lingkaran.",
    "corners": "Titik-titik sudut berurutan, masing-masing [dari kiri, dari atas].",
    "TextGap.type": "Jenis rumpang: text (teks), number (angka), choice (pilihan).",
    "TextGap.weight": "Bobot rumpang ini di antara rumpang lain. Biasanya 1.",
    "NumberGap.type": "Jenis rumpang: text (teks), number (angka), choice (pilihan).",
    "NumberGap.weight": "Bobot rumpang ini di antara rumpang lain. Biasanya 1.",
    "ChoiceGap.type": "Jenis rumpang: text (teks), number (angka), choice (pilihan).",
    "ChoiceGap.weight": "Bobot rumpang ini di antara rumpang lain. Biasanya 1.",
    "Rectangle.correct": "true untuk bagian yang benar.",
    "Circle.correct": "true untuk bagian yang benar.",
    "Polygon.correct": "true untuk bagian yang benar.",
}

TITLES: Final[Mapping[str, str]] = {
    "CourseFile": "Kursus (course.yaml)",
    "ModuleFile": "Modul",
    "BankFile": "Bank soal",
    "FrameworkFile": "Kerangka kompetensi",
    "GlossaryFile": "Glosarium",
    "LessonEntry": "Materi",
    "QuizEntry": "Kuis",
    "SurveyEntry": "Survei",
    "TaskEntry": "Tugas",
    "AcceptEntry": "Yang dikumpulkan",
    "DrawEntry": "Pengambilan acak dari bank",
    "UseEntry": "Soal dari bank",
    "SectionEntry": "Judul bagian",
    "AreaEntry": "Bidang kompetensi",
    "CompetencyEntry": "Kompetensi",
    "TermEntry": "Istilah",
    "OtherForms": "Bentuk lain",
    "ReviewEntry": "Yang boleh dilihat peserta",
    "ReviewRow": "Yang ditampilkan pada saat ini",
    "OverallEntry": "Umpan balik menurut nilai",
    "Hint": "Petunjuk",
    "Single": "Pilihan ganda",
    "Multiple": "Pilihan ganda kompleks (lebih dari satu jawaban benar)",
    "TrueFalse": "Benar-salah",
    "ShortText": "Isian singkat",
    "Number": "Isian angka",
    "Option": "Pilihan jawaban",
    "TextAnswer": "Jawaban yang diterima",
    "NumberAnswer": "Angka yang diterima",
    "Unit": "Satuan",
    "Matching": "Menjodohkan",
    "Pair": "Pasangan",
    "Ordering": "Mengurutkan",
    "Categorise": "Mengelompokkan",
    "Group": "Kelompok",
    "GroupedItem": "Butir",
    "Essay": "Uraian",
    "Criterion": "Kriteria",
    "Level": "Tingkat",
    "File": "Unggah foto atau file",
    "Likert": "Skala sikap",
    "Statement": "Pernyataan",
    "Information": "Informasi",
    "Cloze": "Isian rumpang",
    "TextGap": "Rumpang teks",
    "NumberGap": "Rumpang angka",
    "ChoiceGap": "Rumpang pilihan",
    "GapSelect": "Rumpang dengan pilihan kata",
    "GapChoice": "Pilihan kata",
    "Hotspot": "Tunjuk bagian gambar",
    "Rectangle": "Kotak",
    "Circle": "Lingkaran",
    "Polygon": "Segi banyak",
}

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
# What an editor fills in for a number that must be there.
_SUGGESTED: Final[Mapping[str, int]] = {"CourseFile.hours": 4, "LessonEntry.minutes": 10, "DrawEntry.draw": 5}
FEW_KEYS: Final = 5
_FILES: Final[tuple[type[BaseModel], ...]] = (CourseFile, ModuleFile, BankFile, FrameworkFile, GlossaryFile)
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
    for model in (*_FILES, *ACTIVITIES.values(), *QUIZ_ITEMS.values()):
        _define(model, definitions)
    _define_survey(definitions)
    for kind in KINDS.values():
        _define(kind, definitions)
        shape = definitions[kind.__name__]
        shape["required"] = ["type", *(key for key in shape["required"] if key != "type")]
    definitions["Text"] = _TEXT
    definitions["Activity"] = _activity()
    definitions["Question"] = _question(KINDS)
    definitions["SurveyQuestion"] = _question(IN_SURVEYS, of="Survey")
    definitions["QuizItem"] = _quiz_item()
    definitions["ModuleFile"]["properties"]["activities"]["items"] = _ref("Activity")
    definitions["BankFile"]["properties"]["questions"]["items"] = _ref("Question")
    definitions["QuizEntry"]["properties"]["questions"]["items"] = _ref("QuizItem")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Rak Belajar",
        "description": "File kursus Rak Belajar: kursus, modul, bank soal, kompetensi, dan glosarium.",
        "type": "object",
        "allOf": _told_by(_BY_KEY, {"allOf": [_ref("CourseFile"), {"if": {"not": _COURSE}, "then": _OTHERS}]}),
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
    told: list[Schema] = [{"if": {"required": [key]}, "then": _ref(model.__name__)} for key, model in kinds.items()]
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
            {"if": {"required": ["type"], "properties": {"type": {"const": name}}}, "then": _ref(_name_of(kind, of))}
            for name, kind in kinds.items()
        ],
    }


def _name_of(kind: type[BaseModel], of: str) -> str:
    return of + kind.__name__.removeprefix(of)


def _define_survey(definitions: Schema) -> None:
    """Surveys and their questions: the same kinds as elsewhere, without what marks need."""
    for kind in IN_SURVEYS.values():
        defined: Schema = {}
        _define(kind, defined)
        shape = _without_marks(defined[kind.__name__])
        if "options" in shape["properties"]:
            shape["properties"]["options"]["items"] = _ref("SurveyOption")
            definitions["SurveyOption"] = _without_marks(defined["Option"])
        shape["required"] = ["type", *shape["required"]]
        definitions[_name_of(kind, "Survey")] = shape
    definitions["SurveyEntry"]["properties"]["questions"]["items"] = _ref("SurveyQuestion")


def _without_marks(shape: Schema) -> Schema:
    kept = {key: each for key, each in shape["properties"].items() if key not in UNUSED_KEYS}
    said = {"errorMessage": _keys_told(kept, shape["required"])} if "errorMessage" in shape else {}
    return {**shape, "properties": kept, **said}


def _quiz_item() -> Schema:
    return {
        "title": "Soal, soal bank, pengambilan acak, atau judul bagian",
        "type": "object",
        "allOf": _told_by(QUIZ_ITEMS, _ref("Question")),
    }


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
    properties = {key: _property(name, key, each) for key, each in shape["properties"].items()}
    required = shape.get("required", [])
    few = len(properties) <= FEW_KEYS and len(required) <= 2  # of more, each fault is told by itself
    return {
        "title": TITLES.get(name) or TITLES[name.removeprefix("Survey")],
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        **({"errorMessage": _keys_told(properties, required)} if few else {}),
    }


def _keys_told(properties: Schema, required: list[str]) -> str:
    """What an editor says where a plain text stands in place of a few keys, or one of them is missing or unknown."""
    names = ", ".join(
        [*(f"{key} (harus ada)" for key in required), *(key for key in properties if key not in required)]
    )
    return f'Di sini harus ada pasangan "kunci: isi". Kuncinya: {names}.'


def _property(owner: str, key: str, shape: Schema) -> Schema:
    told = shape.get("description") or QUESTION_KEYS.get(f"{owner}.{key}") or QUESTION_KEYS.get(key, "")
    suggested = _SUGGESTED.get(f"{owner}.{key}")
    return {"description": told, **_loosened(shape), **({} if suggested is None else {"default": suggested})}


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
    if "discriminator" in kept:
        return _by_tag(kept["discriminator"])
    choices = kept.get("anyOf")
    if isinstance(choices, list) and len(choices) == 1:
        kept = {**choices[0], **{key: each for key, each in kept.items() if key != "anyOf"}}
    return _scalar(kept)


def _by_tag(discriminator: Schema) -> Schema:
    """One of several shapes, told by a key that each of them has."""
    key = discriminator["propertyName"]
    shapes = discriminator["mapping"]
    told = (QUESTION_KEYS.get(f"{shape.rpartition('/')[2]}.{key}") for shape in shapes.values())
    return {
        "type": "object",
        "required": [key],
        "properties": {key: {"enum": list(shapes), "description": next(told, None) or QUESTION_KEYS[key]}},
        "allOf": [
            {"if": {"required": [key], "properties": {key: {"const": tag}}}, "then": {"$ref": shape}}
            for tag, shape in shapes.items()
        ],
    }


def _is_text(shape: Schema) -> bool:
    """True for the shape of a text for people, which is defined once."""
    return any(each.get("properties", {}).keys() == {"id", "en"} for each in shape.get("anyOf", ()))


def _scalar(shape: Schema) -> Schema:
    kind = shape.get("type")
    if kind == "boolean":
        said = "Di sini hanya boleh true atau false."
        return {**_without_type(shape), "enum": [True, False, "true", "false"], "errorMessage": said}
    if "enum" in shape:
        return {**shape, "errorMessage": f"Yang dikenal di sini: {', '.join(map(str, shape['enum']))}."}
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
