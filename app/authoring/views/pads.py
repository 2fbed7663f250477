"""What stands in unsaved forms, and who else has them open: asked for by authoring.js alone, but for throwing away."""

from __future__ import annotations

import re
from hashlib import blake2s
from typing import Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.authoring.blueprint import authoring
from app.authoring.question_sent import revision_named
from app.authoring.rules.pads import bounded
from app.catalogue.operations import pads
from app.catalogue.queries.drafts import check_reached
from app.catalogue.queries.pads import present_in
from app.errors import NotFound
from app.people.permissions import Action, Scope
from app.web.guard import needs, person, takes_long_text
from app.web.links import local_path
from app.web.templating import render
from app.web.tokens import FIELD

PLACE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._/-]{0,299}")
_OF_THE_PAGE: Final = frozenset({FIELD, "base", "place", "seen"})  # fields that nobody typed


def _desk(scope: Scope, slug: str, place: str) -> pads.Desk:
    check_reached(slug, within=scope)
    if not PLACE.fullmatch(place):
        raise NotFound
    return pads.Desk(scope.person_id, person().name, slug, place)


def _others(desk: pads.Desk) -> ResponseReturnValue:
    """Who else is here, for the script, which says by `seen` what it shows: 204 where that is still so."""
    found = [each for each in present_in(desk.slug, but=desk.person_id, now=clock.now()) if each.place == desk.place]
    part = render("authoring/_others.html", others=found)
    version = blake2s(part.encode(), digest_size=6).hexdigest()
    return ("", 204) if request.form.get("seen") == version else (part, {"X-Version": version})


@authoring.post("/<slug>/pads/<path:place>")
@needs(Action.AUTHOR)
@takes_long_text
def keep_pad(scope: Scope, slug: str, place: str) -> ResponseReturnValue:
    """Keep what stands in a form until it is saved."""
    desk = _desk(scope, slug, place)
    fields = bounded({name: request.form.getlist(name) for name in request.form if name not in _OF_THE_PAGE})
    pads.keep_pad(desk, fields, revision_named(request.form.get("base")), now=clock.now())
    return _others(desk)


@authoring.post("/<slug>/dropped-pads/<path:place>")
@needs(Action.AUTHOR)
def drop_pad(scope: Scope, slug: str, place: str) -> ResponseReturnValue:
    """Throw away what stood in a form, and go back to it."""
    pads.forget_pad(_desk(scope, slug, place))
    return redirect(local_path(request.form.get("back")) or url_for("authoring.courses"), 303)


@authoring.post("/<slug>/presence/<path:place>")
@needs(Action.AUTHOR)
def presence(scope: Scope, slug: str, place: str) -> ResponseReturnValue:
    """Say that one has a place open, or (`left`) has closed it; who else is there."""
    desk = _desk(scope, slug, place)
    if request.form.get("left"):
        pads.leave_place(desk)
        return "", 204
    pads.note_presence(desk, now=clock.now())
    return _others(desk)
