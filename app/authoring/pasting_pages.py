"""The page where pasted questions are looked through, and the change that takes them into a quiz or bank."""

from __future__ import annotations

from typing import Final

from flask import request, url_for

from app.authoring.holding import change_of, form_fields, holders_of
from app.authoring.rules.holders import Holder
from app.authoring.rules.pasting import Pasting, begun, inserts, settled
from app.catalogue.operations import Change
from app.catalogue.queries.drafts import Workspace
from app.catalogue.queries.served import kinds_of, shared_now
from app.content.editing import edit_file
from app.errors import N_, NotFound
from app.people.permissions import Scope
from app.texts.typed import tidy_text
from app.web.frame import show_page

EXAMPLE: Final = """1. Daftar koleksi perpustakaan disebut …
A. inventaris
B. katalog
C. jurnal
D. label
Kunci: B

2. Kamus boleh dibawa pulang. (B/S)
Jawaban: S"""


def get_paste_holder(workspace: Workspace, holder: str) -> Holder:
    """The quiz or bank of this course that questions are pasted into. Raises NotFound."""
    found = holders_of(workspace).get(holder)
    if found is None or found.shared or found.kind == "survey":
        raise NotFound
    return found


def sent_pasting(holder: Holder) -> Pasting:
    """What the form holds: the text, and where it is the one that was looked at, what was decided below it."""
    pasting = begun(tidy_text(request.form.get("text", "")), holder)
    if request.form.get("do") != "add" or request.form.get("digest") != pasting.digest:
        return pasting
    return settled(pasting, form_fields(), shared_now().framework.competencies)


def is_decided(pasting: Pasting) -> bool:
    """Whether the questions may be saved: they were looked at, and nothing is missing."""
    return request.form.get("do") == "add" and request.form.get("digest") == pasting.digest and not pasting.problem


def change_for(workspace: Workspace, holder: Holder, pasting: Pasting, scope: Scope) -> Change:
    """The chosen questions in the file of their quiz or bank. Raises NotEditable."""
    served = workspace.published_id
    home = f"{workspace.slug}/{holder.name}/"
    used = [each[len(home) :] for each in (kinds_of(served) if served else {}) if each.startswith(home)]
    data = edit_file(workspace.files[holder.path], inserts(pasting, holder, used))
    message = N_("%(count)s soal ditempel ke %(title)s", count=len(pasting.chosen), title=holder.title or holder.id)
    return change_of(workspace, scope, {holder.path: data}, message)


def holder_url(slug: str, holder: Holder) -> str:
    """The page of the quiz or bank."""
    if holder.kind == "bank":
        return url_for("authoring.bank", slug=slug, name=holder.name)
    return url_for("authoring.quiz", slug=slug, quiz_id=holder.id)


def paste_page(workspace: Workspace, holder: Holder, pasting: Pasting) -> str:
    """The text to paste, and once there is one, what became of it."""
    return show_page(
        "authoring/paste.html",
        workspace=workspace,
        holder=holder,
        holder_url=holder_url(workspace.slug, holder),
        pasting=pasting,
        example=EXAMPLE,
        areas=shared_now().framework.areas,
        here="authoring.courses",
    )
