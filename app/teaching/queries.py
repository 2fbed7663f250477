"""What a trainer may see of the courses: those within their grant."""

from __future__ import annotations

from app.catalogue.queries import CourseState, Published, course_states, get_published
from app.content.course import Activity
from app.errors import NotFound
from app.people.permissions import Scope


def courses_within(scope: Scope) -> list[CourseState]:
    """The courses of a trainer's list. What all courses share is listed first, for those who may see everything."""
    return course_states(None if scope.everything else scope.courses)


def get_course_state(slug: str, within: Scope) -> CourseState:
    """One of them. Raises NotFound."""
    found = course_states([slug]) if _reaches(within, slug) else []
    if not found:
        raise NotFound
    return found[0]


def get_activity(slug: str, activity_id: str, within: Scope) -> tuple[Published, Activity]:
    """A lesson or quiz of the course as it is served, whoever may learn it. Raises NotFound."""
    if not _reaches(within, slug):
        raise NotFound
    found = get_published(slug)
    activity = found.course.activity(activity_id)
    if activity is None:
        raise NotFound
    return found, activity


def _reaches(scope: Scope, slug: str) -> bool:
    return scope.everything or slug in scope.courses
