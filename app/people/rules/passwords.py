"""What a password must be, and how a one-time password is made and read. Length counts, composition does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final
from unicodedata import normalize

from app.errors import N_, Refusal
from app.people.rules.names import normal_user_name

SHORTEST: Final = 8  # characters
LONGEST: Final = 256  # characters; more would only cost time
ONE_TIME_WORDS: Final = 3
_BETWEEN: Final = re.compile(r"[\s\-–—_,.]+")


class PasswordRefused(Refusal):
    """A new password that cannot be used."""

    status = 422


class PasswordTooShort(PasswordRefused):
    """Shorter than SHORTEST characters."""

    def __init__(self) -> None:
        super().__init__(N_("Kata sandi paling sedikit %(count)s huruf atau angka.", count=SHORTEST))


class PasswordTooLong(PasswordRefused):
    """Longer than LONGEST characters."""

    def __init__(self) -> None:
        super().__init__(N_("Kata sandi paling banyak %(count)s huruf atau angka.", count=LONGEST))


class PasswordIsUserName(PasswordRefused):
    """The same as the user name: the first thing anybody tries."""

    def __init__(self) -> None:
        super().__init__(N_("Kata sandi tidak boleh sama dengan nama pengguna."))


class PasswordUnchanged(PasswordRefused):
    """The one-time password again: it is on paper, and others may have read it."""

    def __init__(self) -> None:
        super().__init__(N_("Buatlah kata sandi baru, bukan kata sandi sementara yang tadi."))


class OldPasswordWrong(PasswordRefused):
    """The password that was to be replaced does not match."""

    def __init__(self) -> None:
        super().__init__(N_("Kata sandi lama tidak cocok. Periksa huruf besar dan kecil."))


def normal_password(text: str) -> str:
    """A password as it is hashed: NFC, since two keyboards may write the same letter in two ways."""
    return normalize("NFC", text)


def checked_password(text: str, user_name: str) -> str:
    """A password a person chose, as it is hashed. Raises PasswordRefused."""
    password = normal_password(text)
    if len(password) < SHORTEST:
        raise PasswordTooShort
    if len(password) > LONGEST:
        raise PasswordTooLong
    if normal_user_name(password) == user_name:
        raise PasswordIsUserName
    return password


def one_time_password(words: Sequence[str], choose: Callable[[Sequence[str]], str]) -> str:
    """Three words with spaces between. `choose` takes one of a sequence, by a chance nobody can foresee."""
    return " ".join(choose(words) for _ in range(ONE_TIME_WORDS))


def normal_one_time(text: str) -> str:
    """A one-time password as it is hashed: what a phone makes of three words (capitals, dashes) is undone."""
    return _BETWEEN.sub(" ", normalize("NFKC", text).casefold()).strip()
