"""What learners did, week by week, in one read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, ColumnElement, Select, case, func, literal, null, select, type_coerce, union_all

from app.competencies.queries.learners import LearnerFilter, learner_conditions, learners_from
from app.db import db
from app.figures.queries import kept_figure
from app.people.models import Person
from app.people.permissions import Scope
from app.people.queries.people import work_within
from app.progress.models import LessonDone
from app.quizzes.models import Attempt
from app.reports.rules.weeks import Week, WeekDone, weeks_until

KEPT: Final = "trend"
MOST_WEEKS: Final = 52

_ATTEMPT: Final = Attempt.__table__.c
_LESSON: Final = LessonDone.__table__.c
# An average over the first attempts at each quiz: later ones are at questions that were met before.
_FIRST: Final = case((_ATTEMPT.number == 1, 100 * _ATTEMPT.fraction), else_=null())


def weeks_told(
    count: int, wanted: LearnerFilter, within: Scope, now: datetime, zone: ZoneInfo
) -> tuple[tuple[WeekDone, ...], datetime]:
    """The last `count` weeks (MOST_WEEKS at most), and as of when: of everybody as it was kept, where it is."""
    whole = within.everything and wanted == LearnerFilter()
    if whole and (kept := kept_figure(KEPT, now)):
        weeks = weeks_until(kept.made_at, count, zone)
        told = {date.fromisoformat(monday): numbers for monday, *numbers in kept.value}
        if all(week.monday in told for week in weeks):
            return tuple(WeekDone(week, *told[week.monday]) for week in weeks), kept.made_at
    return done_by_week(weeks_until(now, count, zone), wanted, within), now


def weeks_to_keep(now: datetime, zone: ZoneInfo) -> list[list[Any]]:
    """Everybody's weeks up to now, as `weeks_told` reads them."""
    everybody = Scope(0, everything=True)
    return [
        [each.week.monday.isoformat(), each.people, each.attempts, each.lessons, each.marked, each.total, each.squares]
        for each in done_by_week(weeks_until(now, MOST_WEEKS, zone), LearnerFilter(), everybody)
    ]


def done_by_week(weeks: Sequence[Week], wanted: LearnerFilter, within: Scope) -> tuple[WeekDone, ...]:
    """Each of these weeks, which follow on each other, with what was done in it; also those without anything."""
    did = _did(weeks, wanted, within)
    of_one = (
        select(
            did.c.week,
            did.c.person_id,
            func.sum(did.c.attempt).label("attempts"),
            func.sum(did.c.lesson).label("lessons"),
            func.avg(did.c.first).label("mean"),
        )
        .group_by(did.c.week, did.c.person_id)
        .subquery("of_one")
    )
    mean = of_one.c.mean
    chosen = select(
        of_one.c.week, func.count(), func.sum(of_one.c.attempts), func.sum(of_one.c.lessons), func.count(mean),
        func.sum(mean), func.sum(mean * mean),
    ).group_by(of_one.c.week)  # fmt: skip
    found = {row[0]: row[1:] for row in db.session.execute(chosen)}
    return tuple(WeekDone(week, *_numbers(found.get(number))) for number, week in enumerate(weeks))


def _numbers(row: Sequence[Any] | None) -> tuple[int, int, int, int, float, float]:
    if row is None:
        return 0, 0, 0, 0, 0.0, 0.0
    people, attempts, lessons, marked, total, squares = row
    return int(people), int(attempts), int(lessons), int(marked), float(total or 0), float(squares or 0)


def _did(weeks: Sequence[Week], wanted: LearnerFilter, within: Scope) -> CTE:
    """A row for each attempt that was handed in and each lesson that was read."""

    def of(table: Any, at: ColumnElement[datetime], *, attempt: int, first: Any) -> Select[Any]:
        columns = table.c
        chosen = learners_from(
            select(
                columns.person_id.label("person_id"),
                _week_of(at, weeks).label("week"),
                literal(attempt).label("attempt"),
                literal(1 - attempt).label("lesson"),
                first.label("first"),
            )
        )
        return chosen.join(table, columns.person_id == Person.id).where(
            at >= weeks[0].begins,
            at < weeks[-1].ends,
            work_within(within, columns.course_slug),
            *learner_conditions(wanted, within),
        )

    attempts = of(Attempt.__table__, _ATTEMPT.finished_at, attempt=1, first=_FIRST).where(
        _ATTEMPT.state.in_(("submitted", "finished"))
    )
    nothing = type_coerce(null(), _ATTEMPT.fraction.type)
    return union_all(attempts, of(LessonDone.__table__, _LESSON.done_at, attempt=0, first=nothing)).cte("did")


def _week_of(at: ColumnElement[datetime], weeks: Sequence[Week]) -> ColumnElement[int]:
    return case(*((at < week.ends, number) for number, week in enumerate(weeks)))
