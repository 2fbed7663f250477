"""Answers added up, question by question, over all revisions of a survey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from app.content.activities import Survey
from app.questions.essay import EssayResponse
from app.questions.survey import Asked, Part, SurveyEssay
from app.surveys.rules.answers import Answers
from app.texts.local import LocalText


class Row(NamedTuple):
    """What was said to one statement, or to a question without statements."""

    part: Part
    people: int  # who said something to it
    counts: tuple[int, ...]  # by column, how many of them


class Words(NamedTuple):
    """An open answer. `name` is empty in an anonymous survey."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one question, as long as it was asked with the same labels or options.

    Texts are those of the newest answer's revision. A closed question has columns and rows, an open one words.
    """

    question: str
    kind: str
    text: LocalText
    columns: tuple[Part, ...] = ()
    rows: tuple[Row, ...] = ()
    words: tuple[Words, ...] = ()

    @property
    def form(self) -> tuple[str, ...]:
        """What must be the same for answers to be added: the question, its kind and what it let one choose from."""
        return (self.question, self.kind, *(column.key for column in self.columns))


Tallies = tuple[Tally, ...]
_JSON: Final = TypeAdapter(Tallies)


def with_answers(
    tallies: Tallies, survey: Survey, answers: Answers, *, chance: Random | None = None, name: str = ""
) -> Tallies:
    """The same with one person's answers added.

    `chance`: each open answer comes to a place by chance among those before it, and nothing in the result tells which
    answers came last; None keeps them in order.
    """
    found = {tally.form: tally for tally in tallies}
    for question in survey.asked:
        response = answers.get(question.id)
        if response is None:
            continue
        asked = blank(question)
        before = found.get(asked.form, asked)
        if isinstance(response, EssayResponse):
            words = list(before.words)
            words.insert(len(words) if chance is None else chance.randint(0, len(words)), Words(response.text, name))
            found[asked.form] = replace(asked, words=tuple(words))
        elif not isinstance(question, SurveyEssay):
            found[asked.form] = replace(asked, rows=_added(before.rows, asked.rows, question.chosen(response) or ()))
    return tuple(found[form] for form in sorted(found))


def blank(question: Asked) -> Tally:
    """A question to which nobody has answered."""
    if isinstance(question, SurveyEssay):
        return Tally(question.id, question.type, question.text)
    rows = tuple(Row(part, 0, (0,) * len(question.columns)) for part in question.rows)
    return Tally(question.id, question.type, question.text, question.columns, rows)


def as_json(tallies: Tallies) -> list[Any]:
    """How tallies are stored."""
    stored: list[Any] = _JSON.dump_python(tallies, mode="json")
    return stored


def of_json(stored: Sequence[Any]) -> Tallies:
    """Stored tallies as they were."""
    return _JSON.validate_python(stored)


def _added(before: Sequence[Row], asked: Sequence[Row], chosen: Sequence[Sequence[int]]) -> tuple[Row, ...]:
    """The rows as they are asked now, with the newest answer; statements that are asked no more stand last."""
    found = {row.part.key: row for row in before}
    rows = []
    for row, columns in zip(asked, chosen, strict=True):
        people, counts = found[row.part.key][1:] if row.part.key in found else row[1:]
        added = tuple(count + (index in columns) for index, count in enumerate(counts))
        rows.append(Row(row.part, people + bool(columns), added))
    now = {row.part.key for row in asked}
    return (*rows, *(row for key, row in found.items() if key not in now))
