"""The draft as learners see it: for its trainers, and for whoever they give a link."""

from __future__ import annotations

from secrets import token_urlsafe

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.authoring.blueprint import authoring
from app.authoring.forms import LinkForm
from app.authoring.preview_pages import preview_page, shared_page
from app.catalogue.operations.links import LINK_FOR, make_link, withdraw_link
from app.catalogue.queries.drafts import get_workspace, get_workspace_at
from app.catalogue.queries.links import Link, get_link
from app.content.editing.finding import find_activity
from app.errors import NotFound
from app.people.permissions import Action, Scope
from app.web.guard import needs


@authoring.get("/<slug>/preview/<activity_id>")
@needs(Action.AUTHOR)
def preview(scope: Scope, slug: str, activity_id: str) -> str:
    """One activity of the draft, whatever is wrong elsewhere in it."""
    return preview_page(get_workspace(slug, within=scope), activity_id)


@authoring.post("/<slug>/preview/<activity_id>")
@needs(Action.AUTHOR)
def share(scope: Scope, slug: str, activity_id: str) -> ResponseReturnValue:
    """Make a link to what the page showed, or (`do` = withdraw) let one show nothing any more."""
    form = LinkForm(request.form)
    if form.do.data == "withdraw":
        get_workspace(slug, within=scope)
        withdraw_link(slug, form.token.data or "")
    else:
        seen, now = get_workspace_at(slug, form.base.data or 0, within=scope), clock.now()
        if find_activity(seen.files, activity_id) is None:
            raise NotFound
        link = Link(token_urlsafe(24), seen.revision_id, slug, activity_id, scope.person_id, now + LINK_FOR)
        make_link(link, now=now)
    return redirect(url_for("authoring.preview", slug=slug, activity_id=activity_id, _anchor="tautan"), 303)


@authoring.get("/-/preview/<token>")
@needs(Action.PUBLIC)
def shared(scope: Scope, token: str) -> ResponseReturnValue:
    """What a link shows, to anybody who has it: no keys, nothing to send, nothing else of the course."""
    answer = make_response(shared_page(get_link(token, now=clock.now())))
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
