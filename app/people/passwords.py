"""Passwords as they are kept: argon2id, and the same time spent on a name nobody has."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from secrets import choice, token_hex
from typing import Final, cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from app.people.rules.passwords import normal_one_time, normal_password, one_time_password

MEMORY: Final = 19_456  # KiB
PASSES: Final = 2
WORDS: Final = Path(__file__).parent / "words.txt"


class Passwords:
    """Hashes and verifies with argon2id at one cost. Tests join a cheaper one to their app."""

    def __init__(self, memory: int = MEMORY, passes: int = PASSES) -> None:
        self._hasher = PasswordHasher(memory_cost=memory, time_cost=passes, parallelism=1)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(token_hex(16))

    def hash(self, password: str) -> str:
        """A password's hash, with its salt and costs inside."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether the password is the kept one. None (nobody of that name) is False after the same work."""
        nobody = self._nobody  # made before the clock of a guesser starts to tell anything
        try:
            return self._hasher.verify(kept or nobody, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with other costs and should be made again when the password is next known."""
        return self._hasher.check_needs_rehash(kept)


def init_passwords(app: Flask) -> None:
    """Give the app its costs."""
    app.extensions["passwords"] = Passwords()


def passwords() -> Passwords:
    """The app's way with passwords."""
    return cast("Passwords", current_app.extensions["passwords"])


def hash_password(password: str) -> str:
    """The hash of a password that a person chose or a command made. Its rules were checked before."""
    return passwords().hash(normal_password(password))


def matches(kept: str | None, typed: str, *, one_time: bool) -> bool:
    """Whether what was typed is the password. A one-time password is read as leniently as three words on paper are."""
    return passwords().matches(kept, normal_one_time(typed) if one_time else normal_password(typed))


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    return tuple(WORDS.read_text(encoding="utf-8").split())


def new_one_time_password() -> str:
    """Three Indonesian words, drawn by the system's secure chance: at least 30 bits."""
    return one_time_password(_words(), choice)
