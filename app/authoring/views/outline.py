"""The course in order: what is in it, and the buttons that add, move, rename, hide and remove."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.desk import save_and_go
from app.authoring.forms import OutlineForm, RemovalForm
from app.authoring.holding import change_of
from app.authoring.outline_pages import editor_url, outline_page, outlined, removal_asked, removal_in
from app.authoring.rules import shelving
from app.authoring.rules.shelving import Changed
from app.authoring.rules.undoing import brought_back
from app.catalogue.operations import Change
from app.catalogue.queries.drafts import Workspace, get_workspace, get_workspace_at
from app.errors import N_
from app.people.permissions import Action, Scope
from app.web.guard import needs
from app.web.languages import gettext


@authoring.get("/<slug>")
@needs(Action.AUTHOR)
def outline(scope: Scope, slug: str) -> str:
    """A course as its trainers work on it."""
    workspace = get_workspace(slug, within=scope)
    return outline_page(workspace, removal=removal_asked(RemovalForm(request.args), workspace, scope))


@authoring.post("/<slug>/activities")
@needs(Action.AUTHOR)
def add_activity(scope: Scope, slug: str) -> ResponseReturnValue:
    """A new activity, by its title; its editor opens."""
    form = OutlineForm(request.form)
    seen = _seen(form, slug, scope)
    with outlined(slug, scope):
        changed, name = shelving.add_activity(seen.files, form.wish.module, form.chosen_kind, form.wish.title)
    url = editor_url(slug, form.chosen_kind, name, f"{form.wish.module}.yaml")
    return save_and_go(_change(seen, changed, scope), url)


@authoring.post("/<slug>/activities/<activity_id>")
@needs(Action.AUTHOR)
def change_activity(scope: Scope, slug: str, activity_id: str) -> ResponseReturnValue:
    """Move, rename, hide, show or remove an activity."""
    form = OutlineForm(request.form)
    seen = _seen(form, slug, scope)
    with outlined(slug, scope):
        changed = shelving.changed_activity(seen.files, activity_id, form.wish)
    url = _after(form, seen, f"isi-{activity_id}", activity=activity_id)
    return save_and_go(_change(seen, changed, scope), url)


@authoring.post("/<slug>/modules")
@needs(Action.AUTHOR)
def add_module(scope: Scope, slug: str) -> ResponseReturnValue:
    """A new module, by its title."""
    form = OutlineForm(request.form)
    seen = _seen(form, slug, scope)
    with outlined(slug, scope):
        changed, name = shelving.add_module(seen.files, form.wish.title)
    return save_and_go(_change(seen, changed, scope), url_for("authoring.outline", slug=slug, _anchor=f"modul-{name}"))


@authoring.post("/<slug>/modules/<name>")
@needs(Action.AUTHOR)
def change_module(scope: Scope, slug: str, name: str) -> ResponseReturnValue:
    """Move, rename or remove a module."""
    form = OutlineForm(request.form)
    seen = _seen(form, slug, scope)
    with outlined(slug, scope):
        changed = shelving.changed_module(seen.files, name, form.wish)
    return save_and_go(_change(seen, changed, scope), _after(form, seen, f"modul-{name}", module=name))


@authoring.post("/<slug>/removed")
@needs(Action.AUTHOR)
def bring_back(scope: Scope, slug: str) -> ResponseReturnValue:
    """Undo a removal, whatever was edited since."""
    form = RemovalForm(request.form)
    before = get_workspace_at(slug, form.before.data or 0, within=scope).files
    now = get_workspace(slug, within=scope)
    changed = brought_back(before, removal_in(form, before), now.files)
    anchor = f"isi-{form.activity.data}" if form.activity.data else f"modul-{form.module.data}"
    url = url_for("authoring.outline", slug=slug, _anchor=anchor)
    return save_and_go(_change(now, changed, scope), url, gettext("Sudah dikembalikan."))


def _seen(form: OutlineForm, slug: str, scope: Scope) -> Workspace:
    """The course as the form's page showed it. Raises NotFound."""
    return get_workspace_at(slug, form.base.data or 0, within=scope)


def _after(form: OutlineForm, seen: Workspace, anchor: str, **entry: str) -> str:
    """The outline at the entry; once that is removed, with what puts it back."""
    if form.wish.do == "remove":
        return url_for("authoring.outline", slug=seen.slug, **entry, before=seen.revision_id)
    return url_for("authoring.outline", slug=seen.slug, _anchor=anchor)


def _change(seen: Workspace, changed: Changed, scope: Scope) -> Change:
    return change_of(seen, scope, changed, N_("Susunan kursus diubah"))
