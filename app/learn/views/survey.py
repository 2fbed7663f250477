"""A survey: one page with all its questions, once."""

from __future__ import annotations

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.catalogue.queries import Published
from app.content.activities import Survey
from app.errors import NotFound
from app.learn.access import get_open_course
from app.learn.blueprint import learn
from app.learn.survey_pages import done_page, form_page
from app.people.permissions import Action, Scope
from app.progress.operations import finish_survey
from app.surveys.rules.answers import filled_in
from app.web.guard import needs
from app.web.languages import gettext


def survey_page(scope: Scope, published: Published, survey: Survey, *, done: bool) -> str:
    """Its questions, or thanks to who has answered them."""
    return done_page(scope, published, survey) if done else form_page(published, survey)


@learn.post("/courses/<slug>/<activity_id>/survey")
@needs(Action.LEARN)
def hand_in_survey(scope: Scope, slug: str, activity_id: str) -> ResponseReturnValue:
    """Hand a survey in. What was typed comes back where something is wanting, or the questions may have changed."""
    found, facts = get_open_course(scope, slug)
    survey = _get_survey(found, activity_id)
    filled = filled_in(survey, request.form.to_dict(flat=False))
    changed = request.form.get("revision", type=int) != found.revision_id
    if survey.id not in facts.surveys and (changed or filled.refused):
        return make_response(form_page(found, survey, filled, changed=changed), 409 if changed else 422)
    if finish_survey(scope.person_id, found, survey, filled.answers, now=clock.now()):
        flash(gettext("Selamat, kursus ini selesai."))
    return redirect(url_for("learn.activity", slug=slug, activity_id=activity_id), 303)


def _get_survey(published: Published, activity_id: str) -> Survey:
    survey = published.course.activity(activity_id)
    if not isinstance(survey, Survey):
        raise NotFound
    return survey
