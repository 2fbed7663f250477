"""A quiz's settings between its file and a form: what is written, what its preset gives, and what a form changes.

A field holds what the file says ("" where it says nothing, so that the preset goes on deciding). Opening a form and
saving it unchanged changes nothing; a setting is written only where it differs from what stands without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, get_args

from pydantic import ValidationError

from app.authoring.rules.quiz_fields import AS_PRESET, REVIEW, SETTINGS, Setting
from app.content.activities import QuizSettings
from app.content.editing import Path, Value
from app.content.faults import Findings
from app.content.nodes import MapNode, deepest
from app.content.placing import path_at
from app.content.quizzes import check_settings, settings_of
from app.content.reading import read_document
from app.content.review import THINGS, TIMES, Preset, Review
from app.content.schema import QuizEntry
from app.content.schema_values import UNLIMITED
from app.errors import Message
from app.texts.typed import tidy_line, tidy_typed

Quiz = Mapping[str, Value]
Fields = Mapping[str, str]  # a form's fields by name; a box that is not ticked is not there

OVERALL: Final = "overall"
LONGEST: Final = 9  # digits of a number that may mean something
_KEYS: Final = tuple(each.alias or name for name, each in QuizEntry.model_fields.items())  # in the order of the schema
_ATTRIBUTES: Final = {each.alias: name for name, each in QuizEntry.model_fields.items() if each.alias}
_LEAST: Final[Mapping[str, object]] = {"quiz": "x", "title": "x", "questions": ["x"]}  # what no setting depends on
_PRESETS: Final[tuple[Preset, ...]] = get_args(Preset)
_DURATION: Final = re.compile(r"([0-9]+) (\w+)")
_UNIT_NAMES: Final = {
    **dict.fromkeys(("min", "minute", "minutes", "menit"), "min"),
    **dict.fromkeys(("hour", "hours", "jam"), "hour"),
    **dict.fromkeys(("day", "days", "hari"), "day"),
}


# What holds


def preset_of(quiz: Quiz) -> Preset:
    """The quiz's preset; practice where its file names none that is known."""
    return next((each for each in _PRESETS if each == quiz.get("preset")), "practice")


def settings_in(quiz: Quiz) -> QuizSettings:
    """The settings that hold, as far as the file can be understood: a faulty key counts as not written."""
    known = {key: quiz[key] for key in (*(each.key for each in SETTINGS), REVIEW) if key in quiz}
    given: dict[str, object] = {**known, "preset": preset_of(quiz)}
    for _ in range(len(given)):
        try:
            return settings_of(QuizEntry.model_validate({**_LEAST, **given}))
        except ValidationError as refused:
            for error in refused.errors(include_url=False):
                given.pop(str(error["loc"][0]), None)
    return settings_of(QuizEntry.model_validate({**_LEAST, "preset": preset_of(quiz)}))


def without(quiz: Quiz, key: str) -> dict[str, Value]:
    """The quiz as it is where its file does not say this."""
    return {name: value for name, value in quiz.items() if name != key}


def given(quiz: Quiz, key: str) -> str:
    """What holds for a setting where the file does not say it: what the preset gives, as text; "" for nothing."""
    return text_of(settings_in(without(quiz, key)), key)


def differing(quiz: Quiz) -> tuple[str, ...]:
    """The keys by which this quiz is otherwise than its preset, in the order of the form."""
    own, usual = settings_in(quiz), settings_in({"preset": preset_of(quiz)})
    keys = [each.key for each in SETTINGS if each.key in quiz and text_of(own, each.key) != text_of(usual, each.key)]
    return (*keys, REVIEW) if own.review != usual.review else tuple(keys)


def text_of(settings: QuizSettings, key: str) -> str:
    """A setting as its file would say it; "" where there is none (no time limit, no delay)."""
    value: object = getattr(settings, _ATTRIBUTES.get(key, key))
    if value is None:
        return UNLIMITED if key == "attempts" else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        return _duration_text(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _duration_text(length: timedelta) -> str:
    for unit, name in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour")):
        if length and length % unit == timedelta(0):
            return f"{length // unit} {name}"
    minutes = length // timedelta(minutes=1)
    return f"{minutes} min" if minutes else ""


# File -> fields


def fields_of(quiz: Quiz) -> dict[str, str]:
    """The fields of the form for a quiz: `<key>`, `<key>_unit`, `review.<time>.<thing>`, `overall.<n>.<part>`."""
    fields = {"preset": preset_of(quiz), REVIEW: "on", OVERALL: "on"}  # the tables are there
    for setting in SETTINGS:
        fields.update(_fields_of_setting(setting, quiz.get(setting.key)))
    review = settings_in(quiz).review
    for time, thing in _cells():
        if _shows(review, time, thing):
            fields[f"{REVIEW}.{time}.{thing}"] = "on"
    for number, band in enumerate(_bands(quiz)):
        fields[f"{OVERALL}.{number}.from"] = _text(band.get("from"))
        for language in ("id", "en"):
            fields[f"{OVERALL}.{number}.{language}"] = local_part(band.get("text"), language)
    return fields


def _fields_of_setting(setting: Setting, value: Value | None) -> dict[str, str]:
    text = _text(value)
    if setting.widget == "percent":
        text = text.removesuffix("%").rstrip(" ")
    if setting.widget == "moment":
        text = text.replace(" ", "T")
    if setting.widget != "duration":
        return {setting.key: text}
    found = _DURATION.fullmatch(text)
    unit = _UNIT_NAMES.get(found[2]) if found else None
    if found and unit:
        return {setting.key: found[1], f"{setting.key}_unit": unit}
    return {setting.key: text, f"{setting.key}_unit": "min"}


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _bands(quiz: Quiz) -> list[Mapping[str, Value]]:
    bands = quiz.get(OVERALL)
    return [each for each in bands if isinstance(each, dict)] if isinstance(bands, list) else []


def local_part(value: Value | None, language: str) -> str:
    """One language of a text; a plain text is its Indonesian."""
    if isinstance(value, dict):
        return _text(value.get(language))
    return _text(value) if language == "id" else ""


# Fields -> file


def quiz_with(quiz: Quiz, fields: Fields) -> dict[str, Value]:
    """The quiz with what a form says. Keys that the form does not know, and fields it left as they were, stay."""
    before = fields_of(quiz)
    changed = dict(quiz)
    preset = fields.get("preset", before["preset"])
    if preset != before["preset"]:
        changed = _with_key(changed, "preset", preset)
    for setting in SETTINGS:
        typed = _typed(setting, fields)
        if setting.key not in fields or typed == _typed(setting, before):
            continue
        same = typed in (AS_PRESET, given(changed, setting.key))
        changed = without(changed, setting.key) if same else _with_key(changed, setting.key, typed)
    if REVIEW in fields:
        changed = _with_review(changed, settings_in(quiz).review, fields)
    if OVERALL in fields:
        changed = _with_bands(changed, fields)
    return changed


def _typed(setting: Setting, fields: Fields) -> str:
    """What a setting's fields say, as its file would say it."""
    text = tidy_line(fields.get(setting.key, ""))
    if setting.widget == "moment":
        return text.replace("T", " ")
    if setting.widget == "duration" and text.isdecimal() and len(text) <= LONGEST:
        return f"{int(text)} {fields.get(f'{setting.key}_unit', 'min')}" if int(text) else ""
    return text


def _with_key(quiz: Quiz, key: str, value: Value) -> dict[str, Value]:
    """The quiz with one key: where it stands, or behind the last that comes before it in the order of the schema."""
    if key in quiz:
        return {**quiz, key: value}
    earlier = set(_KEYS[: _KEYS.index(key)])
    behind = next((name for name in reversed(list(quiz)) if name in earlier), None)
    made: dict[str, Value] = {} if behind is not None else {key: value}
    for name, each in quiz.items():
        made[name] = each
        if name == behind:
            made[key] = value
    return made


def _with_review(quiz: Quiz, shown: Review, fields: Fields) -> dict[str, Value]:
    written = quiz.get(REVIEW, {})
    if not isinstance(written, dict) or not all(isinstance(row, dict) for row in written.values()):
        return dict(quiz)
    typed = {(time, thing): f"{REVIEW}.{time}.{thing}" in fields for time, thing in _cells()}
    changed = {cell: value for cell, value in typed.items() if value != _shows(shown, *cell)}
    if not changed:
        return dict(quiz)
    usual = settings_in({"preset": preset_of(quiz)}).review
    rows = {time: dict(row) for time, row in written.items() if isinstance(row, dict)}
    for (time, thing), value in changed.items():
        row = rows.setdefault(time, {})
        row.pop(thing, None)
        if value != _shows(usual, time, thing):
            row[thing] = str(value).lower()
    kept: dict[str, Value] = {time: row for time, row in rows.items() if row}
    return _with_key(quiz, REVIEW, kept) if kept else without(quiz, REVIEW)


def _with_bands(quiz: Quiz, fields: Fields) -> dict[str, Value]:
    before = _bands(quiz)
    if OVERALL in quiz and before != quiz[OVERALL]:
        return dict(quiz)  # faulty: mended on the YAML side
    named = (re.fullmatch(rf"{OVERALL}\.([0-9]{{1,3}})\.\w+", name) for name in fields)
    bands: list[Value] = []
    for number in sorted({int(found[1]) for found in named if found}):
        parts = (fields.get(f"{OVERALL}.{number}.{part}", "") for part in ("from", "id", "en"))
        percent, text, english = map(tidy_typed, parts)
        old = before[number] if number < len(before) else {}
        if percent.strip() or text.strip() or english.strip():
            bands.append({**old, "from": percent.strip(), "text": local_text(old.get("text"), text, english)})
    if bands == before:
        return dict(quiz)
    return _with_key(quiz, OVERALL, bands) if bands else without(quiz, OVERALL)


def local_text(old: Value | None, text: str, english: str) -> Value:
    """A text with its translation, in the form that `old` had: a plain text stays plain while it has no English.

    What was not changed stays as it is, blanks at its ends included.
    """
    texts = {"id": tidy_typed(text), "en": tidy_typed(english)}
    stood = {name: tidy_typed(local_part(old, name)) for name in texts}
    if old is not None and all(each.strip() == stood[name].strip() for name, each in texts.items()):
        return old
    texts = {name: each.strip() for name, each in texts.items()}
    if isinstance(old, dict):
        named: dict[str, Value] = {**old, **texts}
        return named if texts["en"] else without(named, "en")
    return {**texts} if texts["en"] else texts["id"]


def _cells() -> Sequence[tuple[str, str]]:
    return [(time, thing) for time in TIMES for thing in THINGS]


def _shows(review: Review, time: str, thing: str) -> bool:
    return bool(getattr(getattr(review, time), thing))


# What does not go together


def setting_faults(data: bytes, at: Path) -> tuple[tuple[str, Message], ...]:
    """What is wrong with the quiz at `at` of a file, each with the name of its field; "" where it has none.

    A field's name here is the setting's key, `preset`, `review`, or `overall.<n>`.
    """
    root = read_document(data, Findings().of(""))
    quiz = deepest(root, at) if root is not None else None
    if root is None or not isinstance(quiz, MapNode):
        return ()
    findings = Findings()
    check_settings(quiz, findings.of(""))
    return tuple((_field(path_at(quiz, each.line, each.column), quiz), each.message) for each in findings.errors)


def _field(path: Path, quiz: MapNode) -> str:
    key = str(path[0]) if path else ""
    if key == OVERALL and len(path) > 1:
        return f"{OVERALL}.{path[1]}"
    return key if key in ("preset", REVIEW, OVERALL, *(each.key for each in SETTINGS)) else ""
