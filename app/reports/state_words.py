"""What the office reads for what is known of a person, and of a mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.competencies.rules import FEW_PEOPLE, INDICATIVE, State
from app.errors import N_, Message

STATES: Final[Mapping[State, Message]] = {
    State.MASTERED: N_("Menguasai"),
    State.NEEDS_SUPPORT: N_("Perlu penguatan"),
    State.UNCERTAIN: N_("Belum pasti"),
    State.TOO_FEW: N_("Data belum cukup"),
}

MEANS: Final[Mapping[State, Message]] = {
    State.MASTERED: N_("Di atas batas"),
    State.NEEDS_SUPPORT: N_("Di bawah batas"),
    State.UNCERTAIN: N_("Belum pasti"),
    State.TOO_FEW: N_("Data belum cukup"),
}
"""How a mean stands to the cut. A group does not master anything: some of its people may."""

SIGNS: Final[Mapping[State, str]] = {
    State.MASTERED: "▲",
    State.NEEDS_SUPPORT: "▼",
    State.UNCERTAIN: "◆",
    State.TOO_FEW: "…",
}
"""A state as a sign that is told apart without colour."""


def state_words(state: State, more: int | None) -> Message:
    """A person's state; how many answers will settle it, where that can be foretold."""
    if state is State.UNCERTAIN and more is not None:
        return N_("Belum pasti (%(count)s jawaban lagi)", count=more)
    return STATES[state]


def warning(people: int) -> Message | None:
    """How a mean over so many people is to be read; None where they are enough."""
    if people < FEW_PEOPLE:
        return N_("baca dengan hati-hati")
    return N_("masih indikatif") if people < INDICATIVE else None


def warning_mark(people: int) -> str:
    """The same as a mark behind their number, where there is no room for words; the page says what it means."""
    return "*" if people < FEW_PEOPLE else "~" if people < INDICATIVE else ""
