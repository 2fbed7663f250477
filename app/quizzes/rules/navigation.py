"""Which questions of an attempt may be opened: any, or in a sequential quiz only the one that was reached."""

from __future__ import annotations

from app.content.activities import QuizSettings
from app.errors import N_, Refusal


class OutOfTurn(Refusal):
    """Another question of a sequential attempt than the one reached. `passed`: it was left behind, or all were.

    `slot` is the one that was asked for; None: the overview at the end.
    """

    def __init__(self, attempt_id: int, slot: int | None, *, passed: bool) -> None:
        ahead = N_("Kuis ini dikerjakan berurutan, dan halaman tadi belum sampai gilirannya.")
        behind = N_("Kuis ini dikerjakan berurutan. Soal yang sudah dilewati tidak dapat dibuka atau diubah lagi.")
        super().__init__(behind if passed else ahead)
        self.attempt_id = attempt_id
        self.slot = slot


def is_sequential(settings: QuizSettings) -> bool:
    """Whether questions come one after the other, and going on is final."""
    return settings.navigation == "sequential"


def in_turn(settings: QuizSettings, reached: int, slot: int) -> bool:
    """Whether a slot may be seen and answered. `reached` counts from 1; one more than there are slots: all are done."""
    return not is_sequential(settings) or slot == reached
