"""Scores for the office: groups by competency, people by competency, and who needs help; as pages and as files."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from app import clock
from app.competencies.queries.answers import competency_record
from app.competencies.queries.groups import all_groups, groups_page
from app.competencies.queries.lists import all_learners, learners_page
from app.people.permissions import Action, Scope
from app.people.queries.people import get_person
from app.reports.blueprint import reports
from app.reports.competency_pages import Desk, Paging, file_answer
from app.reports.competency_sheet import Sheet, group_table, help_table, people_table
from app.reports.heat import heat_rows
from app.reports.queries.help import all_in_need, in_need_page
from app.reports.queries.kept_counts import in_need_told, learners_told
from app.reports.state_words import state_words, warning, warning_mark
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import gettext


@reports.get("/reports/competencies")
@needs(Action.SEE_COMPETENCIES)
def competencies(scope: Scope) -> str:
    """How many came, and groups of people by area, by competency, or in one of these."""
    desk = Desk.here(scope)
    asked = desk.asked
    groups = groups_page(asked.grouping, asked.wanted, scope, asked.page)
    counts = learners_told(asked.wanted.of_groups, scope, desk.now)
    return replace(desk, now=counts.as_of).page(
        "reports/competencies.html",
        desk.group_words,
        counts=counts.value,
        groups=groups,
        rows=heat_rows(groups.rows, desk.columns),
        columns=desk.columns,
        mark_of=warning_mark,
        care_of=warning,
    )


@reports.get("/reports/competencies.<any(csv, xlsx):ending>")
@needs(Action.SEE_COMPETENCIES)
def competencies_file(scope: Scope, ending: str) -> Response:
    """Every group, as a file."""
    desk = Desk.here(scope)
    groups = all_groups(desk.asked.grouping, desk.asked.wanted, scope)
    table = group_table(heat_rows(groups, desk.columns), desk.columns)
    sheet = Sheet.of(gettext("Skor kompetensi"), desk.group_words, table, desk.now)
    return file_answer(sheet, "skor-kelompok", ending, desk.now)


@reports.get("/reports/competencies/people")
@needs(Action.SEE_COMPETENCIES)
def competency_people(scope: Scope) -> str:
    """People by competency; with `?competency=` those with a score in it, by score."""
    desk = Desk.here(scope)
    asked = desk.asked
    return desk.page(
        "reports/competency_people.html",
        desk.person_words,
        learners=learners_page(asked.wanted, scope, asked.order, asked.page),
        state_words=state_words,
    )


@reports.get("/reports/competencies/people.<any(csv, xlsx):ending>")
@needs(Action.SEE_COMPETENCIES)
def competency_people_file(scope: Scope, ending: str) -> Response:
    """Every person who is looked for, in the same order, as a file."""
    desk = Desk.here(scope)
    table = people_table(all_learners(desk.asked.wanted, scope, desk.asked.order), desk.competencies)
    sheet = Sheet.of(gettext("Skor kompetensi"), desk.person_words, table, desk.now)
    return file_answer(sheet, "skor-kompetensi", ending, desk.now)


@reports.get("/reports/competencies/help")
@needs(Action.SEE_COMPETENCIES)
def people_in_need(scope: Scope) -> str:
    """Who needs help, each with the reason in words."""
    desk = Desk.here(scope)
    counts = in_need_told(desk.sought, scope, desk.now)
    paging = Paging.of(counts.value.sought, desk.asked.page)
    desk = replace(desk, now=counts.as_of)  # who is inactive is counted back from there
    return desk.page(
        "reports/people_in_need.html",
        desk.help_words,
        counts=counts.value.by_reason,
        people=in_need_page(desk.sought, scope, paging.page),
        reasons_of=desk.reasons,
        paging=paging,
    )


@reports.get("/reports/competencies/help.<any(csv, xlsx):ending>")
@needs(Action.SEE_COMPETENCIES)
def people_in_need_file(scope: Scope, ending: str) -> Response:
    """All of them, as a file."""
    desk = Desk.here(scope)
    table = help_table(all_in_need(desk.sought, scope), desk.reasons)
    sheet = Sheet.of(gettext("Perlu dibantu"), desk.help_words, table, desk.now)
    return file_answer(sheet, "perlu-dibantu", ending, desk.now)


@reports.get("/reports/people/<int:person_id>/competencies")
@needs(Action.SEE_COMPETENCIES)
def person(scope: Scope, person_id: int) -> str:
    """What one person's own page shows; `?competency=` opens one to its answers."""
    who = get_person(person_id, within=scope)
    now = clock.now()
    record = competency_record(who.id, request.args.get("competency"), now=now)
    return show_page(
        "reports/person_competencies.html",
        here="reports.competencies",
        who=who,
        record=record,
        now=now,
        state_words=state_words,
    )
