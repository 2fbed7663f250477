"""The gradebook's cells and totals in words, the same on the page and in a file; and the page of one grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from flask import current_app

from app.content.activities import Quiz, TestForm
from app.content.course import Course
from app.errors import NotFound
from app.gradebook.queries.grades import GradeRow, cell_of, changes_of_cell
from app.gradebook.queries.people import CoursePerson, get_course_person
from app.gradebook.rules.changes import ChangedMeanwhile, GradeRefused
from app.gradebook.rules.grades import Cell, GradedActivity, Total, Weighting, graded_activities
from app.people.permissions import Scope
from app.progress.rules import is_pretest
from app.settings import Settings
from app.teaching.grade_forms import GradeForm
from app.web.frame import show_page
from app.web.languages import gettext, language, ngettext, number, tell
from app.web.sheets import Cell as SheetCell
from app.web.sheets import Row
from app.web.templating import filtered


@dataclass(frozen=True, slots=True)
class Told:
    """A cell or a total in words: `percent` 0.0 .. 100.0 where it is a number, `text` as it is read, and notes."""

    percent: float | None
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One person's line in words, cells by activity id. `changed`: which of them a trainer changed; `remarked`: and
    which are of one of two forms of a test, so that a file tells of them too.
    """

    person: CoursePerson
    cells: Mapping[str, Told]
    total: Told
    changed: frozenset[str]
    remarked: frozenset[str]


def told_row(row: GradeRow, graded: Sequence[GradedActivity], weighting: Weighting) -> ToldRow:
    """A line in words."""
    cells = {each.id: told_cell(row.cells[each.id], each, weighting) for each in graded}
    changed = frozenset(each for each in cells if row.cells[each].changed)
    formed = frozenset(each for each in cells if row.cells[each].form)
    return ToldRow(row.person, cells, told_total(row.total), changed, changed | formed)


def told_cell(cell: Cell, activity: GradedActivity, weighting: Weighting) -> Told:
    """One grade, and which of two forms of a test it is of."""
    told = _told_grade(cell, activity, weighting)
    return replace(told, notes=(*told.notes, form_words(cell.form))) if cell.form else told


def form_words(form: TestForm) -> str:
    """Which of two forms of a test."""
    return gettext("bentuk %(form)s") % {"form": form}


def _told_grade(cell: Cell, activity: GradedActivity, weighting: Weighting) -> Told:
    """Who marks a blind quiz is not told whose answers wait."""
    if cell.excluded:
        notes = (told_earned(cell),) if cell.earned.fraction is not None else ()
        return Told(None, gettext("tidak dihitung"), notes)
    if cell.overridden:
        return Told(*_percent(cell.fraction), (gettext("diganti"), told_earned(cell)))
    if cell.fraction is not None:
        return Told(*_percent(cell.fraction), (_verdict(cell, activity),))
    if cell.earned.waiting and not (isinstance(activity, Quiz) and activity.settings.blind):
        return Told(None, gettext("menunggu dinilai"))
    as_zero = cell.missing and weighting.missing_as_zero and weighting.weight(activity.id)
    return Told(None, gettext("belum ada nilai"), (gettext("dihitung 0"),) if as_zero else ())


def _verdict(cell: Cell, activity: GradedActivity) -> str:
    """A test before the course is taken, neither passed nor failed."""
    if is_pretest(activity):
        return gettext("sudah dikerjakan")
    return gettext("lulus") if cell.earned.passed else gettext("belum lulus")


def told_earned(cell: Cell) -> str:
    """What the activity itself gave."""
    if cell.earned.fraction is None:
        return gettext("hitungan: belum ada")
    return gettext("hitungan %(grade)s") % {"grade": number(cell.earned.fraction * 100, 1)}


def told_total(found: Total) -> Told:
    """A total, and what it does not rest on."""
    without = found.missing + found.waiting
    notes = [ngettext("%(count)s dinilai", "%(count)s dinilai", found.graded) % {"count": found.graded}]
    if without:
        notes.append(ngettext("%(count)s belum ada nilai", "%(count)s belum ada nilai", without) % {"count": without})
    if found.excluded:
        left_out = found.excluded
        notes.append(ngettext("%(count)s tidak dihitung", "%(count)s tidak dihitung", left_out) % {"count": left_out})
    return Told(*(_percent(found.fraction) if found.fraction is not None else (None, "–")), tuple(notes))


def sheet_rows(
    rows: Iterator[GradeRow], course: Course, weighting: Weighting, now: datetime
) -> tuple[list[Row], Iterator[Row]]:
    """The lines above the table, its head being the last of them, and then one row per person."""
    settings, graded = cast("Settings", current_app.extensions["settings"]), graded_activities(course)
    above: list[Row] = [[gettext("Buku nilai"), course.title.in_(language())]]
    if settings.demo:
        above.append([gettext("CONTOH"), gettext("Ini peragaan. Semua nama dan hasil di sini dibuat-buat.")])
    weights: list[SheetCell] = [gettext("Bobot"), "", *(weighting.weight(each.id) for each in graded)]
    above += [
        [gettext("Data per"), filtered("moment", now)],
        [missing_words(weighting)],
        [gettext("Ini hasil belajar, bukan sertifikat kompetensi dari LSP/BNSP.")],
        [],
        weights,
        _head(graded),
    ]
    return above, (_sheet_row(told_row(row, graded, weighting), graded) for row in rows)


def missing_words(weighting: Weighting) -> str:
    """What becomes of what is missing."""
    if weighting.missing_as_zero:
        return gettext("Kegiatan yang belum ada nilainya dihitung 0.")
    return gettext("Kegiatan yang belum ada nilainya tidak ikut dihitung.")


def get_graded(course: Course, activity_id: str) -> GradedActivity:
    """A column of the gradebook. Raises NotFound."""
    found = next((each for each in graded_activities(course) if each.id == activity_id), None)
    if found is None:
        raise NotFound
    return found


def grade_page(
    scope: Scope, course: Course, place: tuple[int, str], form: GradeForm | None = None, why: GradeRefused | None = None
) -> str:
    """One person's grade at one activity (`place`: their ids): what was earned and decided, and the form for more.

    A form that is shown again knows what it knew, unless it was refused for what somebody else did meanwhile. Raises
    NotFound.
    """
    person, activity = get_course_person(course, place[0], within=scope), get_graded(course, place[1])
    cell, changes = cell_of(person.id, course, activity), changes_of_cell(person.id, course.slug, activity.id)
    now = changes[-1].seq if changes else 0
    fresh = form is None or isinstance(why, ChangedMeanwhile)
    return show_page(
        "teaching/grade.html",
        course=course,
        person=person,
        activity=activity,
        quiz_id=_quiz_of(cell, course, activity),
        cell=cell,
        told=told_cell(cell, activity, Weighting()),
        earned=told_earned(cell),
        changes=changes,
        form=form or GradeForm(),
        seen=now if fresh or form is None else form.seen.data or 0,
        faults={why.field: tell(why.message)} if why else {},
        own=person.id == scope.person_id,
    )


def _quiz_of(cell: Cell, course: Course, activity: GradedActivity) -> str | None:
    """The quiz whose attempts are this person's: of a test in two forms theirs; None of a task."""
    if not isinstance(activity, Quiz):
        return None
    return next((each.id for each in course.all_forms(activity) if each.settings.form == cell.form), activity.id)


def _percent(fraction: float | None) -> tuple[float, str]:
    percent = round((fraction or 0.0) * 100, 1)
    return percent, number(percent, 1)


def _head(graded: Sequence[GradedActivity]) -> Row:
    titles = [each.title.in_(language()) for each in graded]
    return [gettext("Nama"), gettext("Asal lembaga"), *titles, gettext("Nilai akhir"), gettext("Keterangan")]


def _sheet_row(row: ToldRow, graded: Sequence[GradedActivity]) -> Row:
    cells: list[SheetCell] = [_value(row.cells[each.id]) for each in graded]
    notes = [
        f"{each.title.in_(language())}: {', '.join(row.cells[each.id].notes)}"
        for each in graded
        if each.id in row.remarked
    ]
    return [
        row.person.name,
        row.person.organisation,
        *cells,
        _value(row.total),
        "; ".join([", ".join(row.total.notes), *notes]),
    ]


def _value(told: Told) -> SheetCell:
    return told.text if told.percent is None else told.percent
