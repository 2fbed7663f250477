"""Grant a person or a cohort other limits at a quiz, and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, or_, select, update

from app.content.course import Quiz
from app.db import insert_unless_there, read, write, writing
from app.errors import N_, Refusal
from app.people.models import Cohort, Person
from app.quizzes.models import Attempt, OverrideRow
from app.quizzes.rules.limits import Grant

_OVERRIDE: Final = OverrideRow.__table__
_ATTEMPT: Final = Attempt.__table__
_AT_QUIZ: Final = (_OVERRIDE.c.course_slug == bindparam("course"), _OVERRIDE.c.quiz_id == bindparam("quiz"))
_FORGET: Final = delete(_OVERRIDE).where(
    *_AT_QUIZ, or_(_OVERRIDE.c.person_id == bindparam("person"), _OVERRIDE.c.cohort_id == bindparam("cohort"))
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
_LISTED: Final = (
    select(
        _OVERRIDE.c.opens_at,
        _OVERRIDE.c.closes_at,
        _OVERRIDE.c.minutes,
        _OVERRIDE.c.attempts,
        Person.user_name.label("person"),
        Cohort.name.label("cohort"),
    )
    .select_from(
        _OVERRIDE.outerjoin(Person.__table__, Person.id == _OVERRIDE.c.person_id).outerjoin(
            Cohort.__table__, Cohort.id == _OVERRIDE.c.cohort_id
        )
    )
    .where(*_AT_QUIZ)
    .order_by(_OVERRIDE.c.id)
)


class PracticeUntimed(Refusal):
    """A time limit for a practice."""

    def __init__(self) -> None:
        super().__init__(N_("Latihan tidak dibatasi waktunya."))


class ClosedBeforeOpened(Refusal):
    """A window that would close before it opens."""

    def __init__(self) -> None:
        super().__init__(N_("Kuis ini ditutup sebelum dibuka."))


@dataclass(frozen=True, slots=True)
class Whom:
    """A person or a cohort, by the id of the one."""

    person_id: int | None = None
    cohort_id: int | None = None


def grant_override(course_slug: str, quiz: Quiz, whom: Whom, grant: Grant, *, now: datetime) -> None:
    """Grant it, in place of whatever was granted to the same before. It holds for attempts under way as well.

    Raises PracticeUntimed, ClosedBeforeOpened.
    """
    if grant.time_limit and quiz.settings.preset == "practice":
        raise PracticeUntimed
    if grant.opens is not None and grant.closes is not None and grant.closes <= grant.opens:
        raise ClosedBeforeOpened
    row = {
        "course_slug": course_slug,
        "quiz_id": quiz.id,
        "person_id": whom.person_id,
        "cohort_id": whom.cohort_id,
        "opens_at": grant.opens,
        "closes_at": grant.closes,
        "minutes": None if grant.time_limit is None else int(grant.time_limit.total_seconds()) // 60,
        "attempts": grant.attempts,
        "changed_at": now,
    }
    with writing():
        while True:
            write(_FORGET, _whose(course_slug, quiz, whom))
            if insert_unless_there(_OVERRIDE, row):
                break
        write(_WATCH, {"course": course_slug, "quiz": quiz.id, "watched": True})


def withdraw_override(course_slug: str, quiz: Quiz, whom: Whom) -> bool:
    """Take back what was granted; whether anything was."""
    with writing():
        return write(_FORGET, _whose(course_slug, quiz, whom)) > 0


def overrides_at(course_slug: str, quiz: Quiz) -> list[Any]:
    """What was granted at a quiz, each with the user name of its person or the name of its cohort."""
    return read(_LISTED, {"course": course_slug, "quiz": quiz.id})


def _whose(course_slug: str, quiz: Quiz, whom: Whom) -> dict[str, object]:
    return {"course": course_slug, "quiz": quiz.id, "person": whom.person_id, "cohort": whom.cohort_id}
