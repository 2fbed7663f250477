"""Single values as a form shows them and as a file holds them: numbers have the sign of the page's language."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from app.authoring.rules.question_forms.parts import Widget
from app.content.editing.values import Value
from app.content.problems import kebab
from app.questions.numerals import STYLES, read_numeral

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_ENDS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")


def shown_scalar(widget: Widget, value: Value, language: str) -> str | None:
    """What a field shows of a value; None where it is of another shape than this field can hold."""
    if widget is Widget.TAGS:
        fits = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return ", ".join(map(str, value)) if fits else None
    if widget is Widget.CORNERS:
        return _shown_corners(value)
    if not isinstance(value, str):
        return None
    if widget is Widget.PERCENT:
        return _shown_number(value.removesuffix("%").rstrip(" "), language)
    if widget in (Widget.NUMBER, Widget.PLACE):
        return _shown_number(value, language)
    return plain_ends(value) if widget is Widget.CHOICE else one_line(value)


def typed_scalar(widget: Widget, typed: str, language: str) -> Value:
    """What was typed as a file holds it; what cannot be understood stays as typed, and is told as a fault."""
    typed = clean(typed).strip()
    match widget:
        case Widget.TAGS:
            return [name for name in map(kebab, typed.split(",")) if name]
        case Widget.CORNERS:
            return _typed_corners(typed)
        case Widget.NUMBER | Widget.PLACE | Widget.PERCENT:
            return _typed_number(typed.removesuffix("%").rstrip(" ") if widget is Widget.PERCENT else typed, language)
        case Widget.SLUG:
            return kebab(typed)
        case _:
            return one_line(typed)


def clean(text: str) -> str:
    """A text from a browser with plain line ends, and without what no file takes."""
    return _UNPRINTABLE.sub("", plain_ends(text))


def plain_ends(text: str) -> str:
    """A text whose lines end as everywhere here, whatever a browser made of them."""
    return _ENDS.sub("\n", text)


def one_line(text: str) -> str:
    """A text as a field of one line holds it."""
    return plain_ends(text).replace("\n", " ")


def _shown_number(text: str, language: str) -> str:
    return text.replace(".", STYLES[_known(language)].decimal) if _NUMBER.fullmatch(text) else text


def _typed_number(typed: str, language: str) -> str:
    found = read_numeral(typed, STYLES[_known(language)])
    if found is None or found.before or found.after:
        return typed
    return format(Decimal(repr(found.value)).normalize(), "f")


def _known(language: str) -> str:
    return language if language in STYLES else "id"


def _shown_corners(value: Value) -> str | None:
    if not isinstance(value, list):
        return value if isinstance(value, str) else None
    plain = all(isinstance(each, list) and each and all(map(_is_side, each)) for each in value)
    return " ".join(",".join(map(str, each)) for each in value) if plain else None


def _is_side(side: Value) -> bool:
    return isinstance(side, str) and not re.search(r"[\s,]", side)


def _typed_corners(typed: str) -> Value:
    return [[*each.split(",")] for each in typed.split()]
