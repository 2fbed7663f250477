"""The settings of a course: its title, summary, code and rules."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.desk import pad_or, save_and_go, way_on
from app.authoring.holding import change_of, first_values
from app.authoring.rules.course_settings import course_with, fields_of
from app.authoring.settings_pages import PLACE, settings_page, written_course
from app.catalogue.queries.drafts import get_workspace, get_workspace_at
from app.content.editing import NotEditable, edit_file, edits_between
from app.content.folders import COURSE_FILE
from app.errors import N_, NotFound
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs


@authoring.get("/<slug>/settings")
@needs(Action.AUTHOR)
def settings(scope: Scope, slug: str) -> ResponseReturnValue:
    """What the course is called and when it is completed."""
    workspace = get_workspace(slug, within=scope)
    course = written_course(workspace)
    if course is None:
        return redirect(url_for("authoring.yaml_side", slug=slug, file=COURSE_FILE), 303)
    saved = fields_of(course)
    return settings_page(workspace, {**saved, **first_values(pad_or(request, PLACE, saved))})


@authoring.post("/<slug>/settings")
@needs(Action.AUTHOR)
def keep_settings(scope: Scope, slug: str) -> ResponseReturnValue:
    """Keep them in the draft; what is wrong with them is told beside its field then."""
    seen = get_workspace_at(slug, request.form.get("base", 0, type=int), within=scope)
    course = written_course(seen)
    if course is None:
        raise NotFound
    typed = {**fields_of(course), **first_values(request.form)}
    with shown_again(NotEditable, lambda refusal: settings_page(seen, typed, refusal.message)):
        data = edit_file(seen.files[COURSE_FILE], edits_between(dict(course), course_with(course, typed)))
    change = change_of(seen, scope, {COURSE_FILE: data}, N_("Pengaturan kursus diubah"))
    return save_and_go(change, way_on(slug, url_for("authoring.settings", slug=slug), COURSE_FILE, ""))
