"""From pydantic's schema of a model to the one with which an editor looks at YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from app.content.editor_words import QUESTION_KEYS, TITLES
from app.texts.scalars import SLUG_PATTERN

Schema = dict[str, Any]

# What an editor fills in for a number that must be there.
_SUGGESTED: Final[Mapping[str, int]] = {"CourseFile.hours": 4, "LessonEntry.minutes": 10, "DrawEntry.draw": 5}
FEW_KEYS: Final = 5
_WHOLE: Final = r"^-?(0|[1-9][0-9]*)$"
_DECIMAL: Final = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$"
SCALAR: Final = ("string", "number", "boolean")


def ref(name: str) -> Schema:
    """Points to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def define(model: type[BaseModel], definitions: Schema) -> None:
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
        **({"errorMessage": keys_told(properties, required)} if few else {}),
    }


def keys_told(properties: Schema, required: list[str]) -> str:
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
        return ref("Text")
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
        return {**shape, "type": list(SCALAR), "patternErrorMessage": told}
    return shape


def _without_type(shape: Schema) -> Schema:
    return {key: each for key, each in shape.items() if key != "type"}
