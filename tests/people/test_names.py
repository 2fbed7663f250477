"""User names and phone numbers: typed in many ways, compared in one."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.rules.names import (
    NameMissing,
    PhoneRefused,
    UserNameRefused,
    called,
    checked_phone,
    checked_user_name,
    normal_phone,
    normal_user_name,
    plain_name,
    read_login,
    suggested_user_names,
)

SITI = "+6281234567890"


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "(0812) 34567890",
        "+6281234567890",
        "+62 812-3456-7890",
        "62812 3456 7890",
        " 0812 3456 7890 ",
        "０８１２３４５６７８９０",
    ],
)
def test_one_phone_number_matches_however_it_is_typed(typed: str) -> None:
    assert normal_phone(typed, "ID") == SITI


@pytest.mark.parametrize("typed", ["", "siti", "0812", "siti081234567890", "12345678", "0812345678901234567890"])
def test_what_is_no_phone_number_is_none(typed: str) -> None:
    assert normal_phone(typed, "ID") is None


def test_a_phone_number_to_store_is_whole_or_absent() -> None:
    assert checked_phone(" ", "ID") is None
    assert checked_phone("0812 3456 7890", "ID") == SITI
    with pytest.raises(PhoneRefused):
        checked_phone("0812", "ID")


@pytest.mark.parametrize(
    ("typed", "compared"),
    [("Siti", "siti"), (" siti ", "siti"), ("ＳＩＴＩ", "siti"), ("Siti.Aminah", "siti.aminah"), ("si\0ti", "siti")],
)
def test_user_names_are_compared_without_case_and_width(typed: str, compared: str) -> None:
    assert normal_user_name(typed) == compared


@pytest.mark.parametrize("typed", ["", "ab", "081234567890", "+62812", "siti aminah", "a" * 65, "siti/1", "..."])
def test_a_user_name_that_cannot_be_told_or_typed_is_refused(typed: str) -> None:
    with pytest.raises(UserNameRefused):
        checked_user_name(typed)


def test_the_field_of_the_sign_in_form_is_read_in_both_ways() -> None:
    assert read_login("0812 3456 7890", "ID").phone == SITI
    assert read_login("Siti", "ID").user_name == "siti"
    assert read_login("Siti", "ID").phone is None


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("Siti Aminah", ["siti", "sitiaminah", "siti2", "siti3"]),
        ("Hj. Nor Hidayah, S.Pd.", ["nor", "norhidayah", "nor2", "nor3"]),
        ("Rahmadi", ["rahmadi", "rahmadi2", "rahmadi3", "rahmadi4"]),
        ("M. Ali", ["ali", "ali2", "ali3", "ali4"]),
        ("Pak Rudi", ["rudi", "rudi2", "rudi3", "rudi4"]),
        ("Hj Ibu", ["hjibu", "hjibu2", "hjibu3", "hjibu4"]),
        ("René", ["rene", "rene2", "rene3", "rene4"]),
        ("李", ["peserta", "peserta2", "peserta3", "peserta4"]),
        ("Li Na", ["lina", "lina2", "lina3", "lina4"]),
    ],
)
def test_a_user_name_is_suggested_from_the_name(name: str, suggested: list[str]) -> None:
    assert list(islice(suggested_user_names(name), 4)) == suggested


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Siti Aminah", "Siti"),
        ("Rahmadi", "Rahmadi"),
        ("Bu Aminah", "Bu Aminah"),
        ("Hj. Nor Hidayah, S.Pd.", "Hj. Nor"),
        ("M. Ali Akbar", "M. Ali"),
        ("Ibu", "Ibu"),
    ],
)
def test_somebody_is_greeted_by_a_name_and_never_by_a_title_alone(name: str, greeted: str) -> None:
    assert called(name) == greeted


@given(st.text(max_size=60))
def test_every_suggestion_is_a_user_name_that_may_be_given(name: str) -> None:
    for suggested in islice(suggested_user_names(name), 4):
        assert checked_user_name(suggested) == suggested


@given(st.text(max_size=40))
def test_a_user_name_brought_into_its_form_stays_in_it(text: str) -> None:
    assert normal_user_name(normal_user_name(text)) == normal_user_name(text)


@given(st.text(alphabet="0123456789 +-()", max_size=20))
def test_a_phone_number_in_its_form_reads_as_itself(text: str) -> None:
    phone = normal_phone(text, "ID")
    assert phone is None or normal_phone(phone, "ID") == phone


def test_a_name_is_stored_with_single_spaces_and_never_empty() -> None:
    assert plain_name("  Siti \t Aminah ") == "Siti Aminah"
    for nothing in ("", "  ", "\0", "Siti\0"):
        with pytest.raises(NameMissing):
            plain_name(nothing)
