"""The page of a lesson or a task: its form, and beside it the text as learners will see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.authoring.body_desk import BodyDesk, look_of
from app.authoring.body_forms import BodyForm
from app.authoring.picture_desk import add_picture
from app.authoring.rules.pictures import WANTED
from app.content.bodies import PICTURE_BUDGET, BodyLook
from app.errors import Message
from app.people.permissions import Scope
from app.web.frame import show_page
from app.web.templating import render


def body_page(desk: BodyDesk, form: BodyForm, scope: Scope, refused: Message | None = None, **more: Any) -> str:
    """The editor with what stands in its form. `more` is what a task has beside."""
    typed = typed_in(form)
    spoken = shown_language(typed)
    return show_page(
        f"authoring/{desk.kind}.html",
        desk=desk,
        workspace=desk.workspace,
        form=form,
        refused=refused,
        look=look_part(look_of(desk.workspace.slug, desk.id, typed, within=scope), typed, spoken),
        picture_limit=WANTED // 1000,
        looking=request.form.get("do", "").startswith("look"),
        here="authoring.courses",
        **more,
    )


def typed_in(form: BodyForm) -> dict[str, str]:
    """The fields by their names."""
    return {name: str(form[name].data or "") for name in ("title_id", "title_en", "minutes", "body_id", "body_en")}


def shown_language(typed: Mapping[str, str]) -> str:
    """The language whose text the preview shows: the one that was asked for, else Indonesian."""
    asked = "en" if "en" in (request.form.get("look"), request.form.get("do", "")[-2:]) else "id"
    return asked if typed.get(f"body_{asked}", "").strip() else "id"


def look_part(looks: Mapping[str, BodyLook], typed: Mapping[str, str], spoken: str) -> Markup:
    """The preview: how the text looks, what it weighs, and what its author should know of it."""
    look = looks.get(spoken)
    part = render(
        "authoring/_look.html",
        look=look,
        html=Markup(look.html) if look else "",  # noqa: S704 (cleaned when it was rendered)
        terms=look.terms if look else (),
        title=typed.get(f"title_{spoken}") or typed.get("title_id", ""),
        spoken=spoken,
        budget=PICTURE_BUDGET // 1000,
    )
    return Markup(part)  # noqa: S704 (a template of ours)


def form_with(kind: type[BodyForm], fields: Mapping[str, Any]) -> BodyForm:
    """The form holding these fields: those of the file, or what was left in it."""
    return kind(fields if isinstance(fields, MultiDict) else MultiDict(fields))


def with_picture(desk: BodyDesk, form: BodyForm, scope: Scope) -> None:
    """Without scripts: the picture that was sent is added, and stands at the end of the text. Raises Refusal."""
    made = add_picture(desk.workspace.slug, request.files.get("file"), form.alt.data or "", scope=scope)
    form.body_id.data = f"{(form.body_id.data or '').rstrip()}\n\n{made.written}\n"
    form.alt.data = ""
