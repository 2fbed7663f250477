"""Who took a quiz, and one attempt step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import request

from app import clock
from app.errors import NotFound
from app.marking.queries.attempts import TakenAttempt, attempts_of_quiz, steps_of
from app.marking.queries.history import histories_of
from app.marking.queries.overrides import cohorts_with
from app.marking.queries.reach import get_reached
from app.marking.queries.regrades import notices_of
from app.marking.rules.by_hand import known_to
from app.people.permissions import Action, Scope
from app.quizzes.events import events_of
from app.quizzes.overrides import limits_of_all
from app.quizzes.queries import marks_of
from app.quizzes.rules.starting import OPEN
from app.quizzes.rules.timing import as_of
from app.teaching.attempt_steps import slot_rows, state_words, step_rows
from app.teaching.attempts_form import GROUPS, AttemptsForm
from app.teaching.blueprint import teaching
from app.teaching.marking_pages import is_hidden
from app.teaching.queries import NamedQuiz, get_quiz, reaches
from app.web.frame import show_page
from app.web.guard import may, needs


def _as_of_now(taken: Sequence[TakenAttempt], quiz: NamedQuiz) -> list[TakenAttempt]:
    """The attempts as they are by now, whatever is stored yet."""
    if quiz.served is None or not any(each.attempt.state in OPEN for each in taken):
        return list(taken)
    limits, now = limits_of_all((each.person_id for each in taken), quiz.course_slug, quiz.served), clock.now()
    return [replace(each, attempt=as_of(each.attempt, limits[each.person_id], now)) for each in taken]


@teaching.get("/teaching/courses/<slug>/attempts/<quiz_id>")
@needs(Action.SEE_ATTEMPTS)
def attempts(scope: Scope, slug: str, quiz_id: str) -> str:
    """Everybody's attempts at a quiz: who, state, time, mark; `?state=` and `?cohort=` show some of them."""
    quiz, form = get_quiz(slug, quiz_id, within=scope), AttemptsForm(request.args)
    found = attempts_of_quiz(slug, quiz_id, scope, form.wanted, request.args.get("page", 1, type=int))
    if quiz.served is None and not found.total and not form.asks:
        raise NotFound
    return show_page(
        "teaching/attempts.html",
        quiz=quiz,
        found=found,
        rows=_as_of_now(found.attempts, quiz),
        words=state_words,
        form=form,
        groups=GROUPS,
        cohorts=cohorts_with(slug, scope),
        whole=may(Action.REGRADE) and reaches(scope, slug),
    )


@teaching.get("/teaching/attempts/<int:attempt_id>")
@needs(Action.SEE_ATTEMPTS)
def attempt(scope: Scope, attempt_id: int) -> str:
    """One attempt: its questions with their marks, and everything that was done in it, in order."""
    reached = get_reached(attempt_id, within=scope)
    markers, decides = reached.sheet.quiz.settings.markers, may(Action.DECIDE_MARKS)
    known = {
        slot: known_to(scope.person_id, each, markers, decides=decides)
        for slot, each in histories_of(attempt_id).items()
    }
    return show_page(
        "teaching/attempt.html",
        sheet=reached.sheet,
        learner=None if is_hidden(reached) else reached.name,
        fact=as_of(reached.sheet.fact, reached.sheet.limits, clock.now()),
        words=state_words,
        slots=slot_rows(reached.sheet, marks_of(attempt_id)),
        steps=step_rows(reached.sheet, steps_of(attempt_id), known, events_of(attempt_id)),
        own=reached.sheet.person_id == scope.person_id,
        regrades=notices_of(attempt_id) if reached.sheet.regraded else (),
    )
