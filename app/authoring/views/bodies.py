"""The editor of a lesson: its text with pictures, and how learners will see it."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.body_desk import BodyDesk, get_body_desk, look_of
from app.authoring.body_forms import BodyForm
from app.authoring.body_pages import body_page, form_with, look_part, shown_language, typed_in, with_picture
from app.authoring.desk import pad_or, save_and_go, way_on
from app.authoring.picture_desk import add_picture, url_of
from app.authoring.rules.bodies import lesson_fields, lesson_with
from app.errors import Refusal
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs, takes_files


@authoring.get("/<slug>/lessons/<lesson_id>")
@needs(Action.AUTHOR)
def lesson(scope: Scope, slug: str, lesson_id: str) -> str:
    """A lesson to write, with the preview beside it."""
    desk = get_body_desk("lesson", slug, lesson_id, within=scope)
    fields = pad_or(request, desk.place, lesson_fields(desk.found.value))
    return body_page(desk, form_with(BodyForm, fields), scope)


@authoring.post("/<slug>/lessons/<lesson_id>")
@needs(Action.AUTHOR)
@takes_files
def keep_lesson(scope: Scope, slug: str, lesson_id: str) -> ResponseReturnValue:
    """Save a lesson, or do to its form what its button says."""
    desk = get_body_desk("lesson", slug, lesson_id, within=scope, base=request.form.get("base", type=int))
    form = BodyForm(request.form)
    do = request.form.get("do", "")
    if do == "picture":
        with shown_again(Refusal, lambda refusal: body_page(desk, form, scope, refusal.message)):
            with_picture(desk, form, scope)
    if do == "picture" or do.startswith("look"):
        return body_page(desk, form, scope)
    if not form.validate():
        return body_page(desk, form, scope), 422
    return _saved(desk, form, scope)


def _saved(desk: BodyDesk, form: BodyForm, scope: Scope) -> ResponseReturnValue:
    with shown_again(Refusal, lambda refusal: body_page(desk, form, scope, refusal.message)):
        change = desk.change(lesson_with(desk.found.value, typed_in(form)), scope)
        return save_and_go(change, way_on(change.slug, desk.url, desk.found.path, desk.id))


@authoring.post("/<slug>/looks/<activity_id>")
@needs(Action.AUTHOR)
def look(scope: Scope, slug: str, activity_id: str) -> ResponseReturnValue:
    """How a text looks that is still being written: asked for by the page's script."""
    typed = typed_in(BodyForm(request.form))
    looks = look_of(slug, activity_id, typed, within=scope)
    return look_part(looks, typed, shown_language(typed))


@authoring.post("/<slug>/pictures")
@needs(Action.AUTHOR)
@takes_files
def keep_picture(scope: Scope, slug: str) -> ResponseReturnValue:
    """Add a picture to the draft, for a page's script: how a text or question shows it. It asks for JSON, also of
    refusals.
    """
    made = add_picture(slug, request.files.get("file"), request.form.get("alt", ""), scope=scope)
    return jsonify(written=made.written, kilobytes=made.kilobytes, path=made.path, url=url_of(made))
