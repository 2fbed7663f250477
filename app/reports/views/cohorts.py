"""Cohorts for the office: who learns together, and which courses in which order."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.catalogue.queries import published
from app.errors import N_, Message, NotFound
from app.people import operations
from app.people.permissions import Action, Scope
from app.people.queries import CohortFact, cohort_courses, cohort_members, get_cohort, get_person
from app.people.queries import cohorts as all_cohorts
from app.reports.blueprint import reports
from app.reports.forms.people import CohortForm, read_order
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import language, tell


@reports.get("/cohorts")
@needs(Action.MANAGE_PEOPLE)
def cohorts(scope: Scope) -> str:
    """Every cohort with its dates, members and courses."""
    return list_page(scope, CohortForm())


@reports.post("/cohorts")
@needs(Action.MANAGE_PEOPLE)
def add_cohort(scope: Scope) -> ResponseReturnValue:
    """Make a cohort; for those who reach everybody."""
    _check_reach(scope)
    form = CohortForm(request.form)
    cohort_id = operations.add_cohort(form.name.data or "", form.starts_on.data, form.ends_on.data)
    return _back(cohort_id, N_("Angkatan sudah dibuat. Pilih kursusnya, lalu masukkan pesertanya."))


@reports.get("/cohorts/<int:cohort_id>")
@needs(Action.MANAGE_PEOPLE)
def cohort(scope: Scope, cohort_id: int) -> str:
    """One cohort: its courses in their order, and its members in reach."""
    found = get_cohort(cohort_id)
    return show_page(
        "reports/cohorts_one.html",
        here="reports.people",
        cohort=found,
        courses=_course_rows(found),
        members=cohort_members(cohort_id, scope),
        everywhere=scope.everything,
    )


@reports.post("/cohorts/<int:cohort_id>/courses")
@needs(Action.MANAGE_PEOPLE)
def set_courses(scope: Scope, cohort_id: int) -> ResponseReturnValue:
    """Choose the courses and their order; for those who reach everybody."""
    _check_reach(scope)
    found = get_cohort(cohort_id)
    known = {slug for slug, _, _ in _course_rows(found)}
    operations.set_courses(found.id, read_order(request.form, known), has_path="has_path" in request.form)
    return _back(cohort_id, N_("Kursus angkatan ini sudah disimpan."))


@reports.post("/cohorts/<int:cohort_id>/members/<int:person_id>/leave")
@needs(Action.MANAGE_PEOPLE)
def remove_member(scope: Scope, cohort_id: int, person_id: int) -> ResponseReturnValue:
    """Take a person out of the cohort; what was done in its courses stays."""
    found, who = get_cohort(cohort_id), get_person(person_id, within=scope)
    operations.remove_member(found.id, who.id)
    return _back(cohort_id, N_("%(name)s dikeluarkan dari %(cohort)s.", name=who.name, cohort=found.name))


def _check_reach(scope: Scope) -> None:
    if not scope.everything:
        raise NotFound


def list_page(scope: Scope, form: CohortForm, sentence: Message | None = None) -> str:
    """The cohorts with the form for a new one; `sentence` where it could not be made."""
    return show_page(
        "reports/cohorts.html",
        here="reports.people",
        found=all_cohorts(scope),
        form=form,
        sentence=tell(sentence) if sentence else "",
        everywhere=scope.everything,
    )


def _course_rows(found: CohortFact) -> list[tuple[str, str, int | None]]:
    """(slug, title, position from 1 or None): the cohort's courses in their order, then the other published ones."""
    courses, chosen = published(), cohort_courses(found.id)
    slugs = [*chosen, *(slug for slug in sorted(courses) if slug not in chosen)]
    return [
        (
            slug,
            courses[slug].course.title.in_(language()) if slug in courses else slug,
            chosen.index(slug) + 1 if slug in chosen else None,
        )
        for slug in slugs
    ]


def _back(cohort_id: int, note: Message) -> ResponseReturnValue:
    flash(tell(note))
    return redirect(url_for("reports.cohort", cohort_id=cohort_id), 303)
