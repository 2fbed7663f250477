"""What a password must be, and the three words."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from app.people.passwords import MEMORY, PASSES, WORDS, Passwords, new_one_time_password
from app.people.rules.passwords import (
    PasswordIsUserName,
    PasswordRefused,
    PasswordTooLong,
    PasswordTooShort,
    checked_password,
    normal_one_time,
    one_time_password,
)


@pytest.mark.parametrize("typed", ["12345678", "aaaaaaaa", "kopi susu", "tinta biru kering", "péñççççç"])
def test_eight_letters_of_any_kind_are_a_password(typed: str) -> None:
    assert checked_password(typed, "siti") == typed


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", PasswordTooShort),
        ("1234567", PasswordTooShort),
        ("x" * 257, PasswordTooLong),
        ("sitiaminah", PasswordIsUserName),
        ("SitiAminah", PasswordIsUserName),
    ],
)
def test_a_short_password_and_the_user_name_are_refused(typed: str, refusal: type[PasswordRefused]) -> None:
    with pytest.raises(refusal):
        checked_password(typed, "sitiaminah")


def test_the_same_letter_from_two_keyboards_is_the_same_password() -> None:
    assert checked_password("caf\u0065\u0301 kopi", "siti") == checked_password("caf\u00e9 kopi", "siti")


def test_the_words_are_many_short_plain_and_different() -> None:
    words = WORDS.read_text(encoding="utf-8").split()
    assert len(words) >= 1024
    assert len(set(words)) == len(words)
    assert words == sorted(words)
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in words)


def test_a_one_time_password_is_three_words_each_drawn_by_chance() -> None:
    drawn = iter(["kayu", "batu", "air"])
    assert one_time_password(("x",), lambda words: next(drawn)) == "kayu batu air"
    known = set(WORDS.read_text(encoding="utf-8").split())
    made = {new_one_time_password() for _ in range(20)}
    assert len(made) == 20
    assert all(len(each.split()) == 3 and set(each.split()) <= known for each in made)


@pytest.mark.parametrize(
    "typed", ["kayu batu air", "Kayu batu air ", "KAYU-BATU-AIR", "kayu  batu\tair", "kayu, batu, air"]
)
def test_three_words_on_paper_are_read_as_people_type_them(typed: str) -> None:
    assert normal_one_time(typed) == "kayu batu air"


def test_a_hash_is_argon2id_at_the_cost_that_was_chosen_and_verifies() -> None:
    ways = Passwords()
    kept = ways.hash("tinta biru kering")
    assert kept.startswith(f"$argon2id$v=19$m={MEMORY},t={PASSES},p=1$")
    assert (MEMORY, PASSES) == (19 * 1024, 2)
    assert ways.matches(kept, "tinta biru kering")
    assert not ways.matches(kept, "tinta biru basah")
    assert not ways.matches(None, "tinta biru kering")
    assert not ways.matches("no hash at all", "tinta biru kering")
    assert not ways.outdated(kept)
    assert Passwords(memory=8, passes=1).outdated(kept)


def test_a_name_nobody_has_costs_one_verification_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Passwords(memory=8, passes=1)
    kept = ways.hash("tinta biru kering")
    verified: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, stored: str | bytes, typed: str | bytes) -> bool:  # type: ignore[override]
            verified.append(str(stored))
            return super().verify(stored, typed)

    monkeypatch.setattr(ways, "_hasher", Counting(memory_cost=8, time_cost=1, parallelism=1))
    assert not ways.matches(kept, "salah sekali")
    assert not ways.matches(None, "salah sekali")
    costs = {stored.split("$")[3] for stored in verified}
    assert (len(verified), len(costs)) == (2, 1)
