"""The editor of a task: what to do, what is handed in, how it is judged."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.body_desk import BodyDesk, get_body_desk
from app.authoring.body_pages import form_with, typed_in, with_picture
from app.authoring.desk import pad_or, save_and_go, way_on
from app.authoring.rules.bodies import lesson_fields, lesson_with
from app.authoring.rules.question_forms.names import pressed
from app.authoring.rules.tasks import TaskFilled, task_with
from app.authoring.task_pages import TaskForm, filled_in, task_page
from app.errors import Refusal
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs, takes_files
from app.web.languages import language


@authoring.get("/<slug>/tasks/<task_id>")
@needs(Action.AUTHOR)
def task(scope: Scope, slug: str, task_id: str) -> str:
    """A task to write, with the preview of its text beside it."""
    desk = get_body_desk("task", slug, task_id, within=scope)
    fields = pad_or(request, desk.place, lesson_fields(desk.found.value))
    return task_page(desk, form_with(TaskForm, fields), filled_in(fields, desk.found.value), scope)


@authoring.post("/<slug>/tasks/<task_id>")
@needs(Action.AUTHOR)
@takes_files
def keep_task(scope: Scope, slug: str, task_id: str) -> ResponseReturnValue:
    """Save a task, or do to its form what its button says."""
    desk = get_body_desk("task", slug, task_id, within=scope, base=request.form.get("base", type=int))
    form, filled = TaskForm(request.form), filled_in(request.form, desk.found.value)
    do = request.form.get("do", "")
    if do == "picture":
        with shown_again(Refusal, lambda refusal: task_page(desk, form, filled, scope, refusal.message)):
            with_picture(desk, form, scope)
    if do == "picture" or do.startswith("look") or pressed(do):
        return task_page(desk, form, filled, scope)
    if not form.validate():
        return task_page(desk, form, filled, scope), 422
    return _saved(desk, form, filled, scope)


def _saved(desk: BodyDesk, form: TaskForm, filled: TaskFilled, scope: Scope) -> ResponseReturnValue:
    with shown_again(Refusal, lambda refusal: task_page(desk, form, filled, scope, refusal.message)):
        value = task_with(lesson_with(desk.found.value, typed_in(form)), filled, language())
        change = desk.change(value, scope)
        return save_and_go(change, way_on(change.slug, desk.url, desk.found.path, desk.id))
