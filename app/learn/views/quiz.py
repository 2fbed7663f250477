"""A quiz: start, answer question by question, look over, hand in, see the result."""

from __future__ import annotations

from datetime import datetime

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.catalogue.queries import Published
from app.content.activities import Quiz
from app.db import db
from app.errors import NotFound
from app.learn.access import get_open_course
from app.learn.blueprint import learn
from app.learn.quiz_all import all_page, posted_by_slot
from app.learn.quiz_changes import changes_page
from app.learn.quiz_deleted import deleted_page
from app.learn.quiz_kept import TOO_LATE, kept_now, never_kept, reason_of
from app.learn.quiz_pages import overview_page, question_page, saved_part
from app.learn.quiz_refusals import choice_page, over_page
from app.learn.quiz_results import result_page, start_page
from app.learn.quiz_time import seconds_left, time_up_page
from app.learn.quiz_uploads import answer_fields
from app.learn.received_files import sent_by_itself
from app.marking.operations.finishing import close_attempts_at, end_attempt, finish_attempt
from app.people.permissions import Action, Scope
from app.questions.base import Fields
from app.quizzes import operations
from app.quizzes.operations import Answered, Posted, answer_question
from app.quizzes.queries import Sheet, get_sheet, slots_of
from app.quizzes.rules.answering import AlreadyChecked, AnswerRow, AttemptOver, NewerAnswer
from app.quizzes.rules.navigation import OutOfTurn, is_sequential
from app.web.guard import end_shared_session, needs, person, takes_files
from app.web.languages import gettext, tell


def quiz_start_page(scope: Scope, published: Published, quiz: Quiz) -> str:
    """What a quiz is, what was done with it, and the button to start it."""
    return start_page(scope.person_id, published, quiz, now=clock.now())


@learn.post("/courses/<slug>/<activity_id>/attempts")
@needs(Action.LEARN)
def start_attempt(scope: Scope, slug: str, activity_id: str) -> ResponseReturnValue:
    """Begin an attempt, or go on with the one there is."""
    found, quiz = _get_quiz(scope, slug, activity_id)
    wanted, now = request.form.get("number", type=int), clock.now()
    close_attempts_at(scope.person_id, slug, quiz.id, now=now)
    attempt_id = operations.start_attempt(scope.person_id, found, quiz, now=now, wanted=wanted)
    return redirect(url_for("learn.attempt", attempt_id=attempt_id), 303)


@learn.get("/attempts/<int:attempt_id>")
@needs(Action.LEARN)
def attempt(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """One question; without `slot` the one to go on with."""
    sheet, now = get_sheet(attempt_id, within=scope), clock.now()
    if not sheet.workable(now):
        return redirect(url_for("learn.result", attempt_id=attempt_id), 303)
    slot = request.args.get("slot", type=int)
    if slot is None and sheet.reached > len(sheet.places):
        return redirect(url_for("learn.overview", attempt_id=attempt_id), 303)
    if slot is None and sheet.quiz.settings.pages == "all":
        return all_page(sheet, slots_of(sheet), now=now)
    return question_page(sheet, slots_of(sheet), slot, now=now)


@learn.get("/attempts/<int:attempt_id>/clock")
@needs(Action.LEARN)
def time_left(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """How many seconds are left, for the countdown's script after a sleep; null where none are counted."""
    return {"remaining": seconds_left(get_sheet(attempt_id, within=scope), clock.now())}


@learn.post("/attempts/<int:attempt_id>/answers/<int:slot>")
@needs(Action.LEARN)
@takes_files
def answer(scope: Scope, attempt_id: int, slot: int) -> ResponseReturnValue:
    """Keep an answer, then go where the pressed button says. A script gets only the words that it is kept, or at once
    the page that comes next.
    """
    now = clock.now()
    posted = _posted(answer_fields(attempt_id, slot, scope, now))
    answered = answer_question(attempt_id, slot, posted, within=scope, now=now)
    if answered.time_up:
        end_attempt(attempt_id, within=scope, now=now)
        return _over(attempt_id, lost=answered.lost, row=answered.row)
    if sent_by_itself():
        return kept_now(answered.row, noted=answered.noted)
    if "HX-Request" in request.headers:
        return saved_part(answered.row, noted=answered.noted)
    if answered.refused_check:
        flash(gettext("Belum ada jawaban yang dapat diperiksa. Jawab dahulu, lalu periksa."))
    return _way_on(answered, slot, request.form.get("go", ""), now)


@learn.post("/attempts/<int:attempt_id>/answers")
@needs(Action.LEARN)
def answer_all(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """Keep the answers of a page with all questions, then go where the pressed button says."""
    now = clock.now()
    answered = operations.answer_all(attempt_id, posted_by_slot(request.form), within=scope, now=now)
    if answered.time_up:
        end_attempt(attempt_id, within=scope, now=now)
        return _over(attempt_id, lost=answered.lost)
    if answered.refused:
        page = all_page(answered.sheet, answered.states, now=now, refused=answered.refused)
        return make_response(page, NewerAnswer.status)
    button = request.form.get("go", "")
    if button == "leave":
        return _leave(answered.sheet)
    if button == "overview":
        return redirect(url_for("learn.overview", attempt_id=attempt_id), 303)
    return redirect(url_for("learn.attempt", attempt_id=attempt_id, slot=_slot_named(button)), 303)


@learn.post("/attempts/<int:attempt_id>/answers/<int:slot>/passed")
@needs(Action.LEARN)
def go_on(scope: Scope, attempt_id: int, slot: int) -> ResponseReturnValue:
    """In a sequential quiz, on from a question that was checked."""
    sheet = operations.pass_slot(attempt_id, slot, within=scope, now=clock.now())
    return redirect(url_for("learn.attempt", attempt_id=sheet.id), 303)


@learn.get("/attempts/<int:attempt_id>/overview")
@needs(Action.LEARN)
def overview(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """Which questions are answered, before handing in."""
    sheet, now = get_sheet(attempt_id, within=scope), clock.now()
    if not sheet.workable(now):
        return redirect(url_for("learn.result", attempt_id=attempt_id), 303)
    return overview_page(sheet, slots_of(sheet), now=now)


@learn.post("/attempts/<int:attempt_id>/finish")
@needs(Action.LEARN)
def finish(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """Hand in. On a shared phone this ends the session, so the result is shown at once."""
    now = clock.now()
    finish_attempt(attempt_id, within=scope, now=now)
    end_shared_session()
    if not current_user.is_authenticated:
        return _outcome(get_sheet(attempt_id, within=scope), now, signed_out=True)
    address = url_for("learn.result", attempt_id=attempt_id)
    if not _page_wanted():
        return redirect(address, 303)
    return _outcome(get_sheet(attempt_id, within=scope), now), {"X-Address": address}


@learn.get("/attempts/<int:attempt_id>/result")
@needs(Action.LEARN)
def result(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """What came of an attempt, as far as its quiz lets it be seen."""
    sheet, now = get_sheet(attempt_id, within=scope), clock.now()
    if sheet.workable(now):
        return redirect(url_for("learn.attempt", attempt_id=attempt_id), 303)
    return _outcome(sheet, now)


@learn.get("/attempts/<int:attempt_id>/changes")
@needs(Action.LEARN)
def changes(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """What changed in the questions of a finished attempt since it was made."""
    sheet = get_sheet(attempt_id, within=scope)
    if not sheet.finished:
        return redirect(url_for("learn.result", attempt_id=attempt_id), 303)
    return changes_page(sheet, now=clock.now())


@learn.errorhandler(NewerAnswer)
def newer_answer(refusal: NewerAnswer) -> ResponseReturnValue:
    """Another page wrote meanwhile: show both answers and let the learner choose."""
    db.session.rollback()
    if sent_by_itself():
        return never_kept(refusal.message, reason_of(refusal))
    sheet = get_sheet(refusal.attempt_id, within=Scope(person().id))
    return make_response(choice_page(sheet, refusal), refusal.status)


@learn.errorhandler(AttemptOver)
@learn.errorhandler(AlreadyChecked)
@learn.errorhandler(OutOfTurn)
def over(refusal: AttemptOver | AlreadyChecked | OutOfTurn) -> ResponseReturnValue:
    """Too late for an answer, or not its turn: say so, and lead to what counts."""
    db.session.rollback()
    if sent_by_itself():
        return never_kept(refusal.message, reason_of(refusal))
    return make_response(over_page(refusal), refusal.status)


def _get_quiz(scope: Scope, slug: str, activity_id: str) -> tuple[Published, Quiz]:
    """A quiz of a course this learner may read, in the form that is theirs. Raises NotFound."""
    found, facts = get_open_course(scope, slug)
    quiz = found.course.activity(activity_id)
    if not isinstance(quiz, Quiz):
        raise NotFound
    return found, found.course.form_for(quiz, facts.forms)


def _posted(fields: Fields) -> Posted:
    """The answer with these fields as its page sent it."""
    return Posted(
        fields=fields,
        page_token=request.form.get("page", ""),
        shown_seq=request.form.get("seen", -1, type=int),
        wanted=request.form.get("action", "save"),
        goes_on=request.form.get("go") == "next",
        unsure="yes" in request.form.getlist("flag") if "flag" in request.form else None,
        unsent=_small(request.form.get("unsent", "")),
    )


def _small(text: str) -> int | None:
    """A count of at most three digits; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else None


def _outcome(sheet: Sheet, now: datetime, *, signed_out: bool = False) -> str:
    """The result; where time ended the attempt and nothing is marked yet, or never will be, what there is to say; the
    same for one that was taken out.
    """
    page = result_page if sheet.finished else deleted_page if sheet.deleted else time_up_page
    return page(sheet, now=now, signed_out=signed_out)


def _over(attempt_id: int, *, lost: bool, row: AnswerRow | None = None) -> ResponseReturnValue:
    """After the last answer there was time for, to what became of the attempt. `lost`: it came too late itself."""
    if sent_by_itself():
        return never_kept(TOO_LATE, "over") if lost else kept_now(row)
    if lost:
        flash(tell(TOO_LATE))
    address = url_for("learn.result", attempt_id=attempt_id)
    return ("", {"HX-Redirect": address}) if "HX-Request" in request.headers else redirect(address, 303)


def _way_on(answered: Answered, slot: int, button: str, now: datetime) -> ResponseReturnValue:
    """On to where the button leads; to a script that asks for it, with the page itself: one request instead of two."""
    sheet, states = answered.sheet, answered.states
    if button == "leave":
        return _leave(sheet)
    target = _slot_after(sheet, slot, button)
    if target is None:
        address = url_for("learn.overview", attempt_id=sheet.id)
    else:
        address = url_for("learn.attempt", attempt_id=sheet.id, slot=target)
    if not _page_wanted():
        return redirect(address, 303)
    page = overview_page(sheet, states, now=now) if target is None else question_page(sheet, states, target, now=now)
    return page, {"X-Address": address}


def _leave(sheet: Sheet) -> ResponseReturnValue:
    return redirect(url_for("learn.activity", slug=sheet.course.slug, activity_id=sheet.quiz.id), 303)


def _page_wanted() -> bool:
    """Whether the page's script asks for the next page itself instead of its address."""
    return request.headers.get("X-Wants") == "page"


def _slot_after(sheet: Sheet, slot: int, button: str) -> int | None:
    """The slot a button leads to: `previous`, `next`, `slot-<n>`, else the same; None: the overview.

    In a sequential quiz each leads to the slot reached.
    """
    if is_sequential(sheet.quiz.settings):
        return sheet.reached if sheet.reached <= len(sheet.places) else None
    if button == "overview" or (button == "next" and slot == len(sheet.places)):
        return None
    target = {"previous": slot - 1, "next": slot + 1}.get(button, slot)
    named = _slot_named(button)
    return min(max(target if named is None else named, 1), len(sheet.places))


def _slot_named(button: str) -> int | None:
    """The slot of a button `slot-<n>`; None of any other."""
    number = button.removeprefix("slot-")
    return int(number[:4]) if number != button and number.isdecimal() else None
