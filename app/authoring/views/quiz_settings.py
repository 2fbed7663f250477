"""A quiz's settings: its preset, and what it has otherwise."""

from __future__ import annotations

from flask import abort, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.desk import pad_or, save_and_go, way_on
from app.authoring.holding import begun_from, change_of, first_values, get_holder, holders_of
from app.authoring.quiz_settings_pages import Faults, back_to_preset, new_faults, settings_page
from app.authoring.rules.holders import Holder
from app.authoring.rules.quiz_settings import fields_of, quiz_with, setting_faults
from app.catalogue.queries import Workspace, get_workspace
from app.content.editing import NotEditable, edit_file, edits_between
from app.errors import N_
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs
from app.web.languages import tell


@authoring.get("/<slug>/quizzes/<quiz_id>/settings")
@needs(Action.AUTHOR)
def quiz_settings(scope: Scope, slug: str, quiz_id: str) -> str:
    """The settings of a quiz in a form."""
    workspace = get_workspace(slug, within=scope)
    holder = get_holder(holders_of(workspace), quiz_id, "quiz")
    fields = pad_or(request, f"quizzes/{quiz_id}/settings", fields_of(holder.value))
    return settings_page(workspace, quiz_id, first_values(fields))


@authoring.post("/<slug>/quizzes/<quiz_id>/settings")
@needs(Action.AUTHOR)
def keep_quiz_settings(scope: Scope, slug: str, quiz_id: str) -> ResponseReturnValue:
    """Keep the settings in the draft; `reset` takes one of them back to the preset. What does not go together is told
    at its field, and nothing is kept then.
    """
    workspace = begun_from(scope, slug)
    holder = get_holder(holders_of(workspace), quiz_id, "quiz")
    typed = first_values(request.form)
    with shown_again(NotEditable, lambda why: settings_page(workspace, quiz_id, typed, (("", why.message),))):
        data, faults = _changed(workspace, holder)
    if faults:
        abort(make_response(settings_page(workspace, quiz_id, typed, faults), 422))
    message = N_('Pengaturan kuis "%(title)s" diubah', title=holder.title)
    change = change_of(workspace, scope, {holder.path: data}, message)
    here = url_for("authoring.quiz_settings", slug=slug, quiz_id=quiz_id)
    return save_and_go(change, way_on(slug, here, holder.path, quiz_id))


@authoring.post("/<slug>/quizzes/<quiz_id>/settings/check")
@needs(Action.AUTHOR)
def check_quiz_settings(scope: Scope, slug: str, quiz_id: str) -> ResponseReturnValue:
    """What does not go together in a form that is not saved yet, by its fields: for the script."""
    workspace = begun_from(scope, slug)
    holder = get_holder(holders_of(workspace), quiz_id, "quiz")
    _, faults = _changed(workspace, holder)
    return jsonify([{"field": name, "words": tell(message)} for name, message in faults])


def _changed(workspace: Workspace, holder: Holder) -> tuple[bytes, Faults]:
    """The file with what the form says, and the faults that this brings."""
    new = back_to_preset(quiz_with(holder.value, first_values(request.form)), request.form.get("reset", ""))
    before = workspace.files[holder.path]
    data = edit_file(before, edits_between(dict(holder.value), new, holder.at))
    return data, new_faults(setting_faults(before, holder.at), setting_faults(data, holder.at))
