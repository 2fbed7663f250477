"""The courses that a trainer may work on."""

from __future__ import annotations

from app.authoring.blueprint import authoring
from app.catalogue.queries.desk import desk_courses
from app.people.permissions import Action, Scope
from app.web.frame import show_page
from app.web.guard import needs


@authoring.get("/")
@needs(Action.AUTHOR)
def courses(scope: Scope) -> str:
    """Every course within the trainer's grant: its draft, or what is served."""
    return show_page(
        "authoring/courses.html",
        courses=desk_courses(within=scope),
        may_begin=scope.everything,
        here="authoring.courses",
    )
