"""The daily practice: take part or leave, begin today's round, answer its questions one by one."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.learn.blueprint import learn
from app.learn.daily_pages import asked_of, daily_now, daily_page, item_page
from app.people.permissions import Action, Scope
from app.repetition import operations
from app.repetition.operations import NothingToCheck, answer_item, begin_round
from app.repetition.queries.rounds import get_round
from app.repetition.rules.drawing import Today
from app.web.forms import shown_again
from app.web.guard import needs
from app.web.languages import gettext, tell


@learn.get("/practice")
@needs(Action.LEARN)
def daily(scope: Scope) -> str:
    """What there is to practise today, or how to take part."""
    today = _today()
    return daily_page(daily_now(scope.person_id, today), today)


@learn.post("/practice/join")
@needs(Action.LEARN)
def join_daily(scope: Scope) -> ResponseReturnValue:
    """Take part from now on."""
    operations.join(scope.person_id, now=clock.now())
    return redirect(url_for("learn.daily"), 303)


@learn.post("/practice/leave")
@needs(Action.LEARN)
def leave_daily(scope: Scope) -> ResponseReturnValue:
    """Take part no longer."""
    operations.leave(scope.person_id)
    flash(gettext("Anda tidak lagi ikut latihan harian. Anda boleh ikut lagi kapan saja."))
    return redirect(url_for("learn.daily"), 303)


@learn.post("/practice/rounds")
@needs(Action.LEARN)
def begin_daily(scope: Scope) -> ResponseReturnValue:
    """Begin today's round, or go on with it."""
    round_id = begin_round(scope.person_id, asked_of(scope.person_id), _today())
    return redirect(url_for("learn.daily_question", round_id=round_id), 303)


@learn.get("/practice/<int:round_id>")
@needs(Action.LEARN)
def daily_question(scope: Scope, round_id: int) -> ResponseReturnValue:
    """One question; without `question` the one to go on with."""
    practised, place = get_round(round_id, within=scope), request.args.get("question", type=int)
    if place is None and practised.next_place is None:
        return redirect(url_for("learn.daily"), 303)
    return item_page(practised, place)


@learn.post("/practice/<int:round_id>/answers/<int:place>")
@needs(Action.LEARN)
def answer_daily(scope: Scope, round_id: int, place: int) -> ResponseReturnValue:
    """Keep the answer to a question, then show how it came out."""

    def again(refusal: NothingToCheck) -> str:
        practised = get_round(round_id, within=scope)
        return item_page(practised, place, typed=refusal.response, reason=tell(refusal.message))

    with shown_again(NothingToCheck, again):
        fields = request.form.to_dict(flat=False)
        counts = answer_item(round_id, place, fields, within=scope, now=clock.now())
    if not counts:
        flash(gettext("Soal ini sudah Anda jawab; jawaban yang pertama yang dihitung."))
    return redirect(url_for("learn.daily_question", round_id=round_id, question=place), 303)


def _today() -> Today:
    return Today(clock.now(), current_app.extensions["settings"].time_zone)
