"""Change how a course counts, and one person's grade by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, update

from app.content.course import Course
from app.db import insert_unless_there, put_all, write, writing
from app.gradebook.models import Gradebook, GradebookWeight, GradeOverride
from app.gradebook.queries.grades import changes_of_cell, weighting_of
from app.gradebook.rules.changes import ChangedMeanwhile, OwnGrade, WeightsChangedMeanwhile, keep_change
from app.gradebook.rules.grades import GradeChange

_BOOK: Final = Gradebook.__table__
_SAVE: Final = (
    update(_BOOK)
    .where(_BOOK.c.course_slug == bindparam("course"), _BOOK.c.saves == bindparam("known"))
    .values(
        missing_as_zero=bindparam("as_zero"),
        saves=bindparam("now_saved"),
        changed_by=bindparam("by"),
        changed_at=bindparam("moment"),
    )
)


@dataclass(frozen=True, slots=True)
class WeightsWanted:
    """What a page wants: weights by activity id, what becomes of what is missing, and how often it knew them saved."""

    weights: Mapping[str, int]
    missing_as_zero: bool
    shown_saves: int
    by_id: int


def set_weights(course: Course, wanted: WeightsWanted, *, now: datetime) -> None:
    """Keep them. The same form sent twice keeps them once. Raises WeightsChangedMeanwhile."""
    course_slug = course.slug
    with writing():
        there = weighting_of(course)
        same = {each: there.weight(each) for each in wanted.weights} == dict(wanted.weights)
        if there.saves and same and there.missing_as_zero == wanted.missing_as_zero:
            return
        if wanted.shown_saves != there.saves or not _saved(course_slug, wanted, now):
            raise WeightsChangedMeanwhile
        put_all(
            GradebookWeight.__table__,
            [
                {"course_slug": course_slug, "activity_id": activity_id, "weight": weight}
                for activity_id, weight in wanted.weights.items()
            ],
        )


def change_grade(person_id: int, course_slug: str, activity_id: str, wanted: GradeChange) -> None:
    """Keep a decision on one person's activity; what it replaces stays. The same sent twice is kept once.

    Of two at once UNIQUE lets one; the other is told. Raises OwnGrade, ReasonMissing, NothingChanged, ChangedMeanwhile.
    """
    if person_id == wanted.by_id:
        raise OwnGrade
    with writing():
        earlier = changes_of_cell(person_id, course_slug, activity_id)
        if not keep_change(wanted, earlier[-1] if earlier else None):
            return
        row = {
            "person_id": person_id,
            "course_slug": course_slug,
            "activity_id": activity_id,
            "seq": wanted.seq,
            "fraction": wanted.fraction,
            "excluded": wanted.excluded,
            "reason": wanted.reason,
            "by_id": wanted.by_id,
            "at": wanted.at,
        }
        if not insert_unless_there(GradeOverride.__table__, row):
            raise ChangedMeanwhile


def _saved(course_slug: str, wanted: WeightsWanted, now: datetime) -> bool:
    """Whether the book was saved: False where another writer was faster."""
    if wanted.shown_saves:
        values = {
            "course": course_slug,
            "known": wanted.shown_saves,
            "as_zero": wanted.missing_as_zero,
            "now_saved": wanted.shown_saves + 1,
            "by": wanted.by_id,
            "moment": now,
        }
        return write(_SAVE, values) == 1
    row = {
        "course_slug": course_slug,
        "missing_as_zero": wanted.missing_as_zero,
        "saves": 1,
        "changed_by": wanted.by_id,
        "changed_at": now,
    }
    return insert_unless_there(_BOOK, row)
