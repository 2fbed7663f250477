"""Grant a person or a cohort other limits at a quiz, or take that back; keys that are still kept back follow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, or_, select, update

from app.catalogue.queries import course_at, get_published
from app.content.activities import Quiz
from app.db import read, write_all, writing
from app.errors import N_
from app.marking.queries.overrides import override_of
from app.people.models import CohortMember
from app.quizzes.granting import GrantRefused, Whom, store_no_override, store_override
from app.quizzes.models import Attempt, Mark
from app.quizzes.overrides import limits_of_all
from app.quizzes.rules.limits import Grant
from app.quizzes.rules.review import key_opened_at, opens_earlier_keys, settled

_ATTEMPT: Final = Attempt.__table__.c
_MARK: Final = Mark.__table__
_MEMBER: Final = CohortMember.__table__.c
_HANDED_IN: Final = select(
    _ATTEMPT.id,
    _ATTEMPT.person_id,
    _ATTEMPT.revision_id,
    _ATTEMPT.finished_at,
    _ATTEMPT.number,
    _ATTEMPT.fraction,
    _ATTEMPT.passed,
).where(
    _ATTEMPT.course_slug == bindparam("course"),
    _ATTEMPT.quiz_id == bindparam("quiz"),
    _ATTEMPT.finished_at.is_not(None),
    or_(
        _ATTEMPT.person_id == bindparam("person"),
        _ATTEMPT.person_id.in_(select(_MEMBER.person_id).where(_MEMBER.cohort_id == bindparam("cohort"))),
    ),
)
_OPEN_KEYS: Final = (
    update(_MARK)
    .where(
        _MARK.c.attempt_id == bindparam("of_attempt"),
        or_(_MARK.c.key_opened_at.is_(None), _MARK.c.key_opened_at > bindparam("now")),
    )
    .values(key_opened_at=bindparam("opens"))
)


class GrantedMeanwhile(GrantRefused):
    """What was granted is not any more what the page showed."""

    def __init__(self) -> None:
        super().__init__(
            N_("Kelonggaran ini sudah diubah orang lain sejak halaman ini dibuka. Periksa dahulu, lalu ulangi.")
        )


class GrantedBefore(GrantRefused):
    """Something was granted to the same before: it is changed, not given twice."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("%(name)s sudah punya kelonggaran di kuis ini. Ubah yang itu.", name=name))


class NothingToGrant(GrantRefused):
    """An override that says nothing."""

    def __init__(self) -> None:
        super().__init__(N_("Isi sekurangnya satu: batas waktu, kesempatan, dibuka, atau ditutup."))


@dataclass(frozen=True, slots=True)
class OverrideChange:
    """What a page wants granted (None: nothing any more), and when what it showed was granted (None: nothing was)."""

    whom: Whom
    grant: Grant | None
    shown: datetime | None


def grant_override(course_slug: str, quiz: Quiz, whom: Whom, grant: Grant, *, now: datetime) -> None:
    """Grant it, in place of whatever was granted to the same before. It holds for attempts under way as well.

    Raises PracticeUntimed, ClosedBeforeOpened.
    """
    with writing():
        _store_at_each_form(course_slug, quiz, whom, grant, now)


def withdraw_override(course_slug: str, quiz: Quiz, whom: Whom, *, now: datetime) -> bool:
    """Take back what was granted; whether anything was."""
    with writing():
        return _store_at_each_form(course_slug, quiz, whom, None, now)


def change_override(course_slug: str, quiz: Quiz, change: OverrideChange, *, now: datetime) -> None:
    """The same from a page, which must have known what is there. The same form sent twice does it once.

    Raises NothingToGrant, GrantedBefore, GrantedMeanwhile, PracticeUntimed, ClosedBeforeOpened.
    """
    if change.grant == Grant():
        raise NothingToGrant
    with writing():
        there = override_of(course_slug, quiz.id, change.whom)
        if change.grant == (there.grant if there else None):
            return
        if change.shown != (there.changed_at if there else None):
            raise GrantedBefore(there.name) if there and change.shown is None else GrantedMeanwhile
        _store_at_each_form(course_slug, quiz, change.whom, change.grant, now)


def _store_at_each_form(course_slug: str, quiz: Quiz, whom: Whom, grant: Grant | None, now: datetime) -> bool:
    """Grant it (None: take it back) at a quiz, and at the other form of a test that has two: nobody chooses which one
    is theirs, so it holds for both. Whether anything was taken back.
    """
    gone = False
    for each in get_published(course_slug).course.all_forms(quiz):
        if grant is None:
            gone |= store_no_override(course_slug, each.id, whom)
        else:
            store_override(course_slug, each, whom, grant, now=now)
        _store_key_dates(course_slug, each.id, whom, now)
    return gone


def _store_key_dates(course_slug: str, quiz_id: str, whom: Whom, now: datetime) -> None:
    """Keys that are still kept back open when the quiz closes for their learner from now on; open ones stay open.

    Who joins or leaves a cohort is not looked at: there the date known at hand-in stays.
    """
    values = {"course": course_slug, "quiz": quiz_id, "person": whom.person_id, "cohort": whom.cohort_id}
    handed_in = read(_HANDED_IN, values)
    ended: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in handed_in:
        ended[row.person_id].append(row)
    dates: list[dict[str, Any]] = []
    for revision_id in {row.revision_id for row in handed_in}:
        quiz = course_at(revision_id).activity(quiz_id)
        if not isinstance(quiz, Quiz) or not opens_earlier_keys(quiz.settings):
            continue
        limits = limits_of_all(ended, course_slug, quiz)
        for row in handed_in:
            if row.revision_id == revision_id:
                of_person = limits[row.person_id]
                opens = key_opened_at(
                    quiz.settings,
                    checked_at=None,
                    finished_at=row.finished_at,
                    settled=settled(of_person, ended[row.person_id], quiz.settings),
                    closes=of_person.closes,
                )
                dates.append({"of_attempt": row.id, "opens": max(opens, now) if opens else None, "now": now})
    write_all(_OPEN_KEYS, dates)
