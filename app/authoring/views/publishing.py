"""Publishing: what it changes and whom it reaches, before it is done; and throwing a draft away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.authoring.blueprint import authoring
from app.authoring.desk import author, publish_and_go
from app.authoring.forms import NoMoment, PublishForm
from app.authoring.publishing_pages import publish_page
from app.catalogue.operations import Publication, cancel_publication, discard_draft, schedule_publication
from app.catalogue.operations.joining import Signed
from app.catalogue.queries.drafts import Workspace, get_workspace
from app.catalogue.rules.drafts import DraftHasFaults, DraftMoved, NothingToPublish, TooEarly
from app.errors import Refusal
from app.people.permissions import Action, Scope
from app.settings import Settings
from app.web.forms import shown_again
from app.web.guard import needs, person
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
    with _shown(slug, scope, form):
        return publish_and_go(_wanted(workspace, form, scope), url_for("authoring.outline", slug=slug))


@authoring.post("/<slug>/due")
@needs(Action.PUBLISH)
def schedule(scope: Scope, slug: str) -> ResponseReturnValue:
    """Give it to them at a time; or (`do` = cancel) not at a time after all."""
    form, workspace = PublishForm(request.form), get_workspace(slug, within=scope)
    if request.form.get("do") == "cancel":
        cancel_publication(slug)
        flash(gettext("Jadwal terbit dibatalkan. Drafnya tetap ada."))
        return redirect(url_for("authoring.publish", slug=slug), 303)
    with _shown(slug, scope, form):
        at = form.moment(cast("Settings", current_app.extensions["settings"]).time_zone)
        schedule_publication(_wanted(workspace, form, scope), at=at, now=clock.now())
    return redirect(url_for("authoring.publish", slug=slug), 303)


@authoring.post("/<slug>/discarded")
@needs(Action.AUTHOR)
def discard(scope: Scope, slug: str) -> ResponseReturnValue:
    """Throw the draft away that the page showed; the history keeps it."""
    form = PublishForm(request.form)
    get_workspace(slug, within=scope)
    signed = Signed(slug=slug, by=author(), message=gettext("Draf dibuang"))
    with _shown(slug, scope, form):
        discard_draft(form.base.data or 0, signed, now=clock.now())
    flash(gettext("Draf dibuang. Kalau ternyata masih diperlukan, ada di Riwayat perubahan."))
    return redirect(url_for("authoring.outline", slug=slug), 303)


def _wanted(workspace: Workspace, form: PublishForm, scope: Scope) -> Publication:
    return Publication(
        slug=workspace.slug,
        revision_id=form.base.data or 0,
        person_id=scope.person_id,
        message=form.message.data or "",
        author=person().name,
    )


@contextmanager
def _shown(slug: str, scope: Scope, form: PublishForm) -> Iterator[None]:
    """Answer what stands in the way by the page as it was filled in; after a second press, as the first one left it."""

    def page(refusal: Refusal) -> str:
        return publish_page(get_workspace(slug, within=scope), refused=refusal, typed=form)

    with ExitStack() as refused:
        for kind in (DraftHasFaults, DraftMoved, NothingToPublish, TooEarly, NoMoment):
            refused.enter_context(shown_again(kind, page))
        yield
