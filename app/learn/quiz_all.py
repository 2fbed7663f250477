"""A quiz with all its questions on one page: one form without scripts, an answer at a time with them.

The controls of a slot are named as on its own page, after a prefix that tells the slot. Files are sent from a page of
their own: here a button leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from flask import url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.errors import N_, Message
from app.learn.quiz_list import heading_part
from app.learn.quiz_modes import mode_part
from app.learn.quiz_pages import flag_part, question_part, saved_words
from app.learn.quiz_refusals import answer_words
from app.learn.quiz_time import clock_part
from app.questions.file import File
from app.quizzes.operations import Posted, new_page_token
from app.quizzes.queries import Sheet
from app.quizzes.rules.answering import NewerAnswer, SlotState
from app.quizzes.rules.review import WHILE_ANSWERING
from app.web.frame import show_page
from app.web.languages import tell

NOT_ANSWERED: Final[Message] = N_("Tidak dijawab")

# Where a control is named. What people wrote holds no "<", ">" or quote that is not escaped.
_NAME: Final = re.compile(r'(<(?:input|select|textarea)\b[^<>]*? name=")')
_FIELD: Final = re.compile(r"s([1-9][0-9]{0,3})-(.+)", re.DOTALL)


def all_page(
    sheet: Sheet, states: Sequence[SlotState], *, now: datetime, refused: Mapping[int, NewerAnswer] | None = None
) -> str:
    """Every question of an attempt. `refused`: by slot, the answers of the page before that could not be kept."""
    return show_page(
        "learn/quiz_all.html",
        course=sheet.course,
        quiz=sheet.quiz,
        attempt_url=url_for("learn.attempt", attempt_id=sheet.id),
        slots=[_slot(sheet, slot, state, (refused or {}).get(slot)) for slot, state in enumerate(states, start=1)],
        clock=clock_part(sheet, now) if sheet.limits.timed else "",
        timed=sheet.limits.timed,
        refused=bool(refused),
    )


def posted_by_slot(form: MultiDict[str, str]) -> dict[int, Posted]:
    """What such a page sends, by slot; a slot that it did not show is not there."""
    fields: dict[int, dict[str, list[str]]] = {}
    for name, values in form.lists():
        found = _FIELD.fullmatch(name)
        if found:
            fields.setdefault(int(found[1]), {})[found[2]] = values
    return {slot: _posted(each) for slot, each in sorted(fields.items()) if "seen" in each}


def _posted(fields: dict[str, list[str]]) -> Posted:
    seen = fields.pop("seen")[0]
    return Posted(
        fields=fields,
        page_token=fields.pop("page", [""])[0],
        shown_seq=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= 6 else -1,
        wanted="save",
        unsure="yes" in fields["flag"] if "flag" in fields else None,
    )


def _slot(sheet: Sheet, slot: int, state: SlotState, refusal: NewerAnswer | None) -> dict[str, Any]:
    question = sheet.question(slot)
    alone = isinstance(question, File)
    shown = question_part(sheet, slot, state, "locked" if alone else "open", WHILE_ANSWERING)
    if not alone:
        shown += mode_part(sheet, slot, state)
    if question.asks and not alone:
        shown += flag_part(unsure=slot in sheet.flagged)
    return {
        "number": slot,
        "heading": heading_part(sheet, slot),
        "asks": question.asks,
        "alone": alone,
        "html": _prefixed(shown, f"s{slot}-"),
        "page_token": new_page_token(),
        "seen": state.seq,
        "saved": saved_words(state.newest) if state.newest else "",
        "refusal": None if refusal is None else _refusal(sheet, slot, refusal),
    }


def _refusal(sheet: Sheet, slot: int, refusal: NewerAnswer) -> dict[str, str]:
    question, newest, given = sheet.question(slot), refusal.newest, refusal.given
    return {
        "saved": answer_words(question, newest.response, newest.certainty) or tell(NOT_ANSWERED),
        "given": answer_words(question, given.response, given.certainty) or tell(NOT_ANSWERED),
    }


def _prefixed(html: Markup, prefix: str) -> Markup:
    return Markup(_NAME.sub(rf"\g<1>{prefix}", str(html)))  # noqa: S704 (rendered, and a name of our own)
