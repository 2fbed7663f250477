"""What every editor needs: saving, and what stood in its form when the page was left.

A view of an editor:
    workspace = get_workspace(slug, within=scope)
    fields = pad_or(request, place, fields_of_what_is_saved)        # what its form begins with
    ...
    return save_and_go(Change(...), url_for(...))                   # after a POST
Its template extends `authoring/base.html`; its form is
    {% from "authoring/_pad.html" import keeps %}
    <form method="post" … {{ keeps(place) }}>
      <input type="hidden" name="base" value="{{ workspace.revision_id }}">
`place` names the form within its course: `lessons/<id>`, `questions/<holder>/<id>` …
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

from flask import Flask, Request, Response, current_app, flash, g, redirect, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app import clock
from app.authoring.rules.question_homes import course_title
from app.catalogue.folder import files_in
from app.catalogue.operations import Change, Issued, Parted, Publication, Saved, publish_draft, save_draft
from app.catalogue.operations.mending import mend_folder
from app.catalogue.operations.pads import Desk, forget_pad
from app.catalogue.operations.resolving import resolve_side
from app.catalogue.queries.drafts import Workspace, reaches
from app.catalogue.queries.pads import pad_of
from app.catalogue.rules import SHARED
from app.catalogue.rules.drafts import Author
from app.chores.operations import LEASE, held_elsewhere
from app.people.permissions import Action
from app.settings import Settings
from app.web.guard import person, reach
from app.web.languages import gettext, language, tell

Fields = TypeVar("Fields")


@dataclass(frozen=True, slots=True)
class Offer:
    """What is left in a form of this page: since when, where it is thrown away, and the page itself."""

    saved_at: datetime
    drop: str
    back: str


def author() -> Author:
    """Who sits at this desk."""
    who = person()
    return Author(who.name, who.id)


def save_and_go(change: Change, url: str, said: str | None = None) -> Response:
    """Save the draft and go to `url`, saying `said` ("Draf disimpan"); to the page that resolves it after Parted."""
    done = save_draft(replace(change, author=person().name), now=clock.now())
    if isinstance(done, Saved) and done.revision_id == change.base:
        said = gettext("Tidak ada yang berubah.")
    return _on_from(done, change.slug, url, said)


def mend_and_go(change: Change, lying: Mapping[str, bytes], url: str) -> Response:
    """Take up what lies in the course's folder into the draft, with a change of it, and go to `url`; as above."""
    done = mend_folder(replace(change, author=person().name), lying, now=clock.now())
    return _on_from(done, change.slug, url)


def lying_in_folder(slug: str) -> Mapping[str, bytes] | None:
    """The files as they lie in the course's folder; None where there are none, or they cannot be read here."""
    folder = _folder()
    try:
        return files_in(folder, slug) or None if folder is not None else None
    except OSError:
        return None


def way_on(slug: str, here: str, file: str, entry: str) -> str:
    """Where the pressed button of a form leads once it is saved: to publishing, to the YAML side of what it is about
    (`entry` of `file`), or back `here`.
    """
    match request.form.get("do"):
        case "publish":
            return url_for("authoring.publish", slug=slug)
        case "yaml":
            return url_for("authoring.yaml_side", slug=slug, file=file, entry=entry)
    return here


def resolve_and_go(change: Change, side_id: int, url: str) -> Response:
    """Save what was chosen where two saves met, and go to `url`; to the page that asks again after Parted."""
    done = resolve_side(replace(change, author=person().name), side_id, now=clock.now())
    return _on_from(done, change.slug, url)


def _on_from(done: Saved | Parted, slug: str, url: str, said: str | None = None) -> Response:
    _forget_pad_of_this_form(slug)
    if isinstance(done, Parted):
        return _to_parted(slug, done)
    flash(said or gettext("Draf disimpan. Peserta belum melihatnya."))
    return cast("Response", redirect(url, 303))


def publish_and_go(wanted: Publication, url: str) -> Response:
    """Publish the draft and go to `url`; to the page that resolves it after Parted."""
    done = publish_draft(replace(wanted, author=person().name), folder=_folder(), now=clock.now())
    if isinstance(done, Parted):
        return _to_parted(wanted.slug, done)
    return _to_issued(done, url)


def _folder() -> Path | None:
    """The courses folder, where it is this host's that counts: the one whose chores look at theirs."""
    elsewhere = held_elsewhere(LEASE, now=clock.now())
    return None if elsewhere else cast("Settings", current_app.extensions["settings"]).courses


def _to_issued(done: Issued, url: str) -> Response:
    flash(gettext("Sudah terbit. Peserta melihat versi ini mulai sekarang."))
    if done.unwritten is not None:
        flash(tell(done.unwritten))
    return cast("Response", redirect(url, 303))


def _to_parted(slug: str, done: Parted) -> Response:
    return cast("Response", redirect(url_for("authoring.parted", slug=slug, side=done.side_id), 303))


# What stood in a form


def pad_or(asked: Request, place: str, fields: Fields) -> Fields | MultiDict[str, str]:
    """What a form begins with: `fields`, or what this person left in it where they ask for it by `?pad=use`.

    What was left is offered on the page otherwise (`authoring/base.html`).
    """
    left = pad_of(person().id, _slug(asked), place)
    g.pads = {**g.get("pads", {}), place: left}
    if left is None or asked.args.get("pad") != "use":
        return fields
    return MultiDict((name, value) for name, values in left.fields.items() for value in values)


def _slug(asked: Request) -> str:
    return str((asked.view_args or {})["slug"])


def _forget_pad_of_this_form(slug: str) -> None:
    """The script writes the form's place into it: without scripts nothing is kept."""
    place = request.form.get("place")
    if place:
        who = person()
        forget_pad(Desk(who.id, who.name, slug, place))


def _pad_attributes(place: str) -> Markup:
    """What the script reads from a form: where it is kept, and from which revision what was left in it began."""
    slug, left = _slug(request), g.get("pads", {}).get(place)
    base = left.base_id if left and request.args.get("pad") == "use" else None
    keep = url_for("authoring.keep_pad", slug=slug, place=place)
    present = url_for("authoring.presence", slug=slug, place=place)
    written = Markup('data-keeps="{}" data-place="{}" data-present="{}" data-base="{}"')
    return written.format(keep, place, present, base or "")


def _title_of_course(workspace: Workspace) -> str:
    if workspace.slug == SHARED:
        return gettext("Bank soal bersama")
    return course_title(workspace.files, language()) or workspace.slug


def _changes_shared() -> bool:
    """Whether this person may change what all courses share."""
    scope = reach(Action.AUTHOR)
    return scope is not None and reaches(scope, SHARED)


def _pads_offered() -> list[Offer]:
    """What is left in the forms of this page, unless it stands in them already."""
    if request.args.get("pad") == "use":
        return []
    return [
        Offer(left.saved_at, url_for("authoring.drop_pad", slug=_slug(request), place=place), request.path)
        for place, left in g.get("pads", {}).items()
        if left is not None
    ]


def init_desk(app: Flask) -> None:
    """Let templates say what is kept."""
    app.jinja_env.globals.update(
        pad_attributes=_pad_attributes,
        pads_offered=_pads_offered,
        title_of_course=_title_of_course,
        is_shared=lambda slug: slug == SHARED,
        shared_slug=SHARED,
        changes_shared=_changes_shared,
    )
