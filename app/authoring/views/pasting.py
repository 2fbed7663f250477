"""Questions pasted from Word or WhatsApp: looked through one by one before anything is saved."""

from __future__ import annotations

from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.desk import pad_or, save_and_go
from app.authoring.holding import begun_from
from app.authoring.pasting_pages import (
    change_for,
    get_paste_holder,
    holder_url,
    is_decided,
    paste_page,
    sent_pasting,
)
from app.authoring.rules.pasting import Pasting
from app.catalogue.queries.drafts import get_workspace
from app.content.editing import NotEditable
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs
from app.web.languages import ngettext


@authoring.get("/<slug>/paste/<path:holder>")
@needs(Action.AUTHOR)
def paste(scope: Scope, slug: str, holder: str) -> str:
    """Where questions are pasted for a quiz or a bank."""
    workspace = get_workspace(slug, within=scope)
    left = pad_or(request, f"paste/{holder}", {"text": ""})
    return paste_page(workspace, get_paste_holder(workspace, holder), Pasting(left.get("text", "")))


@authoring.post("/<slug>/paste/<path:holder>")
@needs(Action.AUTHOR)
def take_pasted(scope: Scope, slug: str, holder: str) -> ResponseReturnValue:
    """Look through what was pasted; once that was done, take the chosen questions into the draft."""
    workspace = begun_from(scope, slug)
    home = get_paste_holder(workspace, holder)
    pasting = sent_pasting(home)
    if not is_decided(pasting):
        return paste_page(workspace, home, pasting), 422 if pasting.problem else 200
    with shown_again(
        NotEditable, lambda refusal: paste_page(workspace, home, replace(pasting, problem=refusal.message))
    ):
        change = change_for(workspace, home, pasting, scope)
    count = len(pasting.chosen)
    said = ngettext("%(count)s soal masuk ke draf.", "%(count)s soal masuk ke draf.", count) % {"count": count}
    return save_and_go(change, holder_url(slug, home), said)
