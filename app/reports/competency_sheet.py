"""The competency table as rows of a sheet, in the reader's language, and what was looked for in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias, cast

from flask import current_app

from app.competencies.queries.learners import LearnerFact, LearnerFilter
from app.content.course import Framework
from app.errors import N_, Message
from app.people.queries.places import DistrictFact
from app.people.rules.organisations import KIND_LABELS
from app.settings import Settings
from app.web.languages import gettext, language, tell
from app.web.sheets import Cell, Row
from app.web.templating import filtered

Cohorts: TypeAlias = Sequence[tuple[int, str]]


def filter_words(wanted: LearnerFilter, districts: Sequence[DistrictFact], cohorts: Cohorts) -> Iterator[Message]:
    """What narrows the list, in words: a printed page shows no form. Nothing where nothing does."""
    if wanted.text:
        yield N_("nama berisi “%(text)s”", text=wanted.text)
    if wanted.organisation:
        yield N_("asal lembaga berisi “%(text)s”", text=wanted.organisation)
    if wanted.district_id is not None:
        names = {district.id: district.name for district in districts}
        yield N_("kecamatan %(name)s", name=names.get(wanted.district_id, "?"))
    if wanted.kind is not None:
        yield N_("jenis %(name)s", name=KIND_LABELS[wanted.kind])
    if wanted.cohort_id is not None:
        yield N_("angkatan %(name)s", name=dict(cohorts).get(wanted.cohort_id, "?"))
    if wanted.never_signed_in:
        yield N_("belum pernah masuk")


def sheet_rows(
    learners: Iterable[LearnerFact], framework: Framework, told: Iterable[Message], now: datetime
) -> tuple[list[Row], Iterator[Row]]:
    """The lines above the table, its head being the last of them, and then one row per learner."""
    settings = cast("Settings", current_app.extensions["settings"])
    above: list[Row] = [[gettext("Skor kompetensi"), settings.office]]
    if settings.demo:
        above.append([gettext("CONTOH"), gettext("Ini peragaan. Semua nama dan hasil di sini dibuat-buat.")])
    filters = "; ".join(tell(message) for message in told)
    moment = filtered("moment", now)
    above += [
        [gettext("Data per"), moment],
        *([[gettext("Filter"), filters]] if filters else []),
        [gettext("Ini hasil belajar, bukan sertifikat kompetensi dari LSP/BNSP.")],
        [],
        _head(framework),
    ]
    return above, (_row(learner, framework, settings) for learner in learners)


def _head(framework: Framework) -> Row:
    head = [gettext("Nama"), gettext("Asal lembaga"), gettext("Jenis lembaga"), gettext("Kecamatan")]
    head.append(gettext("Terakhir masuk"))
    for competency in framework.competencies.values():
        name = competency.title.in_(language())
        head += [name, tell(N_("%(name)s: jumlah soal", name=name))]
    return head


def _row(learner: LearnerFact, framework: Framework, settings: Settings) -> Row:
    seen = learner.last_signed_in_at
    cells: list[Cell] = [
        learner.name,
        learner.organisation or "",
        tell(KIND_LABELS[learner.kind]) if learner.kind else "",
        learner.district or "",
        f"{seen.astimezone(settings.time_zone):%Y-%m-%d}" if seen else gettext("Belum pernah masuk"),
    ]
    for competency in framework.competencies:
        score = learner.scores.get(competency)
        shown = round(score.score) if score and score.enough else gettext("Data belum cukup")
        cells += [shown, score.questions if score else 0]
    return cells
