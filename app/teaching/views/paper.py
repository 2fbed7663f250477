"""A quiz to print, for places where the test is taken on paper."""

from __future__ import annotations

from secrets import choice

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.content.activities import Quiz
from app.errors import NotFound
from app.people.permissions import Action, Scope
from app.questions.registry import template_of
from app.quizzes.rules.review import WHILE_ANSWERING
from app.teaching.blueprint import teaching
from app.teaching.queries import get_activity
from app.teaching.rules.paper import FORMS, SEEDS, sheet
from app.web.frame import show_page
from app.web.guard import needs


@teaching.get("/teaching/courses/<slug>/paper/<quiz_id>")
@needs(Action.PREVIEW)
def paper(scope: Scope, slug: str, quiz_id: str) -> ResponseReturnValue:
    """The sheet that the address names, with `key` its key. Without a number: on to one drawn by chance."""
    found, quiz = get_activity(slug, quiz_id, within=scope)
    if not isinstance(quiz, Quiz):
        raise NotFound
    seed, form = request.args.get("seed", 0, type=int), request.args.get("form", FORMS[0])
    if seed not in SEEDS or form not in FORMS:
        return redirect(url_for("teaching.paper", slug=slug, quiz_id=quiz_id, seed=choice(SEEDS), form=FORMS[0]), 303)
    return show_page(
        "teaching/paper.html",
        course=found.course,
        quiz=quiz,
        sheet=sheet(found.course, quiz, seed, form),
        forms=FORMS,
        with_key="key" in request.args,
        template_of=template_of,
        nothing_told=WHILE_ANSWERING,
    )
