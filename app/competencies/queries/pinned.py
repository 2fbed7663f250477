"""Courses as attempts pinned them, also where this release cannot read one any more."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from app.catalogue.queries import course_at
from app.content.course import Course
from app.content.faults import ContentFaults
from app.errors import NotFound

log = logging.getLogger(__name__)


def pinned_course(revision_id: int) -> Course | None:
    """The course of a pinned revision; None, and logged, where this release cannot compile it any more."""
    try:
        return course_at(revision_id)
    except (ContentFaults, NotFound):
        log.exception("revision %s cannot be shown", revision_id)
        return None


def said_of(questions: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[str | None, float]]:
    """What pinned revisions say of questions (by revision and address): how difficult they are, None where nothing is
    said, and what a blind guess earns (0..1). None and 0 of a question that can be read no more.
    """
    wanted = sorted(set(questions))
    courses = {revision_id: pinned_course(revision_id) for revision_id in dict(wanted)}
    found: dict[tuple[int, str], tuple[str | None, float]] = {}
    for revision_id, address in wanted:
        course = courses[revision_id]
        question = course.question(address) if course else None
        found[revision_id, address] = (question.said_difficulty, question.blind_score()) if question else (None, 0.0)
    return found
