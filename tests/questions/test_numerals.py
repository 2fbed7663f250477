"""Numbers as people type them, on the Indonesian and on the English page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.numerals import STYLES, read_numeral, written

READ = [
    ("15", 15, 15),
    ("0,59", 0.59, 0.59),
    ("0.59", 0.59, 0.59),
    ("398.20", 398.2, 398.2),
    ("1.234", 1234, 1.234),
    ("1,234", 1.234, 1234),
    ("0.125", 0.125, 0.125),  # no thousands begin with 0
    ("1234.567", 1234.567, 1234.567),  # nor with four digits
    ("1.234,5", 1234.5, 1234.5),
    ("1,234.5", 1234.5, 1234.5),
    ("1.234.567", 1234567, 1234567),
    ("12 345,6", 12345.6, 12345.6),
    ("12\u00a0345", 12345, 12345),
    ("12\u202f345", 12345, 12345),
    (",5", 0.5, 0.5),
    ("5,", 5, 5),
    ("+5", 5, 5),
    ("- 5", -5, -5),
    ("\u22125", -5, -5),
    ("3x10^4", 3e4, 3e4),
    ("3,0 \u00d7 10**-2", 0.03, 0.03),
    ("2E3", 2000, 2000),
    ("Rp 5.000,-", 5000, 5),
    *((text, None, None) for text in ("", ",", ".", "-", "abc", "1..2", "1,2,3", "1.23.456", "1 000.000,5", "1e999")),
]


@pytest.mark.parametrize(("typed", "indonesian", "english"), READ)
def test_a_number_is_read_by_the_signs_of_its_page(typed: str, indonesian: float | None, english: float | None) -> None:
    for language, expected in (("id", indonesian), ("en", english)):
        numeral = read_numeral(typed, STYLES[language])
        assert (numeral and numeral.value) == expected


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.sampled_from(["id", "en"]))
def test_a_number_we_write_is_read_back_the_same(number: object, language: str) -> None:
    value = float(str(number))
    numeral = read_numeral(written(value, language), STYLES[language])
    assert numeral is not None and numeral.value == value


@given(st.text(max_size=80))
def test_any_text_is_read_or_is_no_number(text: str) -> None:
    for style in STYLES.values():
        numeral = read_numeral(text, style)
        assert numeral is None or isinstance(numeral.value, float)
