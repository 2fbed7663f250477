"""Whether a new attempt may begin now, and if not, since when it may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.errors import N_, Refusal
from app.quizzes.rules.limits import Limits
from app.quizzes.rules.starting import AttemptFact


class NotOpenYet(Refusal):
    """The quiz opens later."""

    def __init__(self) -> None:
        super().__init__(N_("Kuis ini belum dibuka."))


class QuizClosed(Refusal):
    """The quiz was closed."""

    def __init__(self) -> None:
        super().__init__(N_("Kuis ini sudah ditutup."))


class TooSoon(Refusal):
    """The quiz asks for a pause between two attempts."""

    def __init__(self) -> None:
        super().__init__(N_("Jeda sesudah percobaan terakhir belum berlalu, jadi kuis ini belum dapat diulang."))


def why_not(attempts: Iterable[AttemptFact], limits: Limits, now: datetime) -> Refusal | None:
    """Why no attempt may begin now, as far as time decides; None where one may."""
    if limits.early(now):
        return NotOpenYet()
    if limits.closed(now):
        return QuizClosed()
    pause = pause_ends_at(attempts, limits)
    return TooSoon() if pause is not None and now < pause else None


def check_may_begin(attempts: Iterable[AttemptFact], limits: Limits, now: datetime) -> None:
    """Let an attempt begin now, as far as time decides. Raises NotOpenYet, QuizClosed, TooSoon."""
    refusal = why_not(attempts, limits, now)
    if refusal is not None:
        raise refusal


def pause_ends_at(attempts: Iterable[AttemptFact], limits: Limits) -> datetime | None:
    """When the pause after the last attempt ends; None where there was none, or no pause is asked for."""
    ends = [each.finished_at for each in attempts if each.finished_at is not None]
    return max(ends) + limits.delay if ends and limits.delay else None
