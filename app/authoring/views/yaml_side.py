"""The YAML side: a file of a course as text, checked while one types."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.authoring.blueprint import authoring
from app.authoring.desk import mend_and_go, save_and_go
from app.authoring.holding import change_of
from app.authoring.yaml_pages import form_asked, opened, told_part, typed, yaml_page
from app.catalogue.rules.drafts import FolderMoved, TooMuch
from app.errors import N_, Refusal
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs, takes_long_text


@authoring.get("/<slug>/yaml/<path:file>")
@needs(Action.AUTHOR)
def yaml_side(scope: Scope, slug: str, file: str) -> str:
    """The whole file, at the line that `at` or `entry` asks for."""
    return yaml_page(opened(scope, slug, file))


@authoring.post("/<slug>/yaml/<path:file>")
@needs(Action.AUTHOR)
@takes_long_text
def save_yaml(scope: Scope, slug: str, file: str) -> ResponseReturnValue:
    """Keep the file in the draft, whatever is wrong with it: the page says it then.

    One that was opened as it lies in the folder takes along what else lies there.
    """
    desk = typed(scope, slug, file)
    change = change_of(desk.workspace, scope, {file: desk.data}, N_("File %(file)s diubah", file=file))
    here = url_for("authoring.yaml_side", slug=slug, file=file, at=request.form.get("at", type=int))
    publish = url_for("authoring.publish", slug=slug)
    url = publish if request.form.get("do") == "publish" else form_asked(desk) or here

    def page(refusal: Refusal) -> str:
        return yaml_page(desk, refusal)

    with shown_again(TooMuch, page), shown_again(FolderMoved, page):
        lying = desk.lying_as_shown
        return save_and_go(change, url) if lying is None else mend_and_go(change, lying, url)


@authoring.post("/<slug>/checked-yaml/<path:file>")
@needs(Action.AUTHOR)
@takes_long_text
def check_yaml(scope: Scope, slug: str, file: str) -> str:
    """What is wrong in a file as it was typed: the whole page, or for the script (`part`) only that."""
    desk = typed(scope, slug, file)
    return told_part(desk) if request.form.get("part") else yaml_page(desk)
