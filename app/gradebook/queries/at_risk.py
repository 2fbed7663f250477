"""What is known of the people of a course, as the rules of who may need help ask it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import case, distinct, func, or_, select

from app.content.activities import Activity, Quiz
from app.content.course import Course
from app.db import UtcTime, db
from app.gradebook.queries.people import CoursePerson, at_once, memberships_of, people_of
from app.gradebook.rules.at_risk import (
    STUCK_FROM,
    Asked,
    Followed,
    Risk,
    Tries,
    WrongAgain,
    open_now,
    risks,
)
from app.people.models import CohortMember
from app.progress.models import CourseCompletion
from app.progress.queries import facts_of_people
from app.progress.rules import NOTHING_DONE
from app.questions.base import Outcome
from app.quizzes.models import UNDER_WAY, Answer, Attempt, Mark, OverrideRow
from app.quizzes.overrides import GRANTED, limits_of
from app.quizzes.rules.limits import Limits
from app.quizzes.rules.starting import OPEN, AttemptState

_WRONG: Final = Mark.outcome == Outcome.WRONG.value
_NOT_WRONG: Final = Mark.outcome.in_([Outcome.RIGHT.value, Outcome.PARTIAL.value, Outcome.CREDITED.value])


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody who may need help, why, and what they can do next in the course."""

    person: CoursePerson
    risks: tuple[Risk, ...]
    still_open: tuple[Activity, ...]


def people_at_risk(ids: Sequence[int], course: Course, asked: Asked) -> Iterator[AtRisk]:
    """Those of some people who may need help, in their order. Eight statements for as many as are read at
    once."""
    for some in map(partial(_unfinished, course), at_once(ids)):
        facts, joined, tries = (
            facts_of_people(some, course),
            memberships_of(some, course),
            _tries(some, course, asked.now),
        )
        often = [each for each in some if sum(quiz.made for quiz in tries.get(each, {}).values()) >= STUCK_FROM]
        wrong, heard = _wrong_again(often, course) if often else {}, _heard(some, course)
        for person in people_of(some):
            followed = Followed(
                facts.get(person.id, NOTHING_DONE),
                person.created_at,
                joined.get(person.id, ()),
                tries.get(person.id, {}),
                wrong.get(person.id, ()),
                heard.get(person.id),
            )
            if found := risks(course, followed, asked):
                yield AtRisk(person, found, open_now(course, followed))


def _unfinished(course: Course, ids: Sequence[int]) -> Sequence[int]:
    """Those who have not completed the course: nobody else is at risk in it, so no more is read of them."""
    of_course = CourseCompletion.person_id.in_(ids), CourseCompletion.course_slug == course.slug
    completed = set(db.session.scalars(select(CourseCompletion.person_id).where(*of_course)))
    return [each for each in ids if each not in completed]


def _tries(ids: Collection[int], course: Course, now: datetime) -> Mapping[int, Mapping[str, Tries]]:
    """By person and quiz: how many attempts were made, and how many may be, grants included. Of quizzes that were never
    tried those are told that may not be tried now.
    """
    granted = _granted(ids, course)
    chosen = (
        select(
            Attempt.person_id,
            Attempt.quiz_id,
            func.count().label("made"),
            func.max(case((Attempt.state.in_([each.value for each in OPEN]), 1), else_=0)).label("under_way"),
        )
        .where(
            Attempt.person_id.in_(ids),
            Attempt.course_slug == course.slug,
            Attempt.state != AttemptState.DELETED.value,
        )
        .group_by(Attempt.person_id, Attempt.quiz_id)
    )
    found: dict[int, dict[str, Tries]] = defaultdict(dict)
    for row in db.session.execute(chosen):
        quiz = course.activity(row.quiz_id)
        if isinstance(quiz, Quiz):
            limits = limits_of(quiz.settings, granted.get((row.person_id, row.quiz_id), ()))
            found[row.person_id][course.listed_as(row.quiz_id)] = _within(limits, row.made, bool(row.under_way), now)
    for quiz in course.quizzes:
        for person_id in ids:
            given = granted.get((person_id, quiz.id), ())
            if given or quiz.settings.opens or quiz.settings.closes:
                untried = _within(limits_of(quiz.settings, given), 0, under_way=False, now=now)
                found[person_id].setdefault(course.listed_as(quiz.id), untried)
    return found


def _within(limits: Limits, made: int, under_way: bool, now: datetime) -> Tries:
    return Tries(made, limits.attempts, under_way, limits.early(now), limits.closed(now))


def _granted(ids: Collection[int], course: Course) -> Mapping[tuple[int, str], list[Any]]:
    """What was granted at the quizzes of a course, by person and quiz."""
    chosen = (
        select(*GRANTED, OverrideRow.quiz_id, func.coalesce(OverrideRow.person_id, CohortMember.person_id).label("who"))
        .select_from(OverrideRow)
        .outerjoin(CohortMember, CohortMember.cohort_id == OverrideRow.cohort_id)
        .where(
            OverrideRow.course_slug == course.slug,
            or_(OverrideRow.person_id.in_(ids), CohortMember.person_id.in_(ids)),
        )
    )
    found: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in db.session.execute(chosen):
        found[row.who, row.quiz_id].append(row)
    return found


def _wrong_again(ids: Collection[int], course: Course) -> Mapping[int, list[WrongAgain]]:
    """The questions that each answered wrong in STUCK_FROM attempts or more."""
    times = func.count(distinct(case((_WRONG, Mark.attempt_id))))
    chosen = (
        select(
            Attempt.person_id,
            func.max(case((_WRONG, Attempt.quiz_id))).label("quiz_id"),
            Mark.question,
            times.label("times"),
            func.min(case((_WRONG, Attempt.finished_at)), type_=UtcTime).label("first_at"),
            func.max(case((_WRONG, Attempt.finished_at)), type_=UtcTime).label("last_at"),
            func.max(case((_NOT_WRONG, Attempt.finished_at)), type_=UtcTime).label("right_at"),
        )
        .join(Mark, Mark.attempt_id == Attempt.id)
        .where(
            Attempt.person_id.in_(ids),
            Attempt.course_slug == course.slug,
            Attempt.state == AttemptState.FINISHED.value,
            or_(_WRONG, _NOT_WRONG),
        )
        .group_by(Attempt.person_id, Mark.question)
        .having(times >= STUCK_FROM)
    )
    found: dict[int, list[WrongAgain]] = defaultdict(list)
    for row in db.session.execute(chosen):
        found[row.person_id].append(WrongAgain(*row[1:]))
    return found


def _heard(ids: Collection[int], course: Course) -> Mapping[int, datetime]:
    """When each was last heard of in an attempt under way."""
    chosen = (
        select(Attempt.person_id, func.max(Answer.saved_at, type_=UtcTime).label("at"))
        .join(Answer, Answer.attempt_id == Attempt.id)
        .where(UNDER_WAY, Attempt.person_id.in_(ids), Attempt.course_slug == course.slug)
        .group_by(Attempt.person_id)
    )
    return {row.person_id: row.at for row in db.session.execute(chosen)}
