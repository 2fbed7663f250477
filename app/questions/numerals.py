"""Numbers as people type them: comma or point, thousands, powers of ten, a unit before or after; and written back.

What `1.234` means depends on the language of the page it was typed on: 1234 in Indonesian, 1,234 in English. All else
is read the same on both, so that a phone with only one of the two keys will do.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from babel.numbers import format_decimal

_SPACES = re.compile(r"\s+")  # with the no-break ones that spreadsheets put between thousands
_DASHES = str.maketrans("\N{MINUS SIGN}\N{EN DASH}", "--")
_NUMERAL = re.compile(
    r"""(?P<before>[^0-9+-]*?)
        (?P<sign>[+-]?)[ ]?
        (?P<digits>(?:[0-9]{1,3}(?:[ ][0-9]{3})+(?![0-9])|[0-9]+|(?=[.,][0-9]))(?:[.,][0-9]*)*)
        (?:(?:[eE]|[ ]?[x\u00d7*][ ]?10(?:\^|\*\*))(?P<power>[+-]?[0-9]{1,3}))?
        (?P<after>.*)""",
    re.VERBOSE,
)
_GROUPED = {",": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+"), ".": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")}
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class NumeralStyle:
    """The two signs of a page's language."""

    decimal: str  # "," or "."
    thousands: str  # ".", "," or " "


STYLES: Final = {"id": NumeralStyle(",", "."), "en": NumeralStyle(".", ",")}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that was read. `before` and `after` are the texts around it, trimmed; '' where nothing stood there."""

    value: float
    before: str
    after: str


def read_numeral(text: str, style: NumeralStyle) -> Numeral | None:
    """The one number in a text, or None where there is none, more than one, or its separators make no sense."""
    tidy = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().translate(_DASHES)
    tidy = tidy.removesuffix(",-")  # "Rp 5.000,-"
    found = _NUMERAL.fullmatch(tidy)
    if found is None:
        return None
    plain = _unseparated(found["digits"], style)
    if plain is None:
        return None
    value = float(f"{found['sign']}{plain}e{found['power'] or 0}")
    return Numeral(value, found["before"].strip(), found["after"].strip()) if math.isfinite(value) else None


def _unseparated(digits: str, style: NumeralStyle) -> str | None:
    """Digits with separators -> digits with at most a decimal point; None where the separators contradict."""
    spaced = " " in digits
    digits = digits.replace(" ", "")
    signs = [sign for sign in digits if sign in ",."]
    lone_group = signs == [style.thousands] and not spaced and _AMBIGUOUS.fullmatch(digits)
    if len(signs) > 1 or lone_group:
        decimal = signs[-1] if signs[-1] != signs[0] else ""
        whole, _, rest = digits.rpartition(decimal) if decimal else (digits, "", "")
        if spaced or not _GROUPED[signs[0]].fullmatch(whole):
            return None
        return f"{whole.replace(signs[0], '')}.{rest}"
    plain = digits.replace(",", ".")
    return plain if plain != "." else None


def written(value: float, language: str) -> str:
    """A number as `language` writes it, all its decimals kept: 0,59 and 1.234 in Indonesian."""
    return format_decimal(value, locale=language, decimal_quantization=False)
