"""What an attempt notes beside its answers. Never commits."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam, select, update

from app.db import read, write
from app.quizzes.models import Attempt
from app.quizzes.queries import Sheet
from app.quizzes.rules.navigation import is_sequential

_ATTEMPT: Final = Attempt.__table__
# FOR NO KEY UPDATE: of two flags set at once each sees the other's, and no answer has to wait for them.
_FLAGS: Final = (
    select(_ATTEMPT.c.flagged).where(_ATTEMPT.c.id == bindparam("attempt_id")).with_for_update(key_share=True)
)
_FLAG: Final = update(_ATTEMPT).where(_ATTEMPT.c.id == bindparam("attempt_id")).values(flagged=bindparam("slots"))

_PASS: Final = (
    update(_ATTEMPT)
    .where(_ATTEMPT.c.id == bindparam("attempt_id"), _ATTEMPT.c.at_slot == bindparam("left_slot"))
    .values(at_slot=bindparam("following"))
)


def store_passed(sheet: Sheet, slot: int) -> Sheet:
    """Leave the slot that a sequential attempt has come to behind, and no other; the attempt as it is then."""
    if not is_sequential(sheet.quiz.settings) or slot != sheet.reached:
        return sheet
    write(_PASS, {"attempt_id": sheet.id, "left_slot": slot, "following": slot + 1})
    return replace(sheet, reached=slot + 1)


def store_flag(sheet: Sheet, slot: int, *, unsure: bool | None) -> Sheet:
    """Note whether its learner is unsure of a slot (None: it was not said); the attempt as it is then."""
    if unsure is None or unsure is (slot in sheet.flagged):
        return sheet
    others = set(read(_FLAGS, {"attempt_id": sheet.id})[0].flagged) - {slot}
    flagged = frozenset(others | {slot} if unsure else others)
    write(_FLAG, {"attempt_id": sheet.id, "slots": sorted(flagged)})
    return replace(sheet, flagged=flagged)
