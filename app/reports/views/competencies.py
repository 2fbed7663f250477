"""Scores for the office: kinds of organisation and learners by competency, one person's answers, and files to keep."""

from __future__ import annotations

from typing import cast

from flask import Response, current_app, request

from app import clock
from app.catalogue.queries import shared_now
from app.competencies.queries.answers import competency_record
from app.competencies.queries.learners import (
    PAGE,
    all_learners,
    cohort_choices,
    count_learners,
    learners_page,
    means_by_kind,
)
from app.people.permissions import Action, Scope
from app.people.queries.people import get_person
from app.people.queries.places import districts
from app.people.rules.organisations import KIND_LABELS
from app.reports.blueprint import reports
from app.reports.competency_sheet import filter_words, sheet_rows
from app.reports.forms.competencies import read_asked
from app.reports.sheets import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from app.settings import Settings
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import gettext


@reports.get("/reports/competencies")
@needs(Action.SEE_COMPETENCIES)
def competencies(scope: Scope) -> str:
    """How many came, kinds of organisation by competency, and learners by competency, as the address asks."""
    framework = shared_now().framework
    asked = read_asked(request.args, framework.competencies)
    places, cohorts = districts(scope), cohort_choices()
    counts = count_learners(asked.wanted, scope)
    total = counts.never_signed_in if asked.wanted.never_signed_in else counts.people
    pages = max(1, -(-total // PAGE))
    page = min(max(asked.page, 1), pages)
    return show_page(
        "reports/competencies.html",
        here="reports.competencies",
        asked=asked,
        told=filter_words(asked.wanted, places, cohorts),
        choices={"districts": places, "cohorts": cohorts, "kinds": KIND_LABELS},
        areas=[area for area in framework.areas if area.competencies],
        counts=counts,
        means=means_by_kind(asked.wanted, scope),
        learners=learners_page(asked.wanted, scope, asked.order, page),
        paging={"total": total, "page": page, "pages": pages},
        now=clock.now(),
    )


@reports.get("/reports/competencies.<any(csv, xlsx):ending>")
@needs(Action.SEE_COMPETENCIES)
def competencies_file(scope: Scope, ending: str) -> Response:
    """Every learner who is looked for, in the same order, as a file."""
    settings = cast("Settings", current_app.extensions["settings"])
    framework = shared_now().framework
    asked = read_asked(request.args, framework.competencies)
    told = filter_words(asked.wanted, districts(scope), cohort_choices())
    moment = clock.now()
    above, rows = sheet_rows(all_learners(asked.wanted, scope, asked.order), framework, told, moment)
    if ending == "csv":
        answer = Response(csv_bytes([*above, *rows]), content_type=CSV_TYPE)
    else:
        data = xlsx_bytes(gettext("Skor kompetensi"), [*above, *rows], head=len(above))
        answer = Response(data, content_type=XLSX_TYPE)
    name = f"{'contoh-' if settings.demo else ''}skor-kompetensi-{moment.astimezone(settings.time_zone):%Y-%m-%d}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


@reports.get("/reports/people/<int:person_id>/competencies")
@needs(Action.SEE_COMPETENCIES)
def person(scope: Scope, person_id: int) -> str:
    """What one person's own page shows; `?competency=` opens one to its answers."""
    who = get_person(person_id, within=scope)
    now = clock.now()
    record = competency_record(who.id, request.args.get("competency"), now=now)
    return show_page("reports/person_competencies.html", here="reports.competencies", who=who, record=record, now=now)
