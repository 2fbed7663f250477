"""Change somebody's attempt: open it again, give it time, take it out, put it back; each with its reason."""

from __future__ import annotations

from typing import Final

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.errors import N_, Message
from app.marking.operations.changing import change_attempt
from app.marking.queries.reach import get_reached
from app.people.permissions import Action, Scope
from app.quizzes.events import events_of
from app.quizzes.rules.changes import REASON_LIMIT, ChangeKind, ChangeRefused, OwnAttempt, possible_changes
from app.quizzes.rules.timing import as_of, ends_at
from app.teaching.attempt_steps import state_words
from app.teaching.blueprint import teaching
from app.teaching.change_forms import ChangeForm
from app.teaching.marking_pages import is_hidden
from app.web.forms import shown_again
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import tell

DONE: Final[dict[ChangeKind, Message]] = {
    ChangeKind.REOPENED: N_("Percobaan sudah dibuka lagi. Pesertanya dapat melanjutkan sekarang."),
    ChangeKind.EXTRA_TIME: N_("Waktu percobaan ini sudah ditambah."),
    ChangeKind.DELETED: N_("Percobaan sudah dihapus. Percobaan ini dapat dipulihkan."),
    ChangeKind.RESTORED: N_("Percobaan sudah dipulihkan."),
}


@teaching.get("/teaching/attempts/<int:attempt_id>/changes")
@needs(Action.CHANGE_ATTEMPTS)
def changes(scope: Scope, attempt_id: int) -> str:
    """What can be done to an attempt as it stands, each with its form."""
    return change_page(scope, attempt_id, ChangeForm())


@teaching.post("/teaching/attempts/<int:attempt_id>/changes")
@needs(Action.CHANGE_ATTEMPTS)
def change(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """Open it again, take it out or put it back, whichever button was pressed."""
    kinds = (ChangeKind.REOPENED, ChangeKind.DELETED, ChangeKind.RESTORED)
    return _changed(scope, attempt_id, next((each for each in kinds if each == request.form.get("kind")), None))


@teaching.post("/teaching/attempts/<int:attempt_id>/time")
@needs(Action.GRANT_TIME)
def extend(scope: Scope, attempt_id: int) -> ResponseReturnValue:
    """Give further minutes to an attempt under way."""
    return _changed(scope, attempt_id, ChangeKind.EXTRA_TIME)


def _changed(scope: Scope, attempt_id: int, kind: ChangeKind | None) -> ResponseReturnValue:
    get_reached(attempt_id, within=scope)
    if kind is None:
        abort(400)
    form = ChangeForm(request.form)
    with shown_again(ChangeRefused, lambda refusal: change_page(scope, attempt_id, form, kind, refusal.message)):
        change_attempt(attempt_id, form.change(kind, scope.person_id), within=scope, now=clock.now())
    flash(tell(DONE[kind]))
    return redirect(url_for("teaching.attempt", attempt_id=attempt_id), 303)


def change_page(
    scope: Scope, attempt_id: int, form: ChangeForm, pressed: ChangeKind | None = None, why: Message | None = None
) -> str:
    """The forms; `why` says why the one that was `pressed` was refused."""
    reached, now = get_reached(attempt_id, within=scope), clock.now()
    sheet = reached.sheet
    own = sheet.person_id == scope.person_id
    fact = as_of(sheet.fact, sheet.limits, now)
    events = events_of(attempt_id)
    refused = why or (OwnAttempt().message if own else None)
    return show_page(
        "teaching/changes.html",
        sheet=sheet,
        learner=None if is_hidden(reached) else reached.name,
        fact=fact,
        words=state_words,
        kinds=[] if own else possible_changes(fact, sheet.limits),
        ends=ends_at(fact, sheet.limits),
        now=now,
        seen=events[-1].seq if events else 0,
        form=form,
        pressed=pressed,
        sentence=tell(refused) if refused else "",
        limit=REASON_LIMIT,
    )
