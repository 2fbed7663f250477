"""The figures of questions: those of one quiz in full, and for each question of a course what its bank shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select, union_all

from app.db import db
from app.marking.models import MarkChange, RegradeRow
from app.marking.queries.item_marks import Asked, QuizMarks, quiz_marks
from app.marking.rules.item_quality import ItemFigure
from app.psychometrics.figures import Analysis
from app.quizzes.models import Attempt

_ATTEMPT: Final = Attempt.__table__.c
_REGRADE: Final = RegradeRow.__table__.c
_CHANGE: Final = MarkChange.__table__.c

Stamp = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Analysed:
    """The marks that were asked for, and what they tell."""

    marks: QuizMarks
    analysis: Analysis

    def partly(self, index: int) -> bool:
        """Whether anybody earned a part of an item's points: then its facility is a mean and no share of people."""
        marks, whole = self.marks.marks[:, index], self.marks.max_marks[index]
        return bool(((marks > 0) & (marks < whole) | (marks < 0)).any())


def analysed(asked: Asked) -> Analysed:
    """The analysis of the attempts that are asked for."""
    from app.psychometrics.classical import analyse_matrix  # not at start: it loads numpy

    marks = quiz_marks(asked)
    return Analysed(marks, analyse_matrix(marks.marks, marks.items, marks.max_marks))


def figures_of(course_slug: str, quiz_id: str) -> Mapping[str, ItemFigure]:
    """What the bank shows of the questions of one quiz, by address."""
    found = analysed(Asked(course_slug, quiz_id))
    return {
        each.item: ItemFigure(
            quiz_id=quiz_id,
            n=each.n,
            facility=each.facility,
            partly=found.partly(index),
            discrimination=None if each.discrimination_index is None else each.discrimination_index / 100,
            course_slug=course_slug,
        )
        for index, each in enumerate(found.analysis.items)
        if each.facility is not None
    }


def stamps_of(course_slugs: Collection[str]) -> dict[tuple[str, str], Stamp]:
    """By each quiz (course, id) of these courses that has marked attempts, what changes whenever their marks do. Cheap
    to ask for.
    """
    found: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for course_slug, quiz_id, *values in db.session.execute(_stamps(course_slugs)):
        found.setdefault((course_slug, quiz_id), []).append(tuple(values))
    return {place: tuple(sorted(rows, key=str)) for place, rows in found.items()}


def _stamps(course_slugs: Collection[str]) -> Any:
    attempts = (
        select(_ATTEMPT.course_slug, _ATTEMPT.quiz_id, func.count(), func.sum(_ATTEMPT.fraction), func.max(_ATTEMPT.id))
        .where(_ATTEMPT.course_slug.in_(course_slugs), _ATTEMPT.state == "finished")
        .group_by(_ATTEMPT.course_slug, _ATTEMPT.quiz_id)
    )
    regrades = (
        select(
            _REGRADE.course_slug,
            _REGRADE.quiz_id,
            func.count(),
            func.count(_REGRADE.undone_at) * 1.0,
            func.max(_REGRADE.id),
        )
        .where(_REGRADE.course_slug.in_(course_slugs))
        .group_by(_REGRADE.course_slug, _REGRADE.quiz_id)
    )
    by_hand = (
        select(_ATTEMPT.course_slug, _ATTEMPT.quiz_id, func.count(), func.count() * 1.0, func.max(_CHANGE.id))
        .join_from(MarkChange.__table__, Attempt.__table__, _ATTEMPT.id == _CHANGE.attempt_id)
        .where(_ATTEMPT.course_slug.in_(course_slugs))
        .group_by(_ATTEMPT.course_slug, _ATTEMPT.quiz_id)
    )
    return union_all(attempts, regrades, by_hand)
