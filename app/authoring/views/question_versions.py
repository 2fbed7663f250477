"""The versions of a question: an answer stays with the one it was given to."""

from __future__ import annotations

from flask import request

from app.authoring.blueprint import authoring
from app.authoring.question_past import versions_of
from app.authoring.rules.bank_changes import short
from app.authoring.rules.holders import fact_of
from app.catalogue.queries import get_workspace
from app.catalogue.queries.past import past_page
from app.content.editing.finding import find_question
from app.errors import NotFound
from app.people.permissions import Action, Scope
from app.texts.markdown import plain
from app.web.frame import show_page
from app.web.guard import needs


@authoring.get("/<slug>/versions/<path:holder>/<question_id>")
@needs(Action.AUTHOR)
def question_versions(scope: Scope, slug: str, holder: str, question_id: str) -> str:
    """Each revision in which a question changed, the newest first."""
    workspace = get_workspace(slug, within=scope)
    written = find_question(workspace.files, holder, question_id)
    fact = fact_of(written.value) if written else None
    if fact is None:
        raise NotFound
    found = past_page(slug, request.args.get("page", 1, type=int), within=scope)
    return show_page(
        "authoring/question_versions.html",
        workspace=workspace,
        holder=holder,
        question_id=question_id,
        words=short(plain(fact.text)) or question_id,
        found=found,
        versions=versions_of(found, (holder, question_id)),
    )
