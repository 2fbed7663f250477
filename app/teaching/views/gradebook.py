"""The gradebook of a course: everybody's grades and totals, how they count, one grade changed by hand, and files."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from typing import cast

from flask import Response, current_app, flash, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.content.course import Course
from app.db import Part
from app.errors import NotFound
from app.gradebook.operations import WeightsWanted, change_grade, set_weights
from app.gradebook.queries.grades import BY_TOTAL, grade_rows, ids_by, weighting_of
from app.gradebook.queries.kept import ids_by_grade
from app.gradebook.queries.people import (
    cohort_choices,
    count_people,
    first_forms,
    get_course_person,
    organisation_choices,
    people_ids,
    people_slice,
)
from app.gradebook.rules.changes import GradeRefused, WeightsChangedMeanwhile, WeightsRefused, read_weights
from app.gradebook.rules.grades import graded_activities
from app.people.permissions import Action, Scope
from app.settings import Settings
from app.teaching.blueprint import teaching
from app.teaching.grade_forms import GradeForm, GradesAsked, WeightsForm
from app.teaching.grade_pages import get_graded, grade_page, missing_words, sheet_rows, told_row
from app.teaching.paging import Paged, paged, paged_from
from app.teaching.queries import get_course_taught, reaches
from app.web.forms import shown_again
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import gettext, tell
from app.web.sheets import CSV_TYPE, XLSX_TYPE, csv_parts, xlsx_bytes


@teaching.get("/teaching/courses/<slug>/gradebook")
@needs(Action.SEE_ATTEMPTS)
def gradebook(scope: Scope, slug: str) -> str:
    """Everybody in reach who learns the course, their grades and totals, as the address asks."""
    course, asked = get_course_taught(slug, within=scope), GradesAsked(request.args)
    weighting, graded = weighting_of(course), graded_activities(course)
    now = clock.now()
    page, ordered_at = _paged(course, asked, scope, now)
    return show_page(
        "teaching/gradebook.html",
        course=course,
        asked=asked,
        graded=graded,
        weighting=weighting,
        missing=missing_words(weighting),
        first_forms=first_forms(course, asked.wanted, scope) if course.forms else (),
        rows=[told_row(row, graded, weighting) for row in grade_rows(page.items, course, weighting)],
        paging=page,
        choices={"cohorts": cohort_choices(course), "organisations": organisation_choices(course, scope)},
        whole=reaches(scope, slug),
        now=now,
        ordered_at=ordered_at,
    )


@teaching.get("/teaching/courses/<slug>/gradebook.<any(csv, xlsx):ending>")
@needs(Action.SEE_ATTEMPTS)
def gradebook_file(scope: Scope, slug: str, ending: str) -> Response:
    """Everybody who is looked for, in the same order, as a file."""
    course, asked, moment = get_course_taught(slug, within=scope), GradesAsked(request.args), clock.now()
    settings, weighting = cast("Settings", current_app.extensions["settings"]), weighting_of(course)
    people = people_ids(course, asked.wanted, scope)
    ids = ids_by(people, course, weighting, asked.by, descending=asked.down.data)
    above, rows = sheet_rows(grade_rows(ids, course, weighting), course, weighting, moment)
    lines = chain(above, rows)
    if ending == "csv":
        answer = Response(stream_with_context(csv_parts(lines)), content_type=CSV_TYPE)
    else:
        answer = Response(xlsx_bytes(gettext("Buku nilai"), lines, head=len(above)), content_type=XLSX_TYPE)
    day = f"{moment.astimezone(settings.time_zone):%Y-%m-%d}"
    name = f"{'contoh-' if settings.demo else ''}buku-nilai-{slug}-{day}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@teaching.get("/teaching/courses/<slug>/gradebook/weights")
@needs(Action.MARK)
def grade_weights(scope: Scope, slug: str) -> str:
    """What each activity weighs, and what becomes of what is missing."""
    course = _whole_course(scope, slug)
    return _weights_page(course, WeightsForm.of(weighting_of(course), graded_activities(course)))


@teaching.post("/teaching/courses/<slug>/gradebook/weights")
@needs(Action.MARK)
def keep_grade_weights(scope: Scope, slug: str) -> ResponseReturnValue:
    """Keep it."""
    course = _whole_course(scope, slug)
    form = WeightsForm.sent(request.form, graded_activities(course))
    with shown_again(WeightsRefused, lambda refusal: _weights_page(course, form, refusal)):
        wanted = WeightsWanted(read_weights(form.typed), form.missing_as_zero, form.seen, scope.person_id)
        set_weights(course, wanted, now=clock.now())
    flash(gettext("Bobot sudah disimpan."))
    return redirect(url_for("teaching.gradebook", slug=slug), 303)


@teaching.get("/teaching/courses/<slug>/gradebook/<int:person_id>/<activity_id>")
@needs(Action.MARK)
def grade(scope: Scope, slug: str, person_id: int, activity_id: str) -> str:
    """One person's grade at one activity: what was earned, what was decided, and the form."""
    return grade_page(scope, get_course_taught(slug, within=scope), (person_id, activity_id))


@teaching.post("/teaching/courses/<slug>/gradebook/<int:person_id>/<activity_id>")
@needs(Action.MARK)
def keep_grade(scope: Scope, slug: str, person_id: int, activity_id: str) -> ResponseReturnValue:
    """Replace it, leave it out, or let what was earned count again."""
    course, form, place = get_course_taught(slug, within=scope), GradeForm(request.form), (person_id, activity_id)
    get_graded(course, activity_id)
    get_course_person(course, person_id, within=scope)
    with shown_again(GradeRefused, lambda refusal: grade_page(scope, course, place, form, refusal)):
        change_grade(person_id, slug, activity_id, form.change(scope.person_id, clock.now()))
    flash(gettext("Nilai di buku nilai sudah diubah."))
    return redirect(url_for("teaching.grade", slug=slug, person_id=person_id, activity_id=activity_id), 303)


def _paged(course: Course, asked: GradesAsked, scope: Scope, now: datetime) -> tuple[Paged[int], datetime]:
    """The people of one page, and as of when they stand in this order; by name no more of them are read than that."""
    if asked.by == BY_TOTAL or asked.by in {each.id for each in graded_activities(course)}:
        column = (asked.by, asked.down.data)
        ids, ordered_at = ids_by_grade(course, asked.wanted, scope, column, now)
        return paged(ids, asked.page.data), ordered_at

    total = count_people(course, asked.wanted, scope)

    def fetch(first: int, count: int) -> list[int]:
        return people_slice(course, asked.wanted, scope, Part(first, count, total), descending=asked.down.data)

    return paged_from(total, asked.page.data, fetch), now


def _whole_course(scope: Scope, slug: str) -> Course:
    """A course all of which is in reach. Raises NotFound."""
    if not reaches(scope, slug):
        raise NotFound
    return get_course_taught(slug, within=scope)


def _weights_page(course: Course, form: WeightsForm, why: WeightsRefused | None = None) -> str:
    now = weighting_of(course)
    return show_page(
        "teaching/grade_weights.html",
        course=course,
        graded=graded_activities(course),
        form=form,
        pretests=now.pretests,
        seen=now.saves if isinstance(why, WeightsChangedMeanwhile) else form.seen,
        sentence=tell(why.message) if why else "",
        faults={each: tell(fault) for each, fault in why.faults.items()} if why else {},
    )
