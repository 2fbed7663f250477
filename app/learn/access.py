"""Which courses a learner may open: one, asked by each page of a course before anything else, and all of them."""

from __future__ import annotations

from app.catalogue.queries import Published, get_published, published
from app.errors import NotFound
from app.people.permissions import Scope
from app.people.queries import shelf_courses
from app.progress.queries import standing_in
from app.progress.rules import CourseFacts, is_open_to


def get_open_course(scope: Scope, slug: str) -> tuple[Published, CourseFacts]:
    """A course this learner may read, and what they did in it. Raises NotFound, also for a course of others."""
    found = get_published(slug)
    enrolled, facts = standing_in(scope.person_id, found.course)
    if not is_open_to(found.course, enrolled=enrolled):
        raise NotFound
    return found, facts


def open_courses(person_id: int) -> list[Published]:
    """The courses that the person may open: those of their cohorts in their order, then the open ones."""
    served = published()
    enrolled = [each.slug for each in shelf_courses(person_id) if each.slug in served]
    courses = (served[slug] for slug in dict.fromkeys([*enrolled, *served]))
    return [each for each in courses if is_open_to(each.course, enrolled=each.course.slug in enrolled)]
