"""Tasks that were handed in: what waits, and one version to accept or to be put right."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.marking.operations.tasks import judge_task
from app.marking.rules.by_hand import MarkRefused
from app.people.permissions import Action, Scope
from app.tasks.queries import waiting_versions
from app.teaching.blueprint import teaching
from app.teaching.forms import MarkForm
from app.teaching.task_pages import POINTS, get_judged, get_named_task, version_page
from app.web.forms import shown_again
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import gettext, language, tell


@teaching.get("/teaching/tasks/<slug>/<task_id>")
@needs(Action.MARK)
def task_queue(scope: Scope, slug: str, task_id: str) -> str:
    """The versions of one task that wait."""
    named = get_named_task(slug, task_id, within=scope)
    return show_page("teaching/task_queue.html", named=named, versions=waiting_versions(slug, task_id, scope))


@teaching.get("/teaching/task-versions/<int:version_id>")
@needs(Action.MARK)
def task_version(scope: Scope, version_id: int) -> str:
    """One version to judge, or to judge anew."""
    reached = get_judged(version_id, within=scope)
    return version_page(reached, MarkForm.of_mark(reached.version.verdict, POINTS, language()))


@teaching.post("/teaching/task-versions/<int:version_id>")
@needs(Action.MARK)
def judge_version(scope: Scope, version_id: int) -> ResponseReturnValue:
    """Accept a version, or ask for another; then on to the next that waits."""
    reached = get_judged(version_id, within=scope)
    form = MarkForm.of_request(request.form, reached.task.rubric)
    accepted = request.form.get("go") == "accept"

    def again(refusal: MarkRefused) -> str:
        return version_page(get_judged(version_id, within=scope), form, tell(refusal.message))

    with shown_again(MarkRefused, again):
        verdict = form.verdict(reached.task.rubric, POINTS, language())
        judge_task(version_id, verdict, accepted=accepted, within=scope, now=clock.now())
    flash(gettext("Tugas diterima.") if accepted else gettext("Peserta diminta memperbaiki tugasnya."))
    slug, task_id = reached.course.slug, reached.task.id
    waiting = waiting_versions(slug, task_id, scope)
    if waiting:
        return redirect(url_for("teaching.task_version", version_id=waiting[0].id), 303)
    return redirect(url_for("teaching.task_queue", slug=slug, task_id=task_id), 303)
