"""What a trainer may do to somebody's attempt: open it again, give it time, take it out, put it back. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.content.review import Review
from app.errors import N_, Refusal
from app.quizzes.rules.limits import Limits
from app.quizzes.rules.starting import OPEN, AttemptFact, AttemptState
from app.quizzes.rules.timing import ends_at

REASON_LIMIT: Final = 200  # characters
MOST_MINUTES: Final = 10_000  # a week


class ChangeKind(StrEnum):
    """What is done to an attempt; stored as text."""

    REOPENED = "reopened"
    EXTRA_TIME = "extra_time"
    DELETED = "deleted"
    RESTORED = "restored"


_ENDED: Final = frozenset({AttemptState.SUBMITTED, AttemptState.FINISHED, AttemptState.ABANDONED})
POSSIBLE: Final[Mapping[ChangeKind, frozenset[AttemptState]]] = {
    ChangeKind.REOPENED: _ENDED,
    ChangeKind.EXTRA_TIME: OPEN,
    ChangeKind.DELETED: _ENDED | OPEN,
    ChangeKind.RESTORED: frozenset({AttemptState.DELETED}),
}
"""Kind -> the states of an attempt in which it can be done."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a trainer wants done. `shown_seq` and `shown_state` are what the trainer's page knew of the attempt: its
    newest event (0: none) and its state. `minutes` from now, or further ones; None: none were named.
    """

    kind: ChangeKind
    by_id: int
    reason: str
    shown_seq: int
    shown_state: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class AttemptEvent:
    """What was done to an attempt, and how it stood before."""

    seq: int  # from 1 within the attempt
    kind: ChangeKind
    by_id: int
    reason: str
    minutes: int | None
    at: datetime
    state: AttemptState
    finished_at: datetime | None
    fraction: float | None
    passed: bool | None
    by: str = ""  # the name, for pages


class ChangeRefused(Refusal):
    """A change of an attempt that cannot be made."""


class ReasonMissing(ChangeRefused):
    """Nothing is done to somebody's attempt without saying why."""

    def __init__(self) -> None:
        super().__init__(N_("Tuliskan alasannya. Alasan ini tersimpan dalam riwayat percobaan."))


class MinutesMissing(ChangeRefused):
    """Time is to be given, and no number of minutes was."""

    def __init__(self) -> None:
        super().__init__(N_("Tuliskan berapa menit yang diberikan, dari 1 sampai %(most)s.", most=MOST_MINUTES))


class TimeWasUp(ChangeRefused):
    """An attempt whose time is up would end again at once."""

    def __init__(self) -> None:
        super().__init__(N_("Waktu percobaan ini sudah habis. Tuliskan berapa menit yang diberikan mulai sekarang."))


class NoTimeToExtend(ChangeRefused):
    """More time for an attempt that never ends by itself."""

    def __init__(self) -> None:
        super().__init__(N_("Percobaan ini tanpa batas waktu, jadi tidak perlu tambahan."))


class ChangedMeanwhile(ChangeRefused):
    """The attempt is not any more what the trainer's page showed."""

    def __init__(self) -> None:
        super().__init__(
            N_("Percobaan ini sudah berubah sejak halaman ini dibuka. Periksa keadaannya sekarang, lalu ulangi.")
        )


class OwnAttempt(ChangeRefused):
    """Nobody changes what became of their own attempt."""

    def __init__(self) -> None:
        super().__init__(N_("Ini percobaan Anda sendiri. Orang lain yang dapat mengubahnya."))


class MarkedByPeople(ChangeRefused):
    """To open it again would throw away what people said of its answers."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Jawaban percobaan ini sudah ada yang dinilai oleh penilai, jadi tidak dapat dibuka lagi. "
                "Beri pesertanya kesempatan tambahan."
            )
        )


class RegradedMeanwhile(ChangeRefused):
    """What a deleted attempt came to does not hold any more: its quiz was regraded, or a regrade was undone."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Nilai kuis ini dinilai ulang sesudah percobaan ini dihapus, jadi nilai lamanya tidak berlaku lagi. "
                "Batalkan penilaian ulang itu dahulu, atau beri pesertanya kesempatan tambahan."
            )
        )


class AnotherUnderWay(ChangeRefused):
    """One person works on one attempt at a time."""

    def __init__(self) -> None:
        super().__init__(
            N_("Peserta ini sedang mengerjakan percobaan lain di kuis ini. Tunggu sampai itu dikumpulkan.")
        )


def is_repeated(change: Change, events: Sequence[AttemptEvent]) -> bool:
    """Whether the newest event is this very change, made from a page that did not know of it: a form sent twice."""
    if not events or events[-1].seq != change.shown_seq + 1:
        return False
    newest = events[-1]
    said = (newest.kind, newest.by_id, newest.reason, newest.minutes)
    return said == (change.kind, change.by_id, change.reason, change.minutes)


def check_change(change: Change, attempt: AttemptFact, events: Sequence[AttemptEvent]) -> None:
    """Let a change be made to an attempt as it is by now.

    Raises ReasonMissing, MinutesMissing, ChangedMeanwhile.
    """
    if not change.reason:
        raise ReasonMissing
    if change.minutes is not None and not 1 <= change.minutes <= MOST_MINUTES:
        raise MinutesMissing
    newest = events[-1].seq if events else 0
    if (newest, attempt.state) != (change.shown_seq, change.shown_state) or attempt.state not in POSSIBLE[change.kind]:
        raise ChangedMeanwhile


def possible_changes(attempt: AttemptFact, limits: Limits) -> list[ChangeKind]:
    """What can be done to an attempt as it is by now."""
    kinds = [kind for kind, states in POSSIBLE.items() if attempt.state in states]
    return [kind for kind in kinds if kind is not ChangeKind.EXTRA_TIME or ends_at(attempt, limits) is not None]


def end_when_reopened(attempt: AttemptFact, limits: Limits, minutes: int | None, now: datetime) -> datetime | None:
    """The own end of an attempt that is opened again; None: what held before its hand-in holds again.

    Raises TimeWasUp where that is over.
    """
    if minutes is not None:
        return now + timedelta(minutes=minutes)
    end = ends_at(attempt, limits)
    if end is not None and end <= now:
        raise TimeWasUp
    return attempt.own_end


def extended_end(attempt: AttemptFact, limits: Limits, minutes: int | None, now: datetime) -> datetime:
    """The own end of an attempt that is given further minutes: after its end, or after now where that is later.

    Raises MinutesMissing, NoTimeToExtend.
    """
    if minutes is None:
        raise MinutesMissing
    end = ends_at(attempt, limits)
    if end is None:
        raise NoTimeToExtend
    return max(end, now) + timedelta(minutes=minutes)


def told_at(
    review: Review, *, answered: bool, key_opened_at: datetime | None, closed: bool, now: datetime
) -> datetime | None:
    """Since when the learner knows something of an answer that is taken back; None: nothing was told.

    Its key since it opened. Where the quiz only tells which answers were right, since now: whoever changes an answer
    after that does not give it unaided. `closed`: the last row of the matrix holds.
    """
    if key_opened_at is not None and key_opened_at <= now:
        return key_opened_at
    row = review.closed if closed else review.after
    return now if answered and row.answers and (row.correctness or row.marks) else None
