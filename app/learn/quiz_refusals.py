"""What a learner sees when an answer cannot be kept: both answers to choose from, or what counts instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import request, url_for

from app.errors import N_, Message, Refusal
from app.learn.quiz_modes import CERTAINTY_WORDS
from app.learn.quiz_parts import part
from app.questions.base import Question
from app.questions.file import File
from app.quizzes.operations import new_page_token
from app.quizzes.queries import Sheet
from app.quizzes.rules.answering import AlreadyChecked, AttemptOver, NewerAnswer, StoredResponse
from app.quizzes.rules.certainty import Certainty
from app.quizzes.rules.navigation import OutOfTurn
from app.web.frame import show_page
from app.web.languages import language, tell
from app.web.tokens import FIELD

_OF_THE_PAGE = frozenset({FIELD, "page", "seen", "go", "unsent"})  # fields that are no part of the answer

HEADINGS: Final[Mapping[type[Refusal], Message]] = {
    AttemptOver: N_("Sudah dikumpulkan"),
    AlreadyChecked: N_("Sudah diperiksa"),
    OutOfTurn: N_("Dikerjakan berurutan"),
}


def choice_page(sheet: Sheet, refusal: NewerAnswer) -> str:
    """Both answers, each with its button. A script gets words that lead here."""
    sentence = tell(refusal.message)
    if "HX-Request" in request.headers:
        return part("learn/quiz_unsaved.html", sentence=sentence)
    question = sheet.question(refusal.slot)
    return show_page(
        "learn/quiz_choice.html",
        sheet=sheet,
        slot=refusal.slot,
        sentence=sentence,
        question=question,
        saved=answer_words(question, refusal.newest.response, refusal.newest.certainty),
        saved_at=refusal.newest.saved_at,
        given=answer_words(question, refusal.given.response, refusal.given.certainty),
        fields=_fields(question, refusal.given.response),
        go=request.form.get("go", ""),
        page_token=new_page_token(),
        seen=refusal.newest.seq,
    )


def over_page(refusal: AttemptOver | AlreadyChecked | OutOfTurn) -> str:
    """Why the answer came too late, and the way to what counts."""
    url = url_for("learn.attempt", attempt_id=refusal.attempt_id)  # leads on to the result once handed in
    if isinstance(refusal, AlreadyChecked):
        url = url_for("learn.attempt", attempt_id=refusal.attempt_id, slot=refusal.slot)
    sentence = tell(refusal.message)
    if "HX-Request" in request.headers:
        return part("learn/quiz_unsaved.html", sentence=sentence, url=url)
    return show_page(
        "learn/quiz_over.html",
        sentence=sentence,
        url=url,
        heading=HEADINGS[type(refusal)],
        handed_in=isinstance(refusal, AttemptOver),
    )


def _fields(question: Question, given: StoredResponse | None) -> list[tuple[str, str]]:
    """The answer that was sent, for another form. Files that came with it are uploads by now."""
    if isinstance(question, File):
        response = question.response_of(given)
        return [("file", each.model_dump_json()) for each in (response.files if response else ())]
    return [(name, value) for name, value in request.form.items(multi=True) if name not in _OF_THE_PAGE]


def answer_words(question: Question, stored: StoredResponse | None, certainty: Certainty | None) -> str | None:
    """An answer in words, with how sure the learner was of it; None where there is none."""
    response = question.response_of(stored)
    if response is None:
        return None
    words = question.response_summary(response, language())
    return words if certainty is None else f"{words} · {tell(CERTAINTY_WORDS[certainty])}"
