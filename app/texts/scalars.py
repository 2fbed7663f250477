"""Strict scalars for content models: YAML hands over text, and only the model decides what it means.

pydantic's own readers are too lax for this (they take `1_000`, `on`, `nan`), so each type here has a reader of its own.
Values that are already typed, as JSON brings them, pass where they mean the same. A reader refuses with a
`PydanticCustomError`; its type and context are the contract with whoever writes the sentence:

flag_expected, whole_number_expected, number_expected, percent_expected, slug_expected, text_expected, text_empty,
duration_expected, moment_expected, number_out_of_range {low, high}, text_too_long {limit}.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, TypeVar

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

SLUG_PATTERN: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LIMIT: Final = 80  # characters
LINE_LIMIT: Final = 2_000  # characters of a plain text
DURATION_LIMIT: Final = 1_000  # of any unit

N = TypeVar("N", int, float)

_NUMBER_LIMIT = 40  # characters; longer digits are a mistake, and int() of many of them is slow
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?")
_SLUG = re.compile(SLUG_PATTERN.strip("^$"))
_UNITS: Final = {
    **dict.fromkeys(("min", "minute", "minutes", "menit"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hours", "jam"), timedelta(hours=1)),
    **dict.fromkeys(("day", "days", "hari"), timedelta(days=1)),
}
_DURATION = re.compile(rf"([1-9][0-9]{{0,3}}) ({'|'.join(_UNITS)})")
_MOMENT = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9]")


def read_flag(value: object) -> bool:
    """`true` or `false`, nothing else. Raises flag_expected."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("flag_expected", "true or false is expected")


def read_whole(value: object) -> int:
    """A whole number without leading zero, sign `+`, `_` or point. Raises whole_number_expected."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and len(value) <= _NUMBER_LIMIT and _WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("whole_number_expected", "a whole number is expected")


def read_number(value: object) -> float:
    """A finite number with a point as decimal sign (`-0.5`, `1e-3`); a comma is refused. Raises number_expected."""
    if isinstance(value, str) and len(value) <= _NUMBER_LIMIT and _DECIMAL.fullmatch(value):
        number = float(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value) if abs(value) < 1e308 else math.inf
    else:
        number = math.nan
    if not math.isfinite(number):
        raise PydanticCustomError("number_expected", "a number is expected")
    return number


def read_percent(value: object) -> float:
    """Per cent, written `70` or `70%` -> 70.0. Raises percent_expected."""
    text = value[:-1].rstrip(" ") if isinstance(value, str) and value.endswith("%") else value
    try:
        return read_number(text)
    except PydanticCustomError:
        raise PydanticCustomError("percent_expected", "a percentage is expected") from None


def read_slug(value: object) -> str:
    """A name in kebab-case, at most SLUG_LIMIT characters. Raises slug_expected."""
    if isinstance(value, str) and len(value) <= SLUG_LIMIT and _SLUG.fullmatch(value):
        return str(value)
    raise PydanticCustomError("slug_expected", "a name in kebab-case is expected")


def read_plain(value: object) -> str:
    """A text as typed, not empty, at most LINE_LIMIT characters. Raises text_expected, text_empty or text_too_long."""
    if not isinstance(value, str):
        raise PydanticCustomError("text_expected", "a text is expected")
    if not value.strip():
        raise PydanticCustomError("text_empty", "the text is empty")
    if len(value) > LINE_LIMIT:
        raise PydanticCustomError("text_too_long", "text longer than {limit} characters", {"limit": LINE_LIMIT})
    return str(value)


def read_duration(value: object) -> timedelta:
    """A number with its unit: `15 min`, `2 hours`, `1 day`, or in Indonesian. Raises duration_expected."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) and len(value) <= _NUMBER_LIMIT else None
    if found is None or not 1 <= int(found[1]) <= DURATION_LIMIT:
        raise PydanticCustomError("duration_expected", "a number with its unit is expected")
    return int(found[1]) * _UNITS[found[2]]


def read_moment(value: object) -> datetime:
    """Day and time as `2026-11-22 08:00`, a wall time without a zone. Raises moment_expected."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            pass
    raise PydanticCustomError("moment_expected", "a day and a time are expected")


def within(read: Callable[[object], N], low: N, high: N) -> Callable[[object], N]:
    """`read` with bounds, both included: the result raises number_out_of_range beside what `read` raises."""

    def bounded(value: object) -> N:
        number = read(value)
        if not low <= number <= high:
            raise PydanticCustomError(
                "number_out_of_range", "a number from {low} to {high} is expected", {"low": low, "high": high}
            )
        return number

    return bounded


def _editor(**schema: Any) -> WithJsonSchema:
    """What an editor may accept: YAML's own typing of the same characters, not ours."""
    return WithJsonSchema(schema)


_PERCENT_TEXT = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)? ?%$"}

Flag = Annotated[bool, PlainValidator(read_flag), _editor(type="boolean")]
WholeNumber = Annotated[int, PlainValidator(read_whole), _editor(type="integer")]
DecimalNumber = Annotated[float, PlainValidator(read_number), _editor(type="number")]
Percent = Annotated[
    float,
    PlainValidator(within(read_percent, 0.0, 100.0)),
    _editor(anyOf=[{"type": "number", "minimum": 0, "maximum": 100}, _PERCENT_TEXT]),
]
SignedPercent = Annotated[  # a weight: below zero it costs
    float,
    PlainValidator(within(read_percent, -100.0, 100.0)),
    _editor(anyOf=[{"type": "number", "minimum": -100, "maximum": 100}, _PERCENT_TEXT]),
]
CutScore = Annotated[  # at 0 everybody would have reached it, at 100 nobody
    float,
    PlainValidator(within(read_percent, 1.0, 99.0)),
    _editor(anyOf=[{"type": "number", "minimum": 1, "maximum": 99}, _PERCENT_TEXT]),
]
Minutes = Annotated[
    int, PlainValidator(within(read_whole, 1, 24 * 60)), _editor(type="integer", minimum=1, maximum=24 * 60)
]
Slug = Annotated[str, PlainValidator(read_slug), _editor(type="string", pattern=SLUG_PATTERN, maxLength=SLUG_LIMIT)]
PlainText = Annotated[str, PlainValidator(read_plain), _editor(type=["string", "number", "boolean"])]
Duration = Annotated[timedelta, PlainValidator(read_duration), _editor(type="string", pattern=f"^{_DURATION.pattern}$")]
Moment = Annotated[datetime, PlainValidator(read_moment), _editor(type="string", pattern=f"^{_MOMENT.pattern}$")]
