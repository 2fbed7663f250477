"""The history of a course: what was saved and published, what differs, an old version taken up again."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.authoring.blueprint import authoring
from app.authoring.changes import changes_between, counts_of
from app.authoring.desk import author
from app.catalogue.operations import restore_revision
from app.catalogue.queries import get_workspace, get_workspace_at
from app.catalogue.queries.past import past_page
from app.people.permissions import Action, Scope
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import gettext


@authoring.get("/<slug>/history")
@needs(Action.AUTHOR)
def history(scope: Scope, slug: str) -> str:
    """Every published version and every save, the newest first, each with what it changed in one line."""
    workspace = get_workspace(slug, within=scope)
    found = past_page(slug, request.args.get("page", 1, type=int), within=scope)
    rows = [(each, counts_of(each.id, each.parent_id)) for each in found.revisions]
    return show_page("authoring/history.html", slug=slug, workspace=workspace, found=found, rows=rows)


@authoring.get("/<slug>/changes/<int:a>/<int:b>")
@needs(Action.AUTHOR)
def changes(scope: Scope, slug: str, a: int, b: int) -> str:
    """What differs between two versions of a course."""
    before, after = (get_workspace_at(slug, each, within=scope) for each in (a, b))
    return show_page(
        "authoring/changes.html", slug=slug, before=before, after=after, changes=changes_between(before, after)
    )


@authoring.get("/<slug>/history/<int:revision_id>")
@needs(Action.AUTHOR)
def restore(scope: Scope, slug: str, revision_id: int) -> str:
    """What would change if an old version were worked on again."""
    now, old = get_workspace(slug, within=scope), get_workspace_at(slug, revision_id, within=scope)
    return show_page("authoring/restore.html", slug=slug, now=now, old=old, changes=changes_between(now, old))


@authoring.post("/<slug>/history/<int:revision_id>")
@needs(Action.AUTHOR)
def restore_version(scope: Scope, slug: str, revision_id: int) -> ResponseReturnValue:
    """Work on an old version again."""
    get_workspace_at(slug, revision_id, within=scope)
    restore_revision(slug, revision_id, by=author(), now=clock.now())
    flash(gettext("Versi itu dikembalikan. Isinya sekarang yang Anda kerjakan."))
    return redirect(url_for("authoring.history", slug=slug), 303)
