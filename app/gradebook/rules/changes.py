"""What a trainer may change in the gradebook, and when it is refused. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.errors import N_, Message, Refusal
from app.gradebook.rules.grades import MOST_WEIGHT, GradeChange

REASON_LIMIT: Final = 200  # characters
_PERCENT: Final = re.compile(r"\d{1,3}(?:[.,]\d)?")


class GradeRefused(Refusal):
    """A change of a grade that cannot be kept; `field` is where its form says why, "" for the form as a whole."""

    status = 422
    field = ""


class GradeUnclear(GradeRefused):
    """No number, or none from 0 to 100."""

    field = "grade"

    def __init__(self) -> None:
        super().__init__(N_("Nilai harus berupa bilangan dari 0 sampai 100, misalnya 82,5."))


class ChoiceMissing(GradeRefused):
    """Nothing of what may be done was chosen."""

    field = "choice"

    def __init__(self) -> None:
        super().__init__(N_("Pilih dahulu apa yang berlaku."))


class ReasonMissing(GradeRefused):
    """A change without its reason."""

    field = "reason"

    def __init__(self) -> None:
        super().__init__(N_("Tulis alasannya, supaya orang lain dan Anda sendiri nanti mengerti."))


class NothingChanged(GradeRefused):
    """What is wanted holds already."""

    field = "choice"

    def __init__(self) -> None:
        super().__init__(N_("Itu sudah berlaku sekarang, jadi tidak ada yang diubah."))


class OwnGrade(GradeRefused):
    """Nobody changes a grade of their own."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("Nilai Anda sendiri diubah oleh orang lain."))


class ChangedMeanwhile(GradeRefused):
    """Somebody else changed it since the page was opened."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            N_("Ini sudah diubah orang lain sejak halaman ini dibuka. Isian Anda masih ada; periksa, lalu simpan lagi.")
        )


class WeightsRefused(Refusal):
    """Weights that cannot be kept. `faults` say why at their fields, by activity id."""

    status = 422

    def __init__(self, message: Message, faults: Mapping[str, Message] | None = None) -> None:
        super().__init__(message)
        self.faults = dict(faults or {})


class WeightsUnclear(WeightsRefused):
    """Some are no whole numbers within bounds."""

    def __init__(self, unclear: Mapping[str, str]) -> None:
        fault = N_("Bobot harus bilangan bulat dari 0 sampai %(most)s.", most=MOST_WEIGHT)
        super().__init__(N_("Ada bobot yang tidak dapat dibaca."), dict.fromkeys(unclear, fault))


class NoWeight(WeightsRefused):
    """Every weight is 0: there would be no total."""

    def __init__(self) -> None:
        super().__init__(N_("Sekurangnya satu kegiatan harus berbobot lebih dari 0."))


class WeightsChangedMeanwhile(WeightsRefused):
    """Somebody else saved weights since the page was opened."""

    status = 409

    def __init__(self) -> None:
        super().__init__(ChangedMeanwhile().message)


def read_percent(typed: str) -> float:
    """A grade as it is typed, "82,5" or "82.5" -> 0.0 .. 1.0. Raises GradeUnclear."""
    text = typed.strip()
    percent = float(text.replace(",", ".")) if _PERCENT.fullmatch(text) and text.isascii() else -1.0
    if not 0 <= percent <= 100:
        raise GradeUnclear
    return percent / 100


def read_weights(typed: Mapping[str, str]) -> dict[str, int]:
    """Weights as they are typed, by activity id. Raises WeightsUnclear, NoWeight."""
    read = {
        activity: int(text)
        for activity, text in typed.items()
        if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_WEIGHT)) and int(text) <= MOST_WEIGHT
    }
    unclear = {activity: text for activity, text in typed.items() if activity not in read}
    if unclear:
        raise WeightsUnclear(unclear)
    if not any(read.values()):
        raise NoWeight
    return read


def keep_change(wanted: GradeChange, newest: GradeChange | None) -> bool:
    """Whether a change is to be kept; False: it is the newest one already, a form sent twice.

    `wanted.seq` is one more than the page knew of. Raises ReasonMissing, NothingChanged, ChangedMeanwhile.
    """
    if not wanted.reason:
        raise ReasonMissing
    if newest is not None and _said(newest) == _said(wanted) and newest.seq == wanted.seq:
        return False
    if wanted.seq != (newest.seq if newest else 0) + 1:
        raise ChangedMeanwhile
    stands = (newest.fraction, newest.excluded) if newest else (None, False)
    if (wanted.fraction, wanted.excluded) == stands:
        raise NothingChanged
    return True


def _said(change: GradeChange) -> tuple[object, ...]:
    return (change.fraction, change.excluded, change.reason, change.by_id)
