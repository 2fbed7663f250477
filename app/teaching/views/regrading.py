"""Regrading a quiz: say what is wanted, see what it would do, confirm it, undo it."""

from __future__ import annotations

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import db
from app.marking.operations import regrading
from app.marking.queries.regrades import get_regrade
from app.marking.rules.decisions import RegradeRefused
from app.people.permissions import Action, Scope
from app.teaching.blueprint import teaching
from app.teaching.queries import get_made_regrade, get_whole_quiz, named_quiz
from app.teaching.regrading_pages import RegradeForm, made_page, preview_page, regrade_page
from app.web.guard import needs
from app.web.languages import gettext, tell


@teaching.get("/teaching/courses/<slug>/attempts/<quiz_id>/regrade")
@needs(Action.REGRADE)
def regrade(scope: Scope, slug: str, quiz_id: str) -> str:
    """The form, and every regrade of the quiz so far."""
    return regrade_page(get_whole_quiz(slug, quiz_id, within=scope), RegradeForm.of_request(request.args))


@teaching.get("/teaching/courses/<slug>/attempts/<quiz_id>/regrade/preview")
@needs(Action.REGRADE)
def regrade_preview(scope: Scope, slug: str, quiz_id: str) -> str:
    """Whose mark would move, and by how much."""
    quiz = get_whole_quiz(slug, quiz_id, within=scope)
    return preview_page(quiz, RegradeForm.of_request(request.args), request.args.get("page", 1, type=int))


@teaching.post("/teaching/courses/<slug>/attempts/<quiz_id>/regrade")
@needs(Action.REGRADE)
def confirm_regrade(scope: Scope, slug: str, quiz_id: str) -> ResponseReturnValue:
    """Do what was previewed; where it would do something else by now, show that instead."""
    quiz, form = get_whole_quiz(slug, quiz_id, within=scope), RegradeForm.of_request(request.form)
    made = regrading.apply_regrade(form.confirmed(quiz, scope.person_id), now=clock.now())
    if made is None:
        return make_response(preview_page(quiz, form, changed=True), 409)
    flash(gettext("Nilai sudah diperbarui."))
    return redirect(url_for("teaching.made_regrade", regrade_id=made), 303)


@teaching.get("/teaching/regrades/<int:regrade_id>")
@needs(Action.REGRADE)
def made_regrade(scope: Scope, regrade_id: int) -> str:
    """One regrade: what, why, by whom, and what it moved."""
    found = get_made_regrade(regrade_id, within=scope)
    return made_page(named_quiz(found.course_slug, found.quiz_id), found, request.args.get("page", 1, type=int))


@teaching.post("/teaching/regrades/<int:regrade_id>/undo")
@needs(Action.REGRADE)
def undo_regrade(scope: Scope, regrade_id: int) -> ResponseReturnValue:
    """Put the old marks back."""
    found = get_made_regrade(regrade_id, within=scope)
    regrading.undo_regrade(found.id, by=scope.person_id, now=clock.now())
    flash(gettext("Nilai lama sudah dikembalikan."))
    return redirect(url_for("teaching.made_regrade", regrade_id=found.id), 303)


@teaching.errorhandler(RegradeRefused)
def not_regraded(refusal: RegradeRefused) -> ResponseReturnValue:
    """Say why on the page it was asked from, with what was chosen. The view had found it in reach."""
    db.session.rollback()
    place, sentence = request.view_args or {}, tell(refusal.message)
    if "regrade_id" in place:
        found = get_regrade(place["regrade_id"])
        page = made_page(named_quiz(found.course_slug, found.quiz_id), found, sentence=sentence)
    else:
        page = regrade_page(
            named_quiz(place["slug"], place["quiz_id"]), RegradeForm.of_request(request.values), sentence
        )
    return make_response(page, refusal.status)
