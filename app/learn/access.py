"""Which courses a learner may open: asked by every page of a course before anything else."""

from __future__ import annotations

from app.catalogue.queries import Published, get_published
from app.errors import NotFound
from app.people.permissions import Scope
from app.progress.queries import standing_in
from app.progress.rules import CourseFacts, is_open_to


def get_open_course(scope: Scope, slug: str) -> tuple[Published, CourseFacts]:
    """A course this learner may read, and what they did in it. Raises NotFound, also for a course of others."""
    found = get_published(slug)
    enrolled, facts = standing_in(scope.person_id, found.course)
    if not is_open_to(found.course, enrolled=enrolled):
        raise NotFound
    return found, facts
