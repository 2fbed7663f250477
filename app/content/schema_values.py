"""What single values of a course's files may be: their types, limits and patterns."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.texts.local import LocalText
from app.texts.scalars import SLUG_LIMIT, SLUG_PATTERN, read_whole, within

UNLIMITED: Final = "unlimited"
ATTEMPTS_LIMIT: Final = 100
DRAW_LIMIT: Final = 100
MARKERS_LIMIT: Final = 2  # people who mark one answer
HOURS_LIMIT: Final = 400
PHOTOS_LIMIT: Final = 10  # handed in for one task
FILES_LIMIT: Final = 5

COMPETENCY_PATTERN: Final = r"^[A-Z][A-Za-z0-9]*\.[a-z0-9]+(-[a-z0-9]+)*$"
REFERENCE_PATTERN: Final = f"^{SLUG_PATTERN.strip('^$')}/{SLUG_PATTERN.strip('^$')}$"  # bank/question
AREA_PATTERN: Final = r"^[A-Z][A-Za-z0-9]*$"


def _not_blank(text: LocalText) -> LocalText:
    if any(not each.strip() for _, each in text.items()):
        raise PydanticCustomError("text_empty", "the text is empty")
    return text


def _read_attempts(value: object) -> int | None:
    return None if value == UNLIMITED else within(read_whole, 1, ATTEMPTS_LIMIT)(value)


def _read_reference(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(REFERENCE_PATTERN, value) and len(value) <= 2 * SLUG_LIMIT + 1:
        return str(value)
    raise PydanticCustomError("reference_expected", "bank/question is expected")


def _whole(low: int, high: int) -> tuple[PlainValidator, WithJsonSchema]:
    return PlainValidator(within(read_whole, low, high)), WithJsonSchema(
        {"type": "integer", "minimum": low, "maximum": high}
    )


Text = Annotated[LocalText, AfterValidator(_not_blank)]
Hours = Annotated[int, *_whole(1, HOURS_LIMIT)]
DrawCount = Annotated[int, *_whole(1, DRAW_LIMIT)]
Markers = Annotated[int, *_whole(1, MARKERS_LIMIT)]
PhotoCount = Annotated[int, *_whole(0, PHOTOS_LIMIT)]
FileCount = Annotated[int, *_whole(0, FILES_LIMIT)]
Attempts = Annotated[
    int | None,
    PlainValidator(_read_attempts),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": ATTEMPTS_LIMIT}, {"const": UNLIMITED}]}),
]
CompetencyId = Annotated[str, Field(pattern=COMPETENCY_PATTERN, max_length=80)]
AreaId = Annotated[str, Field(pattern=AREA_PATTERN, max_length=20)]
Reference = Annotated[
    str, PlainValidator(_read_reference), WithJsonSchema({"type": "string", "pattern": REFERENCE_PATTERN})
]
Entries = Annotated[tuple[Any, ...], Field(min_length=1)]


class FileModel(BaseModel):
    """A part of a file. What is not named here is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
