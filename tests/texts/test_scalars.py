"""Text becomes a number or a truth value only where it is written the one way."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.texts import scalars

TYPES: Mapping[str, Any] = {
    name: getattr(scalars, name)
    for name in (
        "Flag", "WholeNumber", "DecimalNumber", "Percent", "SignedPercent", "Minutes", "Slug", "PlainText", "Duration",
        "Moment",
    )
}  # fmt: skip

READ = [
    ("Flag", "true", True),
    ("Flag", "false", False),
    ("Flag", True, True),
    ("WholeNumber", "0", 0),
    ("WholeNumber", "10", 10),
    ("WholeNumber", "-3", -3),
    ("WholeNumber", 7, 7),
    ("DecimalNumber", "-0.5", -0.5),
    ("DecimalNumber", "398.20", 398.2),
    ("DecimalNumber", "1e-3", 0.001),
    ("DecimalNumber", 2, 2.0),
    ("DecimalNumber", 0.25, 0.25),
    ("Percent", "70", 70.0),
    ("Percent", "70%", 70.0),
    ("Percent", "33.3 %", 33.3),
    ("Percent", 100, 100.0),
    ("SignedPercent", "-33.33333", -33.33333),
    ("Minutes", "10", 10),
    ("Slug", "kelas-398", "kelas-398"),
    ("PlainText", "020", "020"),
    ("PlainText", " no ", " no "),
    ("Duration", "15 min", timedelta(minutes=15)),
    ("Duration", "1 hour", timedelta(hours=1)),
    ("Duration", "90 menit", timedelta(minutes=90)),
    ("Duration", "2 days", timedelta(days=2)),
    ("Moment", "2026-11-22 08:00", datetime.fromisoformat("2026-11-22 08:00")),
    ("Moment", "2026-11-22T16:30", datetime.fromisoformat("2026-11-22 16:30")),
]

REFUSED = [
    *(
        ("Duration", value, "duration_expected")
        for value in ("15", "15min", "0 min", "015 min", "1.5 hours", "-1 day", "2 weeks", "", 15, None, "1001 days")
    ),
    *(
        ("Moment", value, "moment_expected")
        for value in ("2026-11-22", "08:00", "2026-02-30 08:00", "2026-11-22 24:30", "22-11-2026 08:00", "", 1, None)
    ),
    *(("Flag", value, "flag_expected") for value in ("True", "yes", "on", "1", "", 1, 0, None, "true ")),
    *(
        ("WholeNumber", value, "whole_number_expected")
        for value in ("020", "1_000", "1.0", "+1", "0x1f", "", "- 1", "٣", 1.0, True, None, "9" * 41)
    ),
    *(
        ("DecimalNumber", value, "number_expected")
        for value in (
            "0,5",
            "020",
            ".5",
            "1.",
            "nan",
            "inf",
            "1e999",
            "1_0",
            "",
            math.nan,
            math.inf,
            True,
            [1],
            10**400,
        )
    ),
    *(("Percent", value, "percent_expected") for value in ("70 persen", "%", "0,7", "70%%", "", None)),
    ("Percent", "101", "number_out_of_range"),
    ("Percent", "-1", "number_out_of_range"),
    ("SignedPercent", "-100.5", "number_out_of_range"),
    ("Minutes", "0", "number_out_of_range"),
    ("Minutes", "1441", "number_out_of_range"),
    ("Minutes", "10 min", "whole_number_expected"),
    *(("Slug", value, "slug_expected") for value in ("Kelas", "a--b", "-a", "a_b", "a b", "", "a" * 81, 3, "a\n")),
    ("PlainText", "  ", "text_empty"),
    ("PlainText", 12, "text_expected"),
    ("PlainText", "a" * 2001, "text_too_long"),
]


@pytest.mark.parametrize(("name", "written", "meant"), READ)
def test_a_scalar_is_read_as_it_is_written(name: str, written: object, meant: object) -> None:
    value = TypeAdapter(TYPES[name]).validate_python(written)
    assert value == meant and type(value) is type(meant)


@pytest.mark.parametrize(("name", "written", "code"), REFUSED)
def test_a_scalar_written_another_way_is_refused_with_its_own_error(name: str, written: object, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(TYPES[name]).validate_python(written)
    (error,) = refused.value.errors()
    assert error["type"] == code
    assert error["input"] is written


def test_a_range_names_its_bounds() -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(scalars.Percent).validate_python("140")
    assert refused.value.errors()[0]["ctx"] == {"low": 0.0, "high": 100.0}


def test_marks_of_a_reader_do_not_leak_into_the_value() -> None:
    class Marked(str):
        line = 3

    assert type(TypeAdapter(scalars.PlainText).validate_python(Marked("buku"))) is str
    assert type(TypeAdapter(scalars.Slug).validate_python(Marked("buku"))) is str


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_is_read_back_from_its_own_digits(number: float) -> None:
    assert scalars.read_number(f"{number:.17g}".replace("e+", "e")) == number


@pytest.mark.parametrize("name", TYPES)
@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(TYPES[name])
    with suppress(ValidationError):  # and nothing else
        adapter.validate_python(text)


def test_the_list_of_error_types_is_complete() -> None:
    assert {code for *_, code in REFUSED} <= set(re.findall(r"[a-z_]+", scalars.__doc__ or ""))
