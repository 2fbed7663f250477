"""Banks: all of a course's questions searched; a bank made; questions moved, copied, taken away, used in a quiz."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.authoring.bank_pages import FILTERS, bank_page, banks_page
from app.authoring.blueprint import authoring
from app.authoring.desk import save_and_go
from app.authoring.holding import begun_from, change_of, first_values, get_holder, holders_of
from app.authoring.rules.bank import picked, rows_of
from app.authoring.rules.bank_changes import BankChangeRefused, Edits, copied, deleted, moved, used_in
from app.authoring.rules.banks import check_unused, new_bank, renamed_bank
from app.authoring.rules.holders import Holder
from app.authoring.views.quiz import url_of_list
from app.catalogue.queries import Workspace, get_workspace
from app.catalogue.rules import SHARED, way_to_schema
from app.content.editing import NotEditable, edit_file
from app.errors import N_, NotFound, Refusal
from app.people.permissions import Action, Scope
from app.texts.typed import tidy_line
from app.web.forms import shown_again
from app.web.guard import needs
from app.web.languages import gettext

KEPT: Final = (*FILTERS, "for", "page")  # what of the address stays after a change


@authoring.get("/<slug>/banks")
@needs(Action.AUTHOR)
def banks(scope: Scope, slug: str) -> str:
    """All banks, and every question of the course; `?for=` a quiz that questions are looked for."""
    return banks_page(get_workspace(slug, within=scope), first_values(request.args.to_dict()))


@authoring.get(f"/{SHARED}")
@needs(Action.AUTHOR)
def shared_banks(scope: Scope) -> str:
    """The banks of all courses: where other courses have their outline, and at the same address."""
    return banks_page(get_workspace(SHARED, within=scope), first_values(request.args.to_dict()))


@authoring.get("/<slug>/banks/<name>")
@needs(Action.AUTHOR)
def bank(scope: Scope, slug: str, name: str) -> str:
    """One bank: its questions, searched and filtered."""
    return bank_page(get_workspace(slug, within=scope), name, first_values(request.args.to_dict()))


@authoring.post("/<slug>/banks")
@needs(Action.AUTHOR)
def add_bank(scope: Scope, slug: str) -> ResponseReturnValue:
    """A new bank, by its title alone."""
    workspace, title = begun_from(scope, slug), tidy_line(request.form.get("title", ""))
    with shown_again(BankChangeRefused, lambda refusal: banks_page(workspace, {}, refusal.message, title)):
        name, data = new_bank(workspace.files, holders_of(workspace), title, way_to_schema(slug))
    change = change_of(workspace, scope, {f"bank/{name}.yaml": data}, N_('Bank soal "%(title)s" dibuat', title=title))
    return save_and_go(change, url_for("authoring.bank", slug=slug, name=name), gettext("Bank soal sudah dibuat."))


@authoring.post("/<slug>/banks/<name>")
@needs(Action.AUTHOR)
def change_bank(scope: Scope, slug: str, name: str) -> ResponseReturnValue:
    """Call a bank otherwise; or (`do` = delete) take it away with its questions, once no quiz uses it."""
    workspace, title = begun_from(scope, slug), tidy_line(request.form.get("title", ""))
    holders = holders_of(workspace)
    bank = get_holder(holders, f"bank/{name}", "bank")
    if bank.shared:
        raise NotFound
    with shown_again(Refusal, lambda refusal: bank_page(workspace, name, {}, refusal.message, title)):
        if request.form.get("do") == "delete":
            return _deleted(workspace, bank, tuple(holders.values()), scope)
        data = renamed_bank(bank, title)
    change = change_of(workspace, scope, {bank.path: data}, N_('Bank soal "%(title)s" diubah', title=title))
    return save_and_go(change, url_for("authoring.bank", slug=slug, name=name))


def _deleted(workspace: Workspace, bank: Holder, holders: Sequence[Holder], scope: Scope) -> ResponseReturnValue:
    check_unused(bank, holders)
    change = change_of(workspace, scope, {bank.path: None}, N_('Bank soal "%(title)s" dihapus', title=bank.title))
    said = gettext("Bank soal sudah dihapus. Kalau masih diperlukan, ada di Riwayat perubahan.")
    return save_and_go(change, url_for("authoring.banks", slug=workspace.slug), said)


@authoring.post("/<slug>/banks/questions")
@needs(Action.AUTHOR)
def change_questions(scope: Scope, slug: str) -> ResponseReturnValue:
    """Move, copy, take away, or use in a quiz what was ticked."""
    workspace = begun_from(scope, slug)
    with shown_again(BankChangeRefused, lambda refusal: _again(workspace, refusal)):
        edits, to, said = _edits(holders_of(workspace))
    with shown_again(NotEditable, lambda refusal: _again(workspace, refusal)):
        files = {path: edit_file(workspace.files[path], each) for path, each in edits.items()}
    if not files:
        return redirect(_here(slug), 303)
    change = change_of(workspace, scope, files, N_("Soal bank diubah"))
    return save_and_go(change, url_of_list(slug, to, "quiz") if to else _here(slug), gettext(said))


def _edits(holders: dict[str, Holder]) -> tuple[Edits, str, str]:
    """What the form asks for: its edits, the quiz to go to ("" for the bank again), and what is said of it."""
    every, do, to = tuple(holders.values()), request.form.get("do"), request.form.get("to", "")
    rows = picked(rows_of(every), request.form.getlist("question"))
    if do == "delete":
        return deleted(rows, every), "", N_("Soal sudah dihapus dari bank.").msgid
    if do == "use":
        quiz = get_holder(holders, request.form.get("quiz", ""), "quiz")
        if quiz.course:
            raise NotFound
        return used_in(rows, quiz), quiz.id, N_("Soal sudah dimasukkan ke kuis ini.").msgid
    if do not in ("move", "copy"):
        raise NotFound
    if to not in holders or holders[to].shared:
        raise BankChangeRefused(N_("Pilih bank yang dituju."))
    if do == "copy":
        return copied(rows, holders[to]), "", N_("Soal sudah disalin.").msgid
    return moved(rows, holders[to], every), "", N_("Soal sudah dipindahkan.").msgid


def _kept() -> dict[str, str]:
    return {name: request.form[f"kept_{name}"] for name in KEPT if request.form.get(f"kept_{name}")}


def _here(slug: str) -> str:
    """The page that the form stood on, with its filter."""
    name = request.form.get("bank")
    if name:
        return url_for("authoring.bank", slug=slug, name=name, **_kept())
    return url_for("authoring.banks", slug=slug, **_kept())


def _again(workspace: Workspace, refusal: Refusal) -> str:
    """The page that the form stood on, with what was ticked."""
    fields = {**_kept(), "picked": "\n".join(request.form.getlist("question"))}
    name = request.form.get("bank")
    return (
        bank_page(workspace, name, fields, refusal.message) if name else banks_page(workspace, fields, refusal.message)
    )
