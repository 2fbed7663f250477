"""The courses that a trainer may work on, and the folders that must be put right."""

from __future__ import annotations

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from app import clock
from app.authoring.blueprint import authoring
from app.authoring.desk import author
from app.authoring.folder_pages import folders_shown, get_untaken, url_at
from app.catalogue.operations import create_course
from app.catalogue.queries.desk import desk_courses
from app.people.permissions import Action, Scope
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import gettext


@authoring.get("/")
@needs(Action.AUTHOR)
def courses(scope: Scope) -> str:
    """Every course within the trainer's grant: its draft, or what is served; with what is wrong in its folder."""
    courses = desk_courses(within=scope)
    return show_page(
        "authoring/courses.html",
        courses=courses,
        titles={each.slug: each.title for each in courses},
        folders=folders_shown(scope),
        may_begin=scope.everything,
        here="authoring.courses",
    )


@authoring.post("/<slug>/taken-folder")
@needs(Action.AUTHOR)
def take_folder(scope: Scope, slug: str) -> ResponseReturnValue:
    """Make what lies in a folder that was never published a draft, and open it at its fault."""
    folder, lying = get_untaken(slug, scope)
    create_course(slug, lying, by=author(), now=clock.now(), from_folder=True)
    flash(gettext("Isi folder diambil sebagai draf. Peserta belum melihatnya."))
    return redirect(url_at(folder, lying), 303)
