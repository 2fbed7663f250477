"""The trainer's courses: the version served, what is wrong in the folder, and how it looks to learners."""

from __future__ import annotations

from app.catalogue.queries import history
from app.catalogue.rules import SHARED
from app.people.permissions import Action, Scope
from app.teaching.blueprint import teaching
from app.teaching.queries import courses_within, get_activity, get_course_state
from app.web.frame import show_page
from app.web.guard import needs
from app.web.previews import preview_of


@teaching.get("/teaching/courses")
@needs(Action.SEE_COURSES)
def courses(scope: Scope) -> str:
    """Every course within the trainer's grant, with its version and what is wrong with it."""
    return show_page("teaching/courses.html", states=courses_within(scope), shared=SHARED, here="teaching.courses")


@teaching.get("/teaching/courses/<slug>")
@needs(Action.SEE_COURSES)
def course(scope: Scope, slug: str) -> str:
    """One course: its faults and suggestions, its activities to preview, its history."""
    state = get_course_state(slug, within=scope)
    return show_page("teaching/course.html", state=state, shared=SHARED, history=history(slug))


@teaching.get("/teaching/courses/<slug>/preview/<activity_id>")
@needs(Action.PREVIEW)
def preview(scope: Scope, slug: str, activity_id: str) -> str:
    """An activity as learners see it."""
    found, activity = get_activity(slug, activity_id, within=scope)
    return show_page("teaching/preview.html", **preview_of(found.course, activity, keys=True, ids=True))
