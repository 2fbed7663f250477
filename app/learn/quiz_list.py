"""The slots of an attempt as lists show them: beside a question, and in the overview before handing in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from markupsafe import Markup

from app.learn.quiz_parts import part
from app.quizzes.queries import Sheet
from app.quizzes.rules.answering import SlotState
from app.quizzes.rules.layout import first_of_section
from app.quizzes.rules.navigation import is_sequential
from app.web.languages import language

Way = Literal["none", "links", "buttons"]  # how one comes to another slot from the list


class ListedSlot(NamedTuple):
    """One slot in the list beside a question. `asks` False: a text to read."""

    answered: bool
    checked: bool
    asks: bool
    flagged: bool
    heading: str  # the section it begins; "": none


def slots_part(sheet: Sheet, states: Sequence[SlotState], slot: int, *, linked: bool) -> Markup:
    """The list of slots, the open one marked; `linked` where there is no answer to save on the way to another.

    In a sequential quiz nothing of it can be pressed.
    """
    listed = tuple(
        ListedSlot(
            state.answered, state.final, state.asks, is_flagged(sheet, number, state), _heading_words(sheet, number)
        )
        for number, state in enumerate(states, start=1)
    )
    way: Way = "none" if is_sequential(sheet.quiz.settings) else "links" if linked else "buttons"
    return _slots(language(), listed, slot, way)


def is_flagged(sheet: Sheet, slot: int, state: SlotState) -> bool:
    """Whether a slot is shown as doubted: a check settles the doubt."""
    return slot in sheet.flagged and not state.final


def heading_part(sheet: Sheet, slot: int, level: int = 2, *, again: bool = False) -> Markup:
    """The heading above a slot that begins a section, with the text to read first; nothing above the others.

    `again`: above those of a section with a text it stands folded, as the page with the first of them is gone.
    """
    begun, here = first_of_section(sheet.places, slot), sheet.places[slot - 1].section
    if here is None or (begun is None and not (again and sheet.quiz.sections[here].text)):
        return Markup("")
    section, begins = sheet.quiz.sections[here], begun is not None
    return part("learn/quiz_section.html", section=section, begins=begins, level=level, language=language())


def _heading_words(sheet: Sheet, slot: int) -> str:
    begun = first_of_section(sheet.places, slot)
    return "" if begun is None else sheet.quiz.sections[begun].title.in_(language())


def overview_part(sheet: Sheet, states: Sequence[SlotState], attempt_url: str) -> Markup:
    """Every slot with how it stands, after what is still to do."""
    return part(
        "learn/quiz_overview_slots.html",
        attempt_url=attempt_url,
        all_on_one=sheet.quiz.settings.pages == "all",
        linked=not is_sequential(sheet.quiz.settings),
        rows=[(state, _heading_words(sheet, slot)) for slot, state in enumerate(states, start=1)],
        unanswered=unanswered(states),
        flagged=[slot for slot, state in enumerate(states, start=1) if is_flagged(sheet, slot, state)],
    )


def unanswered(states: Sequence[SlotState]) -> list[int]:
    """The slots that want an answer and have none."""
    return [slot for slot, state in enumerate(states, start=1) if state.open]


@lru_cache(maxsize=4000)
def _slots(language: str, states: tuple[ListedSlot, ...], slot: int, way: Way) -> Markup:
    return part("learn/quiz_slots.html", states=states, slot=slot, way=way)
