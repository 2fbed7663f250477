"""Who of a course may need help, why and since when, each with a message to send."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flask import current_app, request

from app import clock
from app.gradebook.queries.kept import list_at_risk, page_at_risk
from app.gradebook.queries.people import cohort_choices, organisation_choices
from app.gradebook.rules.at_risk import STUCK_FROM, Asked
from app.people.permissions import Action, Scope
from app.settings import Settings
from app.teaching.at_risk_pages import REASON_WORDS, risk_row
from app.teaching.blueprint import teaching
from app.teaching.grade_forms import AtRiskAsked
from app.teaching.letters import phones_in_reach
from app.teaching.paging import paged
from app.teaching.queries import get_course_taught
from app.web.frame import show_page
from app.web.guard import needs, person


@teaching.get("/teaching/courses/<slug>/at-risk")
@needs(Action.SEE_ATTEMPTS)
def at_risk(scope: Scope, slug: str) -> str:
    """Those in reach for whom there is a reason, the longest first; the address narrows them down."""
    course, asked, now = get_course_taught(slug, within=scope), AtRiskAsked(request.args), clock.now()
    when = Asked(now, cast("Settings", current_app.extensions["settings"]).time_zone, asked.away)
    listed = list_at_risk(course, asked.wanted, asked.why, scope, when)
    page, when = paged(listed.ids, asked.page.data), replace(when, now=listed.as_of)
    phones, sender = phones_in_reach(page.items), person().name
    return show_page(
        "teaching/at_risk.html",
        course=course,
        asked=asked,
        rows=[
            risk_row(each, course, sender, phones.get(each.person.id), when.now)
            for each in page_at_risk(listed, page.items, course, when)
        ],
        paging=page,
        people=listed.people,
        reasons=REASON_WORDS,
        stuck_from=STUCK_FROM,
        choices={"cohorts": cohort_choices(course), "organisations": organisation_choices(course, scope)},
        now=when.now,
    )
