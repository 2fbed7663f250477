"""The pages of scores as rows of a sheet, in the reader's language, and what was looked for in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TypeAlias, cast

from flask import current_app

from app.competencies.queries.lists import LearnerFact, Listed
from app.competencies.rules import State
from app.content.course import Competency
from app.errors import N_, Message
from app.people.queries.places import DistrictFact
from app.people.rules.organisations import KIND_LABELS
from app.reports.forms.competencies import Asked
from app.reports.heat import HeatCell, HeatRow
from app.reports.queries.help import InNeed
from app.reports.rules.columns import Column
from app.reports.state_words import MEANS, STATES, state_words, warning
from app.settings import Settings
from app.web.languages import gettext, language, tell
from app.web.sheets import Cell as SheetCell
from app.web.sheets import Row
from app.web.templating import filtered

Cohorts: TypeAlias = Sequence[tuple[int, str]]
Competencies: TypeAlias = Sequence[Competency]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to take along: the lines above it, the last of them its head, and its rows."""

    title: str
    above: Sequence[Row]
    rows: Iterable[Row]

    @classmethod
    def of(cls, title: str, told: Iterable[Message], table: tuple[Row, Iterable[Row]], now: datetime) -> Sheet:
        """With the office, the moment and what was looked for (`told`) above the head and rows of the table."""
        settings = cast("Settings", current_app.extensions["settings"])
        above: list[Row] = [[title, settings.office]]
        if settings.demo:
            above.append([gettext("CONTOH"), gettext("Ini peragaan. Semua nama dan hasil di sini dibuat-buat.")])
        filters = "; ".join(tell(message) for message in told)
        above += [
            [gettext("Data per"), filtered("moment", now)],
            *([[gettext("Filter"), filters]] if filters else []),
            [gettext("Ini hasil belajar, bukan sertifikat kompetensi dari LSP/BNSP.")],
            [],
            table[0],
        ]
        return cls(title, above, table[1])


def filter_words(asked: Asked, districts: Sequence[DistrictFact], cohorts: Cohorts) -> Iterator[Message]:
    """What tells groups apart, in words: a printed page shows no form. Nothing where nothing does."""
    wanted = asked.wanted
    if wanted.organisation:
        yield N_("asal lembaga berisi “%(text)s”", text=wanted.organisation)
    if wanted.organisation_id == 0:
        yield N_("tanpa lembaga")
    elif wanted.organisation_id is not None:
        yield N_("satu lembaga")
    if wanted.district_id is not None:
        names = {district.id: district.name for district in districts}
        yield N_("kecamatan %(name)s", name=names.get(wanted.district_id, "?"))
    if wanted.kind is not None:
        yield N_("jenis %(name)s", name=KIND_LABELS[wanted.kind])
    if wanted.cohort_id is not None:
        yield N_("angkatan %(name)s", name=dict(cohorts).get(wanted.cohort_id, "?"))


def person_filter_words(asked: Asked, competencies: Competencies) -> Iterator[Message]:
    """What else tells people apart."""
    wanted = asked.wanted
    if wanted.text:
        yield N_("nama berisi “%(text)s”", text=wanted.text)
    if wanted.never_signed_in:
        yield N_("belum pernah masuk")
    for each in competencies:
        if each.id == wanted.competency:
            yield N_("kompetensi %(name)s", name=each.title.in_(language()))
    if wanted.state is not None:
        yield STATES[wanted.state]


def group_table(rows: Iterable[HeatRow], columns: Sequence[Column]) -> tuple[Row, Iterator[Row]]:
    """Head and rows: a row for each group in each column; people by state where the columns are competencies."""
    areas = any(column.is_area for column in columns)
    head = [gettext("Kelompok"), gettext("Kecamatan"), gettext("Bidang") if areas else gettext("Kompetensi")]
    head += [gettext("Rata-rata"), gettext("Batas bawah 90%"), gettext("Batas atas 90%"), gettext("Keadaan")]
    head += [*_people_head(areas), gettext("Cara membaca")]
    lines = (
        [row.name, row.group.district or "", cell.column.title.in_(language()), *_of_cell(cell, areas)]
        for row in rows
        for cell in row.cells
    )
    return head, lines


def _people_head(areas: bool) -> list[str]:
    if not areas:
        return [gettext("Orang"), *(tell(label) for label in STATES.values())]
    told = [gettext("Orang, paling sedikit"), gettext("Orang, paling banyak")]
    return [*told, gettext("Kompetensi yang ada skornya"), gettext("dari")]


def people_table(learners: Iterable[LearnerFact], competencies: Competencies) -> tuple[Row, Iterator[Row]]:
    """Head and rows: a row for each person, four columns for each competency."""
    settings = cast("Settings", current_app.extensions["settings"])
    head = [gettext("Nama"), gettext("Asal lembaga"), gettext("Jenis lembaga"), gettext("Kecamatan")]
    head.append(gettext("Terakhir masuk"))
    for each in competencies:
        name = each.title.in_(language())
        head += [
            name,
            tell(N_("%(name)s: perkiraan (keyakinan 90%%)", name=name)),
            tell(N_("%(name)s: jumlah jawaban", name=name)),
            tell(N_("%(name)s: keadaan", name=name)),
        ]
    said = cache(lambda state, more: tell(state_words(state, more)))  # the same few words on every row
    kinds = {kind: tell(label) for kind, label in KIND_LABELS.items()}

    def row(learner: LearnerFact) -> Row:
        cells: list[SheetCell] = [
            learner.name,
            learner.organisation or "",
            kinds[learner.kind] if learner.kind else "",
            learner.district or "",
            _day(learner.last_signed_in_at, settings),
        ]
        for each in competencies:
            cells += _of_score(learner.scores.get(each.id), said)
        return cells

    return head, map(row, learners)


def help_table(people: Iterable[InNeed], reasons: Callable[[InNeed], Sequence[Message]]) -> tuple[Row, Iterator[Row]]:
    """Head and rows: a row for each person, with the reasons that the page tells."""
    settings = cast("Settings", current_app.extensions["settings"])
    head = [gettext("Nama"), gettext("Asal lembaga"), gettext("Kecamatan"), gettext("Terakhir aktif")]
    head.append(gettext("Perlu dibantu"))
    rows = (
        [
            each.name,
            each.organisation or "",
            each.district or "",
            _day(each.seen_at, settings),
            "; ".join(tell(message) for message in reasons(each)),
        ]
        for each in people
    )
    return head, rows


def _of_cell(cell: HeatCell, areas: bool) -> Row:
    it, asked = cell.figure, len(cell.column.competencies)
    numbers = [round(it.score), round(it.low), round(it.high)] if it else [None] * 3
    if areas:
        people = [it.fewest, it.most, it.told, asked] if it else [0, 0, 0, asked]
    else:
        people = [it.fewest if it else 0, *(cell.states.get(state, 0) for state in STATES)]
    read = warning(it.fewest) if it else None
    state = tell(MEANS[cell.state]) if cell.answered else gettext("Belum ada jawaban")
    return [*numbers, state, *people, tell(read) if read else ""]


def _of_score(score: Listed | None, said: Callable[[State, int | None], str]) -> Row:
    if score is None:
        return (None, "", 0, said(State.TOO_FEW, None))
    words = said(score.state, score.more)
    if not score.enough:
        return (None, "", score.questions, words)
    return (round(score.score), f"{score.low:.0f}–{score.high:.0f}", score.questions, words)


def _day(moment: datetime | None, settings: Settings) -> str:
    return f"{moment.astimezone(settings.time_zone):%Y-%m-%d}" if moment else gettext("Belum pernah masuk")
