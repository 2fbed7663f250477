"""How a question is used as learners have it now: in which quizzes, and how often it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from app.authoring.question_desk import QuestionDesk
from app.catalogue.queries.served import heads, published_of
from app.catalogue.rules import SHARED
from app.content.course import Course
from app.db import db
from app.quizzes.models import Attempt, Mark

_ANSWERS: Final[Any] = (
    select(func.count())
    .select_from(Attempt)
    .join(Mark, Mark.attempt_id == Attempt.id)
    .where(
        Attempt.course_slug == bindparam("slug"),
        Attempt.quiz_id.in_(bindparam("quizzes", expanding=True)),
        Mark.question == bindparam("address"),
        Mark.answered_at.is_not(None),
    )
)


@dataclass(frozen=True, slots=True)
class Use:
    """In how many quizzes a question stands or may be drawn, and how many answers it has had in handed-in attempts.

    `courses`: in how many courses, where it is of a shared bank.
    """

    quizzes: int
    answers: int
    courses: int | None = None


def use_of(desk: QuestionDesk) -> Use | None:
    """The use of a question; None where learners never had it, and for questions of surveys."""
    if desk.published_kind is None or desk.home.kind == "survey":
        return None
    slug, address = desk.workspace.slug, desk.home.address(desk.workspace.slug, desk.id)
    asked = [head for head in heads().values() if head.slug != SHARED and slug in (SHARED, head.slug)]
    served = [each.course for head in asked if (each := published_of(head)) is not None]
    if not served and slug != SHARED:
        return None
    quizzes = {each.slug: ids for each in served if (ids := _quizzes(each, address))}
    answers = sum(_answers(of, ids, address) for of, ids in quizzes.items())
    return Use(sum(map(len, quizzes.values())), answers, len(quizzes) if slug == SHARED else None)


def _quizzes(course: Course, address: str) -> list[str]:
    return [each.id for each in course.quizzes if address in each.addresses]


def _answers(slug: str, quizzes: list[str], address: str) -> int:
    return db.session.scalar(_ANSWERS, {"slug": slug, "quizzes": quizzes, "address": address}) or 0
