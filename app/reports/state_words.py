"""What the office reads for what is known of a person, and of a mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.competencies.queries.groups import Cell
from app.competencies.rules import Mean, State
from app.errors import N_, Message

STATES: Final[Mapping[State, Message]] = {
    State.MASTERED: N_("Menguasai"),
    State.NEEDS_SUPPORT: N_("Perlu penguatan"),
    State.UNCERTAIN: N_("Belum pasti"),
    State.TOO_FEW: N_("Data belum cukup"),
}


def state_words(state: State, more: int | None) -> Message:
    """A person's state; how many answers will settle it, where that can be foretold."""
    if state is State.UNCERTAIN and more is not None:
        return N_("Belum pasti (%(count)s jawaban lagi)", count=more)
    return STATES[state]


def warning(mean: Mean) -> Message | None:
    """How a mean over few people is to be read; None where they are enough."""
    if mean.few:
        return N_("baca dengan hati-hati")
    return N_("masih indikatif") if mean.indicative else None


def shares_in(tell: Callable[[Message], str]) -> Callable[[Cell], str]:
    """What says how many people of a cell are in each state; states that nobody is in are left out."""
    words = {state: tell(label) for state, label in STATES.items()}
    return lambda cell: " · ".join(f"{words[state]} {count}" for state, count in cell.states.items() if count)
