"""A task: write, add photos and documents, hand in, and put right until it is accepted."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.catalogue.queries import Published
from app.content.activities import Task
from app.errors import NotFound
from app.learn.access import get_open_course
from app.learn.blueprint import learn
from app.learn.task_pages import task_page, written
from app.marking.operations.tasks import hand_in_task
from app.people.permissions import Action, Scope
from app.tasks.operations import Assignment, save_draft
from app.tasks.rules import TaskRefused
from app.web.forms import shown_again
from app.web.guard import needs, takes_files
from app.web.languages import gettext
from app.web.templating import filtered


def task_start_page(scope: Scope, published: Published, task: Task) -> str:
    """What to do, and what was done so far."""
    return task_page(Assignment(scope.person_id, published, task))


@learn.post("/courses/<slug>/<activity_id>/task")
@needs(Action.LEARN)
@takes_files
def keep_task(scope: Scope, slug: str, activity_id: str) -> ResponseReturnValue:
    """Keep a draft, or hand it in."""
    to, now = _get_assignment(scope, slug, activity_id), clock.now()
    sent = written(to, now=now)
    with shown_again(TaskRefused, lambda refusal: task_page(to, (sent, refusal))):
        if request.form.get("go") == "hand_in":
            hand_in_task(to, sent, now=now)
            flash(gettext("Tugas sudah dikumpulkan."))
        else:
            save_draft(to, sent, now=now)
            flash(gettext("Draf tersimpan pukul %(time)s.") % {"time": filtered("clock_time", now)})
    return redirect(url_for("learn.activity", slug=slug, activity_id=activity_id), 303)


def _get_assignment(scope: Scope, slug: str, activity_id: str) -> Assignment:
    """A task of a course this learner may read. Raises NotFound."""
    found, _ = get_open_course(scope, slug)
    task = found.course.activity(activity_id)
    if not isinstance(task, Task):
        raise NotFound
    return Assignment(scope.person_id, found, task)
