"""Other limits than a quiz has, for a person or a cohort: who has which, give more, change, take back."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.marking.operations.granting import OverrideChange, change_override
from app.marking.queries.overrides import get_override
from app.people.permissions import Action, Scope
from app.quizzes.granting import GrantRefused
from app.teaching.blueprint import teaching
from app.teaching.change_forms import OverrideForm
from app.teaching.override_pages import checked_whom, get_served, list_page, office_zone, one_page, served, whom_of
from app.web.forms import shown_again
from app.web.guard import needs
from app.web.languages import gettext


@teaching.get("/teaching/courses/<slug>/overrides/<quiz_id>")
@needs(Action.GRANT_TIME)
def overrides(scope: Scope, slug: str, quiz_id: str) -> str:
    """Who has which other limits; and the form for more, `?person=` being chosen in it."""
    return list_page(scope, get_served(slug, quiz_id, scope), OverrideForm(request.args))


@teaching.post("/teaching/courses/<slug>/overrides/<quiz_id>")
@needs(Action.GRANT_TIME)
def grant_limits(scope: Scope, slug: str, quiz_id: str) -> ResponseReturnValue:
    """Give a person or a cohort other limits; `remove` takes them back."""
    quiz, form, remove = get_served(slug, quiz_id, scope), OverrideForm(request.form), "remove" in request.form
    with shown_again(GrantRefused, lambda refusal: list_page(scope, quiz, form, refusal.message)):
        grant = None if remove else form.grant(office_zone())
        change = OverrideChange(whom_of(form, slug, scope), grant, form.shown_at)
        change_override(slug, served(quiz), change, now=clock.now())
    flash(gettext("Kelonggaran sudah dicabut.") if remove else gettext("Kelonggaran berlaku mulai sekarang."))
    return redirect(url_for("teaching.overrides", slug=slug, quiz_id=quiz_id), 303)


@teaching.get("/teaching/overrides/<int:override_id>")
@needs(Action.GRANT_TIME)
def override(scope: Scope, override_id: int) -> str:
    """One of them, to change or to take back."""
    found = get_override(override_id, within=scope)
    quiz = get_served(found.course_slug, found.quiz_id, scope)
    return one_page(quiz, found, OverrideForm.of(found.grant, found.changed_at, office_zone()))


@teaching.post("/teaching/overrides/<int:override_id>")
@needs(Action.GRANT_TIME)
def change_limits(scope: Scope, override_id: int) -> ResponseReturnValue:
    """Change one of them."""
    found = get_override(override_id, within=scope)
    quiz, form = get_served(found.course_slug, found.quiz_id, scope), OverrideForm(request.form)
    with shown_again(GrantRefused, lambda refusal: one_page(quiz, found, form, refusal.message)):
        whom = checked_whom(found.whom, found.course_slug, scope)
        change = OverrideChange(whom, form.grant(office_zone()), form.shown_at)
        change_override(found.course_slug, served(quiz), change, now=clock.now())
    flash(gettext("Kelonggaran berlaku mulai sekarang."))
    return redirect(url_for("teaching.overrides", slug=found.course_slug, quiz_id=found.quiz_id), 303)
