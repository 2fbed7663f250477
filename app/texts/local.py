"""A text in the course's languages: Indonesian first, English second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
DEFAULT_LANGUAGE: Final[Language] = "id"
TEXT_LIMIT: Final = 64 * 1024  # characters


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text as its author wrote it. `en` is None where no translation exists; a plain text is the same in both."""

    id: str
    en: str | None = None

    @classmethod
    def plain(cls, text: str) -> LocalText:
        """A text that needs no translation (a number, a name): the same in every language."""
        return cls(text, text)

    def in_(self, language: str) -> str:
        """The text in `language`, falling back to Indonesian."""
        return self.en if language == "en" and self.en is not None else self.id

    def items(self) -> Iterator[tuple[Language, str]]:
        """Each language that is written, with its text."""
        yield "id", self.id
        if self.en is not None:
            yield "en", self.en

    @property
    def untranslated(self) -> bool:
        """True where English is missing and Indonesian is shown instead."""
        return self.en is None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read, serialization=core_schema.plain_serializer_function_ser_schema(_write)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        scalar = {"type": ["string", "number", "boolean"]}
        return {
            "anyOf": [
                scalar,
                {
                    "type": "object",
                    "properties": {"id": scalar, "en": scalar},
                    "required": ["id"],
                    "additionalProperties": False,
                },
            ]
        }


def _read(value: object) -> LocalText:
    if isinstance(value, LocalText):
        return value
    if isinstance(value, str):
        return LocalText.plain(_bounded(value))
    if isinstance(value, Mapping):
        for key in value:
            if key not in LANGUAGES:
                raise PydanticCustomError("unknown_language", "unknown language {key}", {"key": str(key)})
        if "id" not in value:
            raise PydanticCustomError("indonesian_missing", "Indonesian is missing")
        texts = {key: _bounded(text) for key, text in value.items()}
        return LocalText(texts["id"], texts.get("en"))
    raise PydanticCustomError("text_expected", "a text or a map of languages is expected")


def _bounded(text: object) -> str:
    if not isinstance(text, str):
        raise PydanticCustomError("text_expected", "a text is expected")
    if len(text) > TEXT_LIMIT:
        raise PydanticCustomError("text_too_long", "text longer than {limit} characters", {"limit": TEXT_LIMIT})
    return str(text)


def _write(text: LocalText) -> str | dict[str, str]:
    return text.id if text.en == text.id else dict(text.items())
