"""What is not found because its file cannot be read: whoever asks for it is shown the file at its fault."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.rules.yaml_side import first_unreadable
from app.catalogue.queries import files_of
from app.catalogue.queries.drafts import reaches, standing_of
from app.errors import NotFound
from app.people.permissions import Action
from app.web.errors import error_page
from app.web.guard import reach
from app.web.languages import gettext


@authoring.errorhandler(NotFound)
def not_found(refusal: NotFound) -> ResponseReturnValue:
    """The page of what is not there; of a course with an unreadable file, that file."""
    slug = (request.view_args or {}).get("slug")  # a link to a preview, open to strangers, has none
    asked = request.method == "GET" and slug is not None and slug.isprintable()  # else no database takes it
    found = _unreadable(slug) if asked else None
    if found is None:
        return error_page(refusal.status, refusal.message)
    flash(gettext("Halaman itu belum dapat dibuka, karena ada yang salah tulis di file ini. Betulkan dahulu di sini."))
    return redirect(url_for("authoring.yaml_side", slug=slug, file=found[0], at=found[1]), 303)


def _unreadable(slug: str) -> tuple[str, int] | None:
    scope = reach(Action.AUTHOR)
    if scope is None or not reaches(scope, slug):
        return None
    worked_on = standing_of(slug).worked_on
    return None if worked_on is None else first_unreadable(files_of(worked_on))
