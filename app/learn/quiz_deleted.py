"""Attempts that a trainer took out, as their learner sees them: each with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.quizzes.events import deleted_for
from app.quizzes.queries import Sheet
from app.quizzes.rules.starting import AttemptFact, AttemptState
from app.web.frame import show_page


def deleted_page(sheet: Sheet, *, now: datetime, signed_out: bool = False) -> str:
    """What there is to say in place of a result. `now` does not matter to it."""
    why = deleted_for(sheet.person_id, sheet.course.slug, sheet.quiz.id)
    return show_page("learn/quiz_deleted.html", sheet=sheet, reason=why.get(sheet.id, ""), signed_out=signed_out)


def with_reasons(
    person_id: int, place: tuple[str, str], attempts: Sequence[AttemptFact]
) -> list[tuple[AttemptFact, str]]:
    """Those of a person's attempts at a quiz (`place`: course and quiz) that were taken out, and why.

    Nothing is asked where there are none.
    """
    deleted = [each for each in attempts if each.state is AttemptState.DELETED]
    why = deleted_for(person_id, *place) if deleted else {}
    return [(each, why.get(each.id, "")) for each in deleted]
