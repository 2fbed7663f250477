"""How an answer came out, in the words that learners, trainers and staff read."""

from __future__ import annotations

from typing import Final

from app.errors import N_, Message
from app.questions.base import Outcome

DECIDED: Final = frozenset({Outcome.CREDITED, Outcome.LEFT_OUT})  # for everybody, whatever was answered

OUTCOME_WORDS: Final[dict[Outcome, Message]] = {
    Outcome.RIGHT: N_("Benar"),
    Outcome.PARTIAL: N_("Sebagian benar"),
    Outcome.WRONG: N_("Salah"),
    Outcome.GAVE_UP: N_("Tidak dijawab"),
    Outcome.INVALID: N_("Tidak dapat dibaca"),
    Outcome.NEEDS_MARKING: N_("Menunggu dinilai"),
    Outcome.NOT_MARKED: N_("Tidak dinilai"),
    Outcome.CREDITED: N_("Dianggap benar"),
    Outcome.LEFT_OUT: N_("Tidak dihitung"),
}
