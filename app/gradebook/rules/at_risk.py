"""Who of a course may need help, why, and since when. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from app.content.activities import Activity, Quiz, Task
from app.content.course import Course
from app.progress.rules import NEVER, CourseFacts, Standing, is_pretest, standing_of, touched_at

STUCK_FROM: Final = 3  # attempts in which a question was answered wrong
USUAL_DAYS: Final = 14
MOST_DAYS: Final = 365


class Reason(StrEnum):
    """Why somebody may need help."""

    NEVER_BEGAN = "never_began"
    INACTIVE = "inactive"
    USED_UP = "used_up"  # no attempt at a quiz may be made any more, and none passed
    NOT_PASSED = "not_passed"  # the grade of a quiz is below its pass mark, and more attempts may be made
    STUCK = "stuck"  # one question wrong again and again


@dataclass(frozen=True, slots=True)
class Membership:
    """One cohort that learns the course, of one person. None: it has always begun, it never ends."""

    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class WrongAgain:
    """A question that one person answered wrong in `times` attempts of a course, first and last when.

    `right_at`: when it was last answered not wrong; None: never.
    """

    quiz_id: str
    question: str  # its address
    times: int
    first_at: datetime
    last_at: datetime
    right_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tries:
    """Attempts of one person at one quiz: those made (taken out ones are none), and how many may be (None: no limit).

    `open`: one is under way; `early`: the quiz opens later; `closed`: its time is over.
    """

    made: int
    limit: int | None
    open: bool = False
    early: bool = False
    closed: bool = False

    @property
    def used_up(self) -> bool:
        """Whether none is under way, and no further one may be made."""
        return not self.open and (self.closed or (self.limit is not None and self.made >= self.limit))

    @property
    def open_now(self) -> bool:
        """Whether one may be gone on with or begun now."""
        return self.open or not (self.early or self.used_up)


@dataclass(frozen=True, slots=True)
class Followed:
    """What is known of one person in a course. `heard_at`: the newest answer of an attempt under way; None: no such."""

    facts: CourseFacts
    created_at: datetime  # the account
    memberships: Sequence[Membership] = ()  # (): the person came to an open course by themselves
    tries: Mapping[str, Tries] = field(default_factory=dict)  # by quiz; one without is open, and was never tried
    wrong: Sequence[WrongAgain] = ()
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """As of when, in whose zone a day begins, from how many days without a sign somebody counts as inactive."""

    now: datetime
    zone: tzinfo
    days: int = USUAL_DAYS

    @property
    def today(self) -> date:
        """The day it is there."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Risk:
    """One reason and since when. `best`: the grade of the quiz, 0.0 .. 1.0, None where it has none; `times`: how often
    the question was answered wrong.
    """

    reason: Reason
    since: datetime
    activity_id: str | None = None
    best: float | None = None
    question: str | None = None
    times: int = 0


def risks(course: Course, followed: Followed, asked: Asked) -> tuple[Risk, ...]:
    """Every reason, the oldest first; none once the course is completed or the cohort's time over."""
    if not open_activities(course, followed.facts) or is_over(followed.memberships, asked.today):
        return ()
    found = [*_absence(course, followed, asked), *_failing(course, followed), *_stuck(followed.wrong)]
    return tuple(sorted(found, key=lambda risk: (risk.since, risk.reason, risk.activity_id or "", risk.question or "")))


def open_activities(course: Course, facts: CourseFacts) -> tuple[Activity, ...]:
    """What the person can still do: neither done, nor waiting for somebody else. None once the course is completed."""
    if facts.completed_at is not None:
        return ()
    return tuple(
        each for each in course.activities if standing_of(each, facts) is not Standing.DONE and not _waits(each, facts)
    )


def open_now(course: Course, followed: Followed) -> tuple[Activity, ...]:
    """Of this what can be done now: no quiz that opens later, is closed, or may not be tried again."""
    return tuple(
        each
        for each in open_activities(course, followed.facts)
        if (tries := followed.tries.get(each.id)) is None or tries.open_now
    )


def is_over(memberships: Sequence[Membership], today: date) -> bool:
    """Whether the time of every cohort that learns the course with this person has passed."""
    return bool(memberships) and all(each.ends_on is not None and each.ends_on < today for each in memberships)


def _absence(course: Course, followed: Followed, asked: Asked) -> Iterator[Risk]:
    last = max((touched_at(each, followed.facts) for each in course.activities), default=NEVER)
    last = max(last, followed.heard_at or NEVER)
    if last == NEVER and not followed.facts.surveys:  # an anonymous survey tells no time
        since = _could_begin(followed, asked)
        if since <= asked.now:
            yield Risk(Reason.NEVER_BEGAN, since)
    elif last > NEVER and asked.now - last > timedelta(days=asked.days):
        yield Risk(Reason.INACTIVE, last)


def _could_begin(followed: Followed, asked: Asked) -> datetime:
    """Since when the course was there: from the first day of the cohort that began first, and never before the account.

    Cohorts without a first day have always been there.
    """
    starts = [each.starts_on for each in followed.memberships]
    if not starts or None in starts:
        return followed.created_at
    first = min(each for each in starts if each is not None)
    return max(followed.created_at, datetime(first.year, first.month, first.day, tzinfo=asked.zone))


def _failing(course: Course, followed: Followed) -> Iterator[Risk]:
    for quiz in course.activities:
        fact, tries = followed.facts.quizzes.get(quiz.id), followed.tries.get(quiz.id)
        if not isinstance(quiz, Quiz) or fact is None or fact.passed or fact.waiting or tries is None or tries.open:
            continue
        if is_pretest(quiz) and fact.handed_in:
            continue
        if tries.used_up:
            yield Risk(Reason.USED_UP, fact.touched_at, quiz.id, best=fact.best)
        elif fact.best is not None:
            yield Risk(Reason.NOT_PASSED, fact.touched_at, quiz.id, best=fact.best)


def _stuck(wrong: Iterable[WrongAgain]) -> Iterator[Risk]:
    for each in wrong:
        if each.times >= STUCK_FROM and (each.right_at is None or each.right_at < each.last_at):
            yield Risk(Reason.STUCK, each.first_at, each.quiz_id, question=each.question, times=each.times)


def _waits(activity: Activity, facts: CourseFacts) -> bool:
    if isinstance(activity, Task):
        task = facts.tasks.get(activity.id)
        return task is not None and task.waiting
    quiz = facts.quizzes.get(activity.id)
    return quiz is not None and quiz.waiting and not quiz.passed
