"""The questions of an analysed quiz as rows of a sheet, in the reader's language: the same figures as on the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import cast

from flask import current_app

from app.marking.rules.item_choice import CHOICE_WORDS
from app.marking.rules.item_quality import hardness, power
from app.marking.rules.item_words import FLAG_WORDS, HARDNESS_WORDS, POWER_WORDS
from app.psychometrics.intervals import INDICATIVE
from app.settings import Settings
from app.teaching.analysis_pages import QuizAnalysis, label
from app.teaching.item_rows import ItemRow
from app.web.languages import gettext, language, tell
from app.web.sheets import Cell, Row
from app.web.templating import filtered


def sheet_rows(found: QuizAnalysis, now: datetime) -> tuple[list[Row], Iterator[Row]]:
    """The lines above the table, its head being the last of them, and then a row for each question."""
    settings = cast("Settings", current_app.extensions["settings"])
    marks = found.found.marks
    versions = ", ".join(str(each.fact.number) for each in found.chosen)
    above: list[Row] = [
        [gettext("Analisis butir soal"), settings.office],
        [gettext("Kuis"), found.quiz.quiz.in_(language())],
        [gettext("Data per"), filtered("moment", now)],
        [gettext("Percobaan yang dipakai"), tell(CHOICE_WORDS[found.form.choice])],
        [gettext("Versi"), versions],
        [gettext("Orang"), marks.people],
        [gettext("Percobaan"), len(marks.attempts)],
    ]
    if settings.demo:
        above.insert(1, [gettext("CONTOH"), gettext("Ini peragaan. Semua nama dan hasil di sini dibuat-buat.")])
    if marks.people < INDICATIVE:
        above.append([gettext("Kurang dari 30 orang: masih indikatif")])
    return [*above, [], _head()], (_row(each) for each in found.rows)


def _head() -> Row:
    return [
        gettext("Nomor"),
        gettext("Soal"),
        gettext("Percobaan"),
        gettext("Tingkat kesukaran (p)"),
        gettext("p paling rendah (90%)"),
        gettext("p paling tinggi (90%)"),
        gettext("Golongan"),
        gettext("Daya beda"),
        gettext("Daya beda paling rendah (90%)"),
        gettext("Daya beda paling tinggi (90%)"),
        gettext("Golongan daya beda"),
        gettext("Efisiensi daya beda (%)"),
        gettext("Simpangan baku (% poin soal)"),
        gettext("Bobot yang dimaksud (%)"),
        gettext("Bobot nyata (%)"),
        gettext("Nilai kalau menebak (%)"),
        gettext("Perlu diperiksa"),
    ]


def _row(row: ItemRow) -> Row:
    figures = row.figures
    share, range_ = figures.facility, row.facility
    told, spread = row.discrimination, row.power
    cells: list[Cell] = [
        row.number,
        label(row.question),
        figures.n,
        _rounded(share, 2),
        _rounded(range_.low, 2) if range_ else None,
        _rounded(range_.high, 2) if range_ else None,
        "" if share is None else tell(HARDNESS_WORDS[hardness(share)]),
        _rounded(told, 2),
        _rounded(spread.low, 2) if spread else None,
        _rounded(spread.high, 2) if spread else None,
        "" if told is None else tell(POWER_WORDS[power(told)]),
        _rounded(figures.discriminative_efficiency, 0),
        _rounded(row.sd_percent, 0),
        _rounded(figures.intended_weight, 1),
        _rounded(figures.effective_weight, 1),
        _rounded(None if row.guess is None else 100 * row.guess, 0),
        "; ".join(tell(FLAG_WORDS[each.flag]) for each in row.concerns),
    ]
    return cells


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
