"""Questions that share an id get ids of their own."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.desk import save_and_go
from app.authoring.holding import begun_from
from app.authoring.rules.question_homes import BANK, Home, find_home
from app.authoring.same_ids import mending
from app.errors import NotFound
from app.people.permissions import Action, Scope
from app.web.guard import needs
from app.web.languages import gettext


@authoring.post("/<slug>/same-ids/<path:holder>")
@needs(Action.AUTHOR)
def mend_ids(scope: Scope, slug: str, holder: str) -> ResponseReturnValue:
    """Give each question of a quiz or bank an id of its own; what is published keeps its id."""
    workspace = begun_from(scope, slug)
    home = find_home(workspace.files, holder)
    if home is None:
        raise NotFound
    said = gettext("Setiap soal sekarang berdiri sendiri. Perubahannya ada di draf.")
    return save_and_go(mending(workspace, home, scope), _url(slug, home), said)


def _url(slug: str, home: Home) -> str:
    if home.kind == "bank":
        return url_for("authoring.bank", slug=slug, name=home.id.removeprefix(BANK))
    return url_for(f"authoring.{home.kind}", slug=slug, **{f"{home.kind}_id": home.id})
