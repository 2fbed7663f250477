"""What people say an answer is worth: which of their marks count, and which are kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum

from app.errors import N_, Refusal
from app.questions.base import NEEDS_MARKING, Grade


@dataclass(frozen=True, slots=True)
class HandMark:
    """What one person said of one answer: `fraction` 0.0 .. 1.0 of the points, the index of the level reached in each
    criterion (by its id; empty without a rubric), a comment to the learner ("" where there is none).

    `decides`: the marker's word stands alone where two are asked for. `marker` is the name, for pages.
    """

    seq: int  # from 1 within the slot
    marker_id: int
    decides: bool
    fraction: float
    levels: Mapping[str, int]
    comment: str
    marked_at: datetime
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mark as its form sends it. `shown_seq` is the newest row that the page knew of (0: none)."""

    fraction: float
    levels: Mapping[str, int]
    comment: str
    shown_seq: int


class MarkRefused(Refusal):
    """A mark that cannot be kept."""


class MarkOutOfRange(MarkRefused):
    """No number, or none that the question can be worth."""

    def __init__(self, points: float) -> None:
        super().__init__(N_("Poin harus berupa bilangan dari 0 sampai %(points)s.", points=f"{points:g}"))


class LevelsMissing(MarkRefused):
    """A rubric was not filled in for every criterion."""

    def __init__(self) -> None:
        super().__init__(N_("Pilih satu tingkat untuk setiap kriteria."))


class MarkedMeanwhile(MarkRefused):
    """Somebody else marked the answer after the page was opened: storing would hide it from who wrote it."""

    def __init__(self) -> None:
        super().__init__(
            N_("Jawaban ini sudah dinilai orang lain sejak Anda membukanya. Lihat riwayatnya, lalu simpan lagi.")
        )


class OwnAnswer(MarkRefused):
    """Nobody marks what they wrote themselves."""

    def __init__(self) -> None:
        super().__init__(N_("Ini jawaban Anda sendiri. Orang lain yang menilainya."))


class QuestionDecided(MarkRefused):
    """A bad question was credited to everybody or left out: what a person says of one answer would change nothing."""

    def __init__(self) -> None:
        super().__init__(
            N_("Soal ini sudah diputuskan untuk semua peserta, jadi jawabannya tidak dinilai satu per satu.")
        )


def fraction_of_points(given: float | None, points: float) -> float:
    """Points given for an answer -> their fraction of those it can earn. Raises MarkOutOfRange; None is no number."""
    if given is None or not 0.0 <= given <= points:
        raise MarkOutOfRange(points)
    return given / points


def known_to(marker_id: int, history: Sequence[HandMark], markers: int, *, decides: bool) -> Sequence[HandMark]:
    """What of an answer's history its marker sees: of two markers the second judges before reading the first."""
    own = [each for each in history if each.marker_id == marker_id]
    return history if markers == 1 or decides or own else ()


def keep_verdict(marker_id: int, history: Sequence[HandMark], markers: int, verdict: Verdict) -> bool:
    """Whether a verdict is to be kept; False: it is what this marker's newest mark says already, a form sent twice.

    Raises MarkedMeanwhile. Two who are both asked for a mark do not stand in each other's way.
    """
    concerned = history if markers == 1 else [each for each in history if each.marker_id == marker_id]
    newest = concerned[-1] if concerned else None
    if newest is not None and newest.marker_id == marker_id:
        said = (newest.fraction, newest.levels, newest.comment)
        if said == (verdict.fraction, verdict.levels, verdict.comment):
            return False
    if newest is not None and newest.seq > verdict.shown_seq:
        raise MarkedMeanwhile
    return True


def counted_marks(history: Sequence[HandMark], markers: int) -> Sequence[HandMark]:
    """Those of an answer's marks, oldest first, that make its mark together; () while it waits for a second marker.

    Where one marks, the newest. Where two are asked for, the newest of each person once two have marked; before and
    after that, the newest of somebody who decides stands alone.
    """
    if not history or markers == 1:
        return history[-1:]
    deciding = [each for each in history if each.decides]
    newest = {each.marker_id: each for each in history}
    return deciding[-1:] or (tuple(newest.values()) if len(newest) >= markers else ())


def mark_by_people(history: Sequence[HandMark], markers: int) -> Grade:
    """What an answer is worth by its history: the mean of the marks that count; waiting where none does yet."""
    counted = counted_marks(history, markers)
    return Grade.of(fsum(each.fraction for each in counted) / len(counted)) if counted else NEEDS_MARKING
