"""Publishing: what it changes and whom it reaches, before it is done; and throwing a draft away."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.authoring.blueprint import authoring
from app.authoring.desk import publish_and_go
from app.authoring.forms import PublishForm
from app.authoring.publishing_pages import publish_page
from app.catalogue.operations import Publication, discard_draft
from app.catalogue.queries.drafts import get_workspace
from app.catalogue.rules.drafts import DraftHasFaults, DraftMoved
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs
from app.web.languages import gettext


@authoring.get("/<slug>/publish")
@needs(Action.PUBLISH)
def publish(scope: Scope, slug: str) -> str:
    """What learners will get, and what stands in the way."""
    return publish_page(get_workspace(slug, within=scope))


@authoring.post("/<slug>/publish")
@needs(Action.PUBLISH)
def publish_now(scope: Scope, slug: str) -> ResponseReturnValue:
    """Give learners the draft that the page showed."""
    form, workspace = PublishForm(request.form), get_workspace(slug, within=scope)
    wanted = Publication(
        slug=slug, revision_id=form.base.data or 0, person_id=scope.person_id, message=form.message.data or ""
    )

    def page(refusal: DraftHasFaults | DraftMoved) -> str:
        return publish_page(workspace, refused=refusal, message=wanted.message)

    with shown_again(DraftHasFaults, page), shown_again(DraftMoved, page):
        return publish_and_go(wanted, url_for("authoring.outline", slug=slug))


@authoring.post("/<slug>/discarded")
@needs(Action.AUTHOR)
def discard(scope: Scope, slug: str) -> ResponseReturnValue:
    """Throw the draft away that the page showed; the history keeps it."""
    get_workspace(slug, within=scope)
    discard_draft(slug, PublishForm(request.form).base.data or 0, now=clock.now())
    flash(gettext("Draf dibuang. Kalau ternyata masih diperlukan, ada di Riwayat perubahan."))
    return redirect(url_for("authoring.outline", slug=slug), 303)
