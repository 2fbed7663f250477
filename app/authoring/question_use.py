"""How a question is used as learners have it now: in which quizzes, and how often it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from app.authoring.question_desk import QuestionDesk
from app.catalogue.queries.served import get_published
from app.content.activities import Quiz
from app.db import db
from app.errors import NotFound
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
    """In how many quizzes a question stands or may be drawn, and how many answers it has had in handed-in attempts."""

    quizzes: int
    answers: int


def use_of(desk: QuestionDesk) -> Use | None:
    """The use of a question; None where learners never had it, and for questions of surveys."""
    if desk.published_kind is None or desk.home.kind == "survey":
        return None
    slug, address = desk.workspace.slug, desk.home.address(desk.workspace.slug, desk.id)
    try:
        course = get_published(slug).course
    except NotFound:
        return None
    quizzes = [each.id for each in course.activities if isinstance(each, Quiz) and address in each.addresses]
    if not quizzes:
        return Use(0, 0)
    count = db.session.scalar(_ANSWERS, {"slug": slug, "quizzes": quizzes, "address": address}) or 0
    return Use(len(quizzes), count)
