"""A survey's page as it was filled in, and what is still wanting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from app.content.activities import Survey
from app.errors import N_, Message
from app.questions.base import Fields
from app.questions.survey import Asked, SurveyEssay, SurveyLikert
from app.texts.markdown import plain

Answers = Mapping[str, Any]  # question id -> the response of its kind; only of questions that were answered

WANTED: Final = N_("Pertanyaan ini wajib diisi.")
STATEMENTS_WANTED: Final = N_("Nilai setiap pernyataan di sini.")
UNREADABLE: Final = N_("Jawaban ini tidak dapat dibaca. Pilih lagi.")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was given. `wanting` tells, by question id in the order of the page, why it cannot be handed in so."""

    answers: Answers
    wanting: Mapping[str, Message]

    @property
    def refused(self) -> bool:
        """Whether it cannot be handed in: something is wanting, or nothing at all was answered."""
        return bool(self.wanting) or not self.answers


def filled_in(survey: Survey, fields: Fields) -> Filled:
    """Fields -> answers. Those of a question are named `<its id>.<field of its kind>`."""
    answers: dict[str, Any] = {}
    wanting: dict[str, Message] = {}
    for question in survey.asked:
        response: Any = question.read(_own(fields, question.id), question.order(None))
        fault = _fault(question, response)
        if fault is not None:
            wanting[question.id] = fault
        if response is not None and fault is not UNREADABLE:
            answers[question.id] = response
    return Filled(answers, wanting)


def _fault(question: Asked, response: Any) -> Message | None:
    if response is None:
        return WANTED if question.required else None
    if isinstance(question, SurveyEssay):
        return None
    if question.chosen(response) is None:
        return UNREADABLE
    partly = isinstance(question, SurveyLikert) and None in response.answers
    return STATEMENTS_WANTED if question.required and partly else None


def _own(fields: Fields, question_id: str) -> Fields:
    prefix = f"{question_id}."
    return {name.removeprefix(prefix): given for name, given in fields.items() if name.startswith(prefix)}


class Line(NamedTuple):
    """One thing that is asked, with its answer. `statement` is empty where there is none, `answer` where none was."""

    key: tuple[str, str]  # question id and the statement's key: the same over revisions
    question: str
    statement: str
    answer: str


def answer_lines(survey: Survey, answers: Answers, language: str) -> list[Line]:
    """Everything a survey asks with what somebody answered, in plain text and in the order of the survey."""
    lines = []
    for question in survey.asked:
        asked, response = plain(question.text.in_(language)), answers.get(question.id)
        if isinstance(question, SurveyEssay):
            lines.append(Line((question.id, ""), asked, "", response.text if response else ""))
            continue
        chosen = (response and question.chosen(response)) or [()] * len(question.rows)
        for row, columns in zip(question.rows, chosen, strict=True):
            told = "; ".join(plain(question.columns[index].text.in_(language)) for index in columns)
            lines.append(Line((question.id, row.key), asked, plain(row.text.in_(language)), told))
    return lines
