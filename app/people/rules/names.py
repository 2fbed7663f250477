"""How people are named when they sign in: user names and phone numbers, brought into the one form that is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, takewhile
from typing import Final
from unicodedata import combining, normalize

import phonenumbers

from app.errors import N_, Refusal

USER_NAME_LONGEST: Final = 64  # characters
_USER_NAME: Final = re.compile(r"[\w.-]{3,64}")
_LETTER: Final = re.compile(r"[^\W\d_]")
_APART: Final = re.compile(r"\s+")
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]")
_TITLES: Final = frozenset({"pak", "bapak", "bu", "ibu", "haji", "hajah", "hj", "drs", "dra", "dr", "ir", "prof"})


class EntryRefused(Refusal):
    """What was typed about a person, an organisation or a cohort cannot be kept: the form is shown again with why."""

    status = 422


class UserNameRefused(EntryRefused):
    """A user name that could not be told from a phone number, or that nobody could type."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Nama pengguna terdiri dari 3 sampai 64 huruf, angka, titik, atau tanda hubung, tanpa spasi, "
                "dan memuat huruf."
            )
        )


class PhoneRefused(EntryRefused):
    """A text that is no phone number."""

    def __init__(self, text: str) -> None:
        super().__init__(N_("%(text)s bukan nomor HP yang lengkap. Contoh: 0812 3456 7890.", text=text))


class NameMissing(EntryRefused):
    """A person, an organisation, a sub-district or a cohort without a name."""

    def __init__(self) -> None:
        super().__init__(N_("Nama harus diisi."))


@dataclass(frozen=True, slots=True)
class Login:
    """What was typed to sign in, in both ways it may be meant. `phone` is E.164, None where it is no phone number."""

    user_name: str
    phone: str | None


def plain_name(text: str, longest: int = 200) -> str:
    """A name as it is stored: NFC, single spaces, at most `longest` characters. Raises NameMissing where it is none."""
    name = _APART.sub(" ", normalize("NFC", text)).strip()[:longest].strip()
    if not name or not name.isprintable():
        raise NameMissing
    return name


def normal_user_name(text: str) -> str:
    """A user name as it is compared: NFKC, lower case, without spaces at its ends."""
    return normalize("NFKC", normalize("NFKC", text.replace("\0", "")).casefold()).strip()


def checked_user_name(text: str) -> str:
    """A user name fit to be given to somebody, as it is compared. Raises UserNameRefused."""
    name = normal_user_name(text)
    if not _USER_NAME.fullmatch(name) or not _LETTER.search(name):
        raise UserNameRefused
    return name


def normal_phone(text: str, region: str) -> str | None:
    """A phone number as it is compared (E.164, "+6281234567890"); None where the text is none.

    `region` is the country of numbers typed without one, as ISO 3166 ("ID"). Spaces, dashes and brackets do not count.
    """
    if _LETTER.search(text):
        return None
    try:
        number = phonenumbers.parse(normalize("NFKC", text), region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def checked_phone(text: str, region: str) -> str | None:
    """A phone number fit to be stored; None where nothing was given. Raises PhoneRefused."""
    if not text.strip():
        return None
    phone = normal_phone(text, region)
    if phone is None:
        raise PhoneRefused(text.strip())
    return phone


def read_login(text: str, region: str) -> Login:
    """What was typed into the field "user name or phone"."""
    return Login(normal_user_name(text)[:USER_NAME_LONGEST], normal_phone(text[:40], region))


def called(name: str) -> str:
    """How somebody is greeted: by the first word of the name, after the titles and initials before it."""
    words = name.split()
    before = takewhile(lambda word: "." in word or word.casefold() in _TITLES, words)
    return " ".join(words[: len(list(before)) + 1])


def suggested_user_names(name: str) -> Iterator[str]:
    """User names for a person, the shortest first and without end: siti, sitiaminah, siti2, siti3 …

    Titles ("Hj.", "S.Pd." and whatever has a point; "Pak", "Ibu") and initials are left out, marks over letters too.
    """
    plain = "".join(each for each in normalize("NFKD", name.partition(",")[0]).casefold() if not combining(each))
    words = [_NOT_PLAIN.sub("", word) for word in plain.split() if "." not in word]
    words = [word for word in words if len(word) > 1]
    words = [word for word in words if word not in _TITLES] or words or ["peserta"]
    first = words[0] if len(words[0]) >= 3 else "".join(words[:2])
    if len(first) < 3:
        first = f"peserta{first}"
    first = first[:30]
    yield first
    if len(words) > 1 and first == words[0]:
        yield (first + words[1])[:40]
    for number in count(2):
        yield f"{first}{number}"
