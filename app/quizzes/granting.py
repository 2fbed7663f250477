"""Grant a person or a cohort other limits at a quiz, and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, or_, update

from app.content.activities import Quiz
from app.db import insert_unless_there, write
from app.errors import N_, Refusal
from app.quizzes.models import Attempt, OverrideRow
from app.quizzes.rules.limits import Grant

_OVERRIDE: Final = OverrideRow.__table__
_ATTEMPT: Final = Attempt.__table__
_AT_QUIZ: Final = (_OVERRIDE.c.course_slug == bindparam("course"), _OVERRIDE.c.quiz_id == bindparam("quiz"))
_OF_WHOM: Final = or_(_OVERRIDE.c.person_id == bindparam("person"), _OVERRIDE.c.cohort_id == bindparam("cohort"))
_FORGET: Final = delete(_OVERRIDE).where(*_AT_QUIZ, _OF_WHOM)
_CHANGE: Final = (
    update(_OVERRIDE)
    .where(*_AT_QUIZ, _OF_WHOM)
    .values(
        opens_at=bindparam("opens"),
        closes_at=bindparam("closes"),
        minutes=bindparam("limit"),
        attempts=bindparam("times"),
        changed_at=bindparam("now"),
    )
)
# Whoever is granted something, or joins a cohort that was, may run out of time from now on.
_WATCH: Final = (
    update(_ATTEMPT)
    .where(
        _ATTEMPT.c.course_slug == bindparam("course"),
        _ATTEMPT.c.quiz_id == bindparam("quiz"),
        _ATTEMPT.c.state == "in_progress",
    )
    .values(timed=bindparam("watched"))
)


class GrantRefused(Refusal):
    """Limits that cannot be granted."""


class PracticeUntimed(GrantRefused):
    """A time limit for a practice."""

    def __init__(self) -> None:
        super().__init__(N_("Latihan tidak dibatasi waktunya."))


class ClosedBeforeOpened(GrantRefused):
    """A window that would close before it opens."""

    def __init__(self) -> None:
        super().__init__(N_("Kuis ini ditutup sebelum dibuka."))


@dataclass(frozen=True, slots=True)
class Whom:
    """A person or a cohort, by the id of the one."""

    person_id: int | None = None
    cohort_id: int | None = None


def store_override(course_slug: str, quiz: Quiz, whom: Whom, grant: Grant, *, now: datetime) -> None:
    """Grant it, in place of whatever was granted to the same before; attempts under way have it at once. Never commits.

    Raises PracticeUntimed, ClosedBeforeOpened.
    """
    if grant.time_limit and quiz.settings.preset == "practice":
        raise PracticeUntimed
    if grant.opens is not None and grant.closes is not None and grant.closes <= grant.opens:
        raise ClosedBeforeOpened
    minutes = None if grant.time_limit is None else int(grant.time_limit.total_seconds()) // 60
    granted = {"opens": grant.opens, "closes": grant.closes, "limit": minutes, "times": grant.attempts, "now": now}
    row = {
        "course_slug": course_slug,
        "quiz_id": quiz.id,
        "person_id": whom.person_id,
        "cohort_id": whom.cohort_id,
        "opens_at": grant.opens,
        "closes_at": grant.closes,
        "minutes": minutes,
        "attempts": grant.attempts,
        "changed_at": now,
    }
    while not write(_CHANGE, {**_whose(course_slug, quiz.id, whom), **granted}):
        if insert_unless_there(_OVERRIDE, row):
            break
    write(_WATCH, {"course": course_slug, "quiz": quiz.id, "watched": True})


def store_no_override(course_slug: str, quiz_id: str, whom: Whom) -> bool:
    """Take back what was granted; whether anything was. Never commits."""
    return write(_FORGET, _whose(course_slug, quiz_id, whom)) > 0


def _whose(course_slug: str, quiz_id: str, whom: Whom) -> dict[str, object]:
    return {"course": course_slug, "quiz": quiz_id, "person": whom.person_id, "cohort": whom.cohort_id}
