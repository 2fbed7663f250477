"""Begin a course: a few words about it; everything else follows on its outline."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.authoring.blueprint import authoring
from app.authoring.desk import author
from app.authoring.rules.new_course import RESERVED, NewCourse, NewCourseUnclear
from app.catalogue.operations import create_course
from app.catalogue.queries.desk import course_slugs
from app.content.editing.finding import fresh_id
from app.errors import NotFound
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import gettext, tell


@authoring.get("/new")
@needs(Action.AUTHOR)
def new_course(scope: Scope) -> str:
    """The form."""
    _everywhere(scope)
    return _page(NewCourse())


@authoring.post("/new")
@needs(Action.AUTHOR)
def begin_course(scope: Scope) -> ResponseReturnValue:
    """Make the course, a draft that nobody is served yet, and go to its outline."""
    _everywhere(scope)
    new = NewCourse.of_fields(request.form)
    with shown_again(NewCourseUnclear, lambda refused: _page(new, refused)):
        files = new.files()
    slug = fresh_id(new.title, {*course_slugs(), *RESERVED})
    create_course(slug, files, by=author(), now=clock.now())
    flash(gettext("Kursus dibuat sebagai draf. Peserta belum melihatnya."))
    return redirect(url_for("authoring.outline", slug=slug), 303)


def _everywhere(scope: Scope) -> None:
    """Who trains some courses only begins none: a new one would lie outside their reach."""
    if not scope.everything:
        raise NotFound


def _page(new: NewCourse, refused: NewCourseUnclear | None = None) -> str:
    return show_page(
        "authoring/new_course.html",
        new=new,
        fault=refused.field if refused else "",
        sentence=tell(refused.message) if refused else "",
        here="authoring.courses",
    )
