"""The slots of an attempt as lists show them: beside a question, and in the overview before handing in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from app.learn.quiz_parts import part
from app.quizzes.queries import Sheet
from app.quizzes.rules.answering import SlotState
from app.web.languages import language


class ListedSlot(NamedTuple):
    """One slot in the list beside a question. `asks` False: a text to read."""

    answered: bool
    checked: bool
    asks: bool
    flagged: bool


def slots_part(sheet: Sheet, states: Sequence[SlotState], slot: int, *, linked: bool) -> Markup:
    """The list of slots, the open one marked; `linked` where there is no answer to save on the way to another."""
    listed = tuple(
        ListedSlot(state.answered, state.final, state.asks, is_flagged(sheet, number, state))
        for number, state in enumerate(states, start=1)
    )
    return _slots(language(), listed, slot, linked=linked)


def is_flagged(sheet: Sheet, slot: int, state: SlotState) -> bool:
    """Whether a slot is shown as doubted: a check settles the doubt."""
    return slot in sheet.flagged and not state.final


def overview_part(sheet: Sheet, states: Sequence[SlotState], attempt_url: str) -> Markup:
    """Every slot with how it stands, after what is still to do."""
    return part(
        "learn/quiz_overview_slots.html",
        attempt_url=attempt_url,
        states=states,
        unanswered=unanswered(states),
        flagged=[slot for slot, state in enumerate(states, start=1) if is_flagged(sheet, slot, state)],
    )


def unanswered(states: Sequence[SlotState]) -> list[int]:
    """The slots that want an answer and have none."""
    return [slot for slot, state in enumerate(states, start=1) if state.open]


@lru_cache(maxsize=4000)
def _slots(language: str, states: tuple[ListedSlot, ...], slot: int, *, linked: bool) -> Markup:
    return part("learn/quiz_slots.html", states=states, slot=slot, linked=linked)
