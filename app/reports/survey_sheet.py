"""What was answered to a survey as rows of a sheet, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import current_app

from app.questions.survey import Part
from app.surveys.queries import Given, NamedSurvey
from app.surveys.rules.answers import answer_lines
from app.surveys.rules.figures import Results, tells
from app.surveys.rules.tallies import Tally
from app.texts.local import LocalText
from app.texts.markdown import plain
from app.web.languages import gettext, language
from app.web.sheets import Row


def named_rows(survey: NamedSurvey, given: Sequence[Given]) -> Iterator[Row]:
    """A row for each person, a column for each question or statement that any of them was asked."""
    zone = current_app.extensions["settings"].time_zone
    told = [answer_lines(each.survey, each.answers, language()) for each in given]
    now = [answer_lines(survey.served, {}, language())] if survey.served else []
    heads = {line.key: line for lines in [*now, *told] for line in lines}
    names = [f"{line.question}: {line.statement}" if line.statement else line.question for line in heads.values()]
    yield [gettext("Nama"), gettext("Dikirim"), *names]
    for each, lines in zip(given, told, strict=True):
        cells = {line.key: line.answer for line in lines}
        moment = each.handed_in_at.astimezone(zone) if each.handed_in_at else None
        yield [each.name, f"{moment:%Y-%m-%d %H:%M}" if moment else "", *(cells.get(key, "") for key in heads)]


def summed_rows(results: Results) -> Iterator[Row]:
    """A row for each label or option of each question, with how many chose it; and one for each open answer."""
    yield [gettext("Pertanyaan"), gettext("Pernyataan"), gettext("Jawaban"), gettext("Jumlah")]
    for tally in results.tallies:
        for words in tally.words:
            yield [_line(tally.text), "", words.text, 1]
        for row in tally.rows:
            yield from _counted(tally, row.part, row.counts) if tells(row) else ()


def _counted(tally: Tally, statement: Part, counts: Sequence[int]) -> Iterator[Row]:
    for column, count in zip(tally.columns, counts, strict=True):
        yield [_line(tally.text), _line(statement.text), _line(column.text), count]


def _line(text: LocalText) -> str:
    return plain(text.in_(language()))
