"""The list of a quiz or survey: what stands in it, in which order, and what is drawn from banks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.desk import save_and_go
from app.authoring.holding import begun_from, change_of, form_fields, get_holder, holders_of
from app.authoring.quiz_pages import fit_of_form, list_page
from app.authoring.rules.holders import HolderKind, pools_of
from app.authoring.rules.slot_changes import ChangeRefused, put_back, slot_edits
from app.catalogue.queries import get_workspace, get_workspace_at
from app.content.editing import NotEditable, edit_file
from app.errors import N_, NotFound, Refusal
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs
from app.web.languages import gettext


@authoring.get("/<slug>/quizzes/<quiz_id>")
@needs(Action.AUTHOR)
def quiz(scope: Scope, slug: str, quiz_id: str) -> str:
    """A quiz: its questions in order, draws and headings among them."""
    return list_page(get_workspace(slug, within=scope), quiz_id, "quiz", {})


@authoring.get("/<slug>/surveys/<survey_id>")
@needs(Action.AUTHOR)
def survey(scope: Scope, slug: str, survey_id: str) -> str:
    """A survey: its questions in order."""
    return list_page(get_workspace(slug, within=scope), survey_id, "survey", {})


@authoring.post("/<slug>/quizzes/<quiz_id>")
@needs(Action.AUTHOR)
def change_quiz(scope: Scope, slug: str, quiz_id: str) -> ResponseReturnValue:
    """One change of a quiz's list or texts, kept in the draft."""
    return _changed(scope, slug, quiz_id, "quiz")


@authoring.post("/<slug>/surveys/<survey_id>")
@needs(Action.AUTHOR)
def change_survey(scope: Scope, slug: str, survey_id: str) -> ResponseReturnValue:
    """One change of a survey's list or texts, kept in the draft."""
    return _changed(scope, slug, survey_id, "survey")


def _changed(scope: Scope, slug: str, holder_id: str, kind: HolderKind) -> ResponseReturnValue:
    workspace, fields = begun_from(scope, slug), form_fields()
    holders = holders_of(workspace)
    holder = get_holder(holders, holder_id, kind)
    with _refused(lambda refusal: list_page(workspace, holder_id, kind, fields, refusal.message)):
        edits = slot_edits(holder, request.form.get("do", ""), fields, pools_of(holders.values()))
        data = edit_file(workspace.files[holder.path], edits)
    change = change_of(workspace, scope, {holder.path: data}, N_('Susunan "%(title)s" diubah', title=holder.title))
    return save_and_go(change, _then(slug, holder_id, kind, workspace.revision_id))


def _refused(page: Callable[[Refusal], str]) -> ExitStack:
    """A list is shown again both where the change is none and where its file cannot be edited safely."""
    stack = ExitStack()
    for each in (ChangeRefused, NotEditable):
        stack.enter_context(shown_again(each, page))
    return stack


def _then(slug: str, holder_id: str, kind: HolderKind, before: int) -> str:
    """The list again; after something was taken away with the way to put it back."""
    do, at = request.form.get("do"), request.form.get("at", type=int)
    undo = {"removed": at, "before": before} if do == "remove" else {}
    places = {"up": -1, "down": 1, "points": 0, "draw": 0, "section": 0}
    anchor = f"soal-{max(at + places[do], 0)}" if at is not None and do in places else None
    return url_of_list(slug, holder_id, kind, _anchor=anchor, **undo)


def url_of_list(slug: str, holder_id: str, kind: HolderKind, **values: int | str | None) -> str:
    """Where a quiz's or survey's list is."""
    return url_for(f"authoring.{kind}", slug=slug, **{f"{kind}_id": holder_id}, **values)


@authoring.post("/<slug>/lists/<holder_id>/undo")
@needs(Action.AUTHOR)
def put_slot_back(scope: Scope, slug: str, holder_id: str) -> ResponseReturnValue:
    """Put back what was taken away from a list, as it was written where nothing else changed since."""
    workspace = begun_from(scope, slug)
    holder = holders_of(workspace).get(holder_id)
    at, before = (request.form.get(name, type=int) for name in ("at", "before"))
    if holder is None or holder.kind == "bank" or at is None or before is None:
        raise NotFound
    earlier = get_workspace_at(slug, before, within=scope)
    data = put_back(earlier.files.get(holder.path, b""), workspace.files[holder.path], holder, at)
    change = change_of(workspace, scope, {holder.path: data}, N_('Susunan "%(title)s" diubah', title=holder.title))
    return save_and_go(change, url_of_list(slug, holder_id, holder.kind), gettext("Sudah dikembalikan ke tempatnya."))


@authoring.post("/<slug>/quizzes/<quiz_id>/fit")
@needs(Action.AUTHOR)
def draw_fit(scope: Scope, slug: str, quiz_id: str) -> ResponseReturnValue:
    """What a draw would find, while its form is filled in: a sentence for the script. Nothing is kept."""
    return fit_of_form(begun_from(scope, slug), quiz_id, form_fields()), {"Content-Type": "text/plain; charset=utf-8"}
