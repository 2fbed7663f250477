"""The editor of one question: the kinds to choose from, the form of each, saving, copying, deleting and its undoing."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.authoring.blueprint import authoring
from app.authoring.desk import pad_or, save_and_go, way_on
from app.authoring.picture_desk import add_picture
from app.authoring.question_changes import copying, deleting, renamed, restoring, writing
from app.authoring.question_desk import QuestionDesk, Wanted, get_desk, get_new_desk
from app.authoring.question_pages import kinds_page, question_page, removed_page
from app.authoring.question_preview import preview_part
from app.authoring.question_sent import Sent, revision_named, sent_form
from app.catalogue.queries.drafts import get_workspace
from app.errors import Refusal
from app.people.permissions import Action, Scope
from app.web.forms import shown_again
from app.web.guard import needs, takes_files
from app.web.languages import gettext


@authoring.get("/<slug>/questions/<path:holder>/<question_id>")
@needs(Action.AUTHOR)
def question(scope: Scope, slug: str, holder: str, question_id: str) -> str:
    """A question to edit, with what is wrong beside its fields and a preview that can be answered."""
    return _opened(get_desk(slug, holder, question_id, within=scope))


@authoring.get("/<slug>/questions/<path:holder>/new")
@needs(Action.AUTHOR)
def new_question(scope: Scope, slug: str, holder: str) -> str:
    """The kinds of question, or with `?type=` the empty form of one."""
    desk = get_new_desk(slug, holder, Wanted(request.args.get("type", ""), request.args.get("after", "")), within=scope)
    return kinds_page(desk) if desk.form is None else _opened(desk)


def _opened(desk: QuestionDesk) -> str:
    left: MultiDict[str, str] | None = pad_or(request, desk.place, None)
    return question_page(desk, None if left is None else sent_form(desk, left))


@authoring.post("/<slug>/questions/<path:holder>/<question_id>")
@needs(Action.AUTHOR)
@takes_files
def keep_question(scope: Scope, slug: str, holder: str, question_id: str) -> ResponseReturnValue:
    """Save a question, or do to its form what one of its buttons says."""
    desk = get_desk(slug, holder, question_id, within=scope, base=_base())
    return _done(desk, sent_form(desk, request.form), scope.person_id)


@authoring.post("/<slug>/questions/<path:holder>/new")
@needs(Action.AUTHOR)
@takes_files
def add_question(scope: Scope, slug: str, holder: str) -> ResponseReturnValue:
    """Save a new question, or do to its form what one of its buttons says."""
    desk = get_new_desk(slug, holder, _wanted(), within=scope, base=_base())
    return _done(desk, sent_form(desk, request.form), scope.person_id)


def _base() -> int | None:
    """The revision that the sent form began from."""
    return revision_named(request.form.get("base"))


def _wanted() -> Wanted:
    return Wanted(request.form.get("type", ""), request.form.get("after", ""))


def _done(desk: QuestionDesk, sent: Sent | None, person_id: int) -> ResponseReturnValue:
    match sent.do if sent else "":
        case "save" | "publish" | "yaml" if sent:
            return _saved(desk, sent, person_id)
        case "copy" if sent and desk.at is not None:
            change, name = copying(desk, desk.value(sent.form, sent.typed, sent.language), person_id)
            return save_and_go(change, _url(desk, name), gettext("Soal disalin ke draf. Ini salinannya."))
        case "picture" if sent:
            return _pictured(desk, sent)
        case "delete" if desk.at is not None:
            return save_and_go(deleting(desk, person_id), _removed_url(desk), gettext("Soal dihapus dari draf."))
        case _:
            return question_page(desk, sent)


def _saved(desk: QuestionDesk, sent: Sent, person_id: int) -> ResponseReturnValue:
    """Whatever is refused here, the form stands there again with all that was typed."""
    value = desk.value(sent.form, sent.typed, sent.language)
    with shown_again(Refusal, lambda refusal: question_page(desk, sent, refusal.message)):
        change, name = writing(desk, renamed(desk, value, request.form.get("id", "")), person_id)
        return save_and_go(
            change, way_on(change.slug, _url(desk, name), desk.home.found.path, f"{desk.home.id}/{name}")
        )


def _pictured(desk: QuestionDesk, sent: Sent) -> str:
    """Without scripts: the form again, with the picture that was sent."""
    with shown_again(Refusal, lambda refusal: question_page(desk, sent, refusal.message)):
        made = add_picture(
            desk.workspace.slug, request.files.get("file"), request.form.get("q.alt.id", ""), scope=desk.within
        )
    return question_page(desk, replace(sent, typed={**sent.typed, "image": made.path}))


def _url(desk: QuestionDesk, name: str) -> str:
    return url_for("authoring.question", slug=desk.workspace.slug, holder=desk.home.id, question_id=name)


def _removed_url(desk: QuestionDesk) -> str:
    return url_for(
        "authoring.removed_question",
        slug=desk.workspace.slug,
        holder=desk.home.id,
        question_id=desk.id,
        of=desk.workspace.revision_id,
    )


@authoring.get("/<slug>/removed-questions/<path:holder>/<question_id>")
@needs(Action.AUTHOR)
def removed_question(scope: Scope, slug: str, holder: str, question_id: str) -> str:
    """A question that was deleted from the draft, to take that back."""
    return removed_page(get_desk(slug, holder, question_id, within=scope, base=revision_named(request.args.get("of"))))


@authoring.post("/<slug>/removed-questions/<path:holder>/<question_id>")
@needs(Action.AUTHOR)
def restore_question(scope: Scope, slug: str, holder: str, question_id: str) -> ResponseReturnValue:
    """Put a deleted question back where it stood."""
    desk = get_desk(slug, holder, question_id, within=scope, base=_base())
    change = restoring(get_workspace(slug, within=scope), desk, scope.person_id)
    return save_and_go(change, _url(desk, question_id), gettext("Soal dikembalikan ke draf."))


@authoring.post("/<slug>/tried-questions/<path:holder>")
@needs(Action.AUTHOR)
def try_question(scope: Scope, slug: str, holder: str) -> ResponseReturnValue:
    """The preview of what stands in the form, answered or not: for the page's script."""
    desk = get_new_desk(slug, holder, _wanted(), within=scope, base=_base())
    sent = sent_form(desk, request.form)
    if sent is None:
        return redirect(url_for("authoring.new_question", slug=slug, holder=holder), 303)
    checked = desk.checked(desk.value(sent.form, sent.typed, sent.language))
    return preview_part(desk.home, checked.question, sent.do)
