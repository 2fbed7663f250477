"""How many attempts of a course are under way: they keep the version that they began with."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, func, select

from app.db import read
from app.quizzes.models import UNDER_WAY, Attempt

_COUNT: Final = select(func.count(Attempt.id)).where(UNDER_WAY, Attempt.course_slug == bindparam("slug"))


def count_under_way(course_slug: str) -> int:
    """The attempts of all quizzes of a course that are not handed in yet, whoever's they are."""
    return int(read(_COUNT, {"slug": course_slug})[0][0])
