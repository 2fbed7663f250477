"""A quiz while it is taken: who is how far, when they were last heard, how much time is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from math import ceil

from flask import request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app import clock
from app.content.activities import Quiz
from app.marking.queries.live import SHOWN, LiveAttempt, attempts_under_way
from app.people.permissions import Action, Scope
from app.quizzes.overrides import limits_of_all
from app.quizzes.rules.limits import Limits
from app.quizzes.rules.starting import AttemptFact
from app.quizzes.rules.timing import as_of, ends_at
from app.teaching.attempt_steps import state_words
from app.teaching.blueprint import teaching
from app.teaching.override_pages import get_served, served
from app.web.frame import show_page
from app.web.guard import needs
from app.web.templating import render


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One attempt as of now. `minutes` that are left, 0 at least; None: it has no end."""

    found: LiveAttempt
    attempt: AttemptFact
    minutes: int | None


@teaching.get("/teaching/courses/<slug>/live/<quiz_id>")
@needs(Action.SEE_ATTEMPTS)
def live(scope: Scope, slug: str, quiz_id: str) -> ResponseReturnValue:
    """The page; to its script, which says by `?seen=` what it shows, only the part that changes, if it changed."""
    quiz = get_served(slug, quiz_id, scope)
    part = render("teaching/live_rows.html", rows=_rows(scope, slug, served(quiz)), shown=SHOWN, words=state_words)
    version = blake2s(part.encode(), digest_size=6).hexdigest()
    if "seen" not in request.args:
        rows = Markup(part)  # noqa: S704 (a rendered template)
        return show_page("teaching/live.html", quiz=quiz, rows=rows, version=version)
    return ("", 204) if request.args["seen"] == version else (part, {"X-Version": version})


def _rows(scope: Scope, slug: str, quiz: Quiz) -> list[LiveRow]:
    found, now = attempts_under_way(slug, quiz.id, scope), clock.now()
    limits = limits_of_all((each.person_id for each in found), slug, quiz)
    return [_row(each, limits[each.person_id], now) for each in found]


def _row(found: LiveAttempt, limits: Limits, now: datetime) -> LiveRow:
    end = ends_at(found.attempt, limits)
    minutes = None if end is None else max(0, ceil((end - now).total_seconds() / 60))
    return LiveRow(found, as_of(found.attempt, limits, now), minutes)
