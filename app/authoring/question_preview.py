"""A question as learners have it, rendered by its own template, to be answered and marked on the spot."""

from __future__ import annotations

from typing import Any

from flask import request
from markupsafe import Markup

from app.authoring.rules.question_forms.names import ROOT
from app.authoring.rules.question_homes import Home
from app.content.review import ALL
from app.questions.base import Grade, Question
from app.questions.registry import template_of
from app.questions.survey import WORDS_LIMIT
from app.quizzes.rules.review import WHILE_ANSWERING
from app.web.languages import language
from app.web.templating import render


def preview_part(home: Home, question: Question | None, do: str) -> Markup:
    """The preview of a question, None while it cannot be asked; after `do` "try" with what the answer is worth."""
    if question is None:
        return Markup(render("authoring/_question_preview.html", question=None))  # noqa: S704 (a rendered template)
    order = question.order(None)
    answered = request.method == "POST" and do != "again"
    response = question.read(_answer_fields(), order) if answered else None
    marked = question.asks and home.kind != "survey"
    tried = marked and do == "try"
    part = render(
        "authoring/_question_preview.html",
        question=question,
        template="questions/survey.html" if home.kind == "survey" else template_of(question),
        order=order,
        response=response,
        state="locked" if tried else "open",
        reveal=ALL if tried else WHILE_ANSWERING,
        grade=_grade(question, response) if tried else None,
        tries=marked,
        language=language(),
        words_limit=WORDS_LIMIT,
        prefix="",
    )
    return Markup(part)  # noqa: S704 (a rendered template)


def _grade(question: Question, response: Any) -> Grade:
    return question.unanswered if response is None else question.grade(response)


def _answer_fields() -> dict[str, list[str]]:
    """What was answered in the preview: every field that is not the editor's own."""
    return {name: request.form.getlist(name) for name in request.form if not name.startswith(f"{ROOT}.")}
