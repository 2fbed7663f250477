"""Answers as people and scripts write them in JSON, before a kind says what they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard

from app.texts.local import Language


def scalar_text(value: object, language: Language) -> str:
    """A JSON text, number or truth value -> the text a person would type on a page in `language`.

    Raises ValueError on anything else.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value).replace(".", ",") if language == "id" else str(value)
    if isinstance(value, str):
        return value.replace("\x00", "").strip()
    raise ValueError("a text, a number or a truth value is expected")


def is_stored(value: object, *keys: str) -> TypeGuard[Mapping[str, object]]:
    """True where a JSON value is a map with exactly these keys, as the stored form of a response is."""
    return isinstance(value, Mapping) and value.keys() == set(keys)
