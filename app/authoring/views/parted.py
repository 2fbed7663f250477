"""Two who saved at once: choose what stands where both changed the same."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.desk import pad_or, resolve_and_go
from app.authoring.parting import ChoiceMissing, Parting, get_parting, joined_silently, resolved, shown_conflicts
from app.catalogue.queries.past import get_side
from app.errors import Message
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.frame import show_page
from app.web.guard import needs


@authoring.get("/<slug>/parted/<int:side>")
@needs(Action.AUTHOR)
def parted(scope: Scope, slug: str, side: int) -> ResponseReturnValue:
    """Each place that both changed, as it was, as this save has it and as it is now."""
    parting = get_parting(slug, side, within=scope)
    if not parting.side.waits:
        return redirect(url_for("authoring.history", slug=slug), 303)
    return _page(parting, pad_or(request, _place(side), {}))


@authoring.post("/<slug>/parted/<int:side>")
@needs(Action.AUTHOR)
def resolve_parted(scope: Scope, slug: str, side: int) -> ResponseReturnValue:
    """Save what was chosen."""
    get_side(slug, side, within=scope)
    seen = request.form.get("base", type=int)
    if seen is None:
        abort(400)
    parting = get_parting(slug, side, within=scope, seen=seen)
    with shown_again(ChoiceMissing, lambda refusal: _page(parting, request.form, refusal.message)):
        change = resolved(parting, request.form, scope.person_id)
    return resolve_and_go(change, side, url_for("authoring.outline", slug=slug))


def _place(side: int) -> str:
    return f"parted/{side}"


def _page(parting: Parting, fields: Mapping[str, str], why: Message | None = None) -> str:
    return show_page(
        "authoring/parted.html",
        slug=parting.now.slug,
        parting=parting,
        place=_place(parting.side.id),
        conflicts=shown_conflicts(parting),
        silent=joined_silently(parting),
        fields=fields,
        why=why,
    )
