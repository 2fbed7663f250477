"""What may be decided on a bad question, what may be asked of a regrade, and why it is refused. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.errors import N_, Message, Refusal
from app.questions.base import Grade, Outcome


class Decision(StrEnum):
    """What becomes of a bad question, for every attempt at its quiz."""

    EVERYBODY_RIGHT = "everybody_right"  # full marks, also for who left it empty
    LEFT_OUT = "left_out"  # its points count neither in what is earned nor in the total


DECISION_WORDS: Final[Mapping[Decision, Message]] = {
    Decision.EVERYBODY_RIGHT: N_("Semua dianggap benar"),
    Decision.LEFT_OUT: N_("Tidak dihitung"),
}
DECIDED: Final[Mapping[Decision, Grade]] = {
    Decision.EVERYBODY_RIGHT: Grade(1.0, Outcome.CREDITED),
    Decision.LEFT_OUT: Grade(None, Outcome.LEFT_OUT),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What was decided on a question and holds until it is undone, and by which regrade."""

    decision: Decision
    regrade_id: int


class RegradeRefused(Refusal):
    """A regrade, or its undoing, that cannot be done."""


class NothingChosen(RegradeRefused):
    """Neither a version nor a question was named."""

    def __init__(self) -> None:
        super().__init__(N_("Pilih versi kunci, atau soal dan keputusannya."))


class ReasonMissing(RegradeRefused):
    """Learners are told why their mark changed, so there must be a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Tulis alasannya. Peserta membacanya di halaman hasil."))


class AlreadyDecided(RegradeRefused):
    """Something was decided on the question before, and stands."""

    def __init__(self) -> None:
        super().__init__(
            N_("Soal ini sudah diputuskan. Batalkan dahulu penilaian ulang yang memutuskannya, lalu putuskan lagi.")
        )


class RegradedSince(RegradeRefused):
    """A later regrade rests on this one."""

    def __init__(self) -> None:
        super().__init__(
            N_("Soal yang sama sudah dinilai ulang lagi sesudahnya. Batalkan dahulu penilaian ulang yang lebih baru.")
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A regrade of one quiz as it is asked for. `revision_id`: whose keys; None: of decisions alone."""

    course_slug: str
    quiz_id: str
    revision_id: int | None
    decisions: Mapping[str, Decision]  # by the question's address

    def check(self, standing: Collection[str]) -> None:
        """Raise NothingChosen; AlreadyDecided where it names one of the questions on which a decision stands."""
        if self.revision_id is None and not self.decisions:
            raise NothingChosen
        if not self.decisions.keys().isdisjoint(standing):
            raise AlreadyDecided


def decided(grade: Grade, standing: Standing | None) -> Grade:
    """A question's grade under what was decided on it (None: nothing); what is never marked stays unmarked."""
    return grade if standing is None or grade.outcome is Outcome.NOT_MARKED else DECIDED[standing.decision]
