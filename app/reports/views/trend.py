"""Learning week by week: a table, and a drawing made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from flask import request

from app.people.permissions import Action, Scope
from app.reports.blueprint import reports
from app.reports.competency_pages import Desk, settings_now
from app.reports.queries.trend import weeks_told
from app.reports.state_words import warning_mark
from app.reports.trend_drawing import weeks_drawing
from app.web.guard import needs
from app.web.templating import filtered

SPANS: Final = (12, 26, 52)  # weeks that can be looked back


@reports.get("/reports/trend")
@needs(Action.SEE_COMPETENCIES)
def trend(scope: Scope) -> str:
    """Who was active, what was done, and the mean of first attempts, in the weeks up to now."""
    desk = Desk.here(scope)
    span = next((each for each in SPANS if str(each) == request.args.get("weeks")), SPANS[0])
    weeks, as_of = weeks_told(span, desk.asked.wanted.of_groups, scope, desk.now, settings_now().time_zone)
    desk = replace(desk, now=as_of)
    ends = (filtered("day", weeks[0].week.monday), filtered("day", weeks[-1].week.monday + timedelta(days=6)))
    drawing = weeks_drawing(weeks, *ends) if any(week.people for week in weeks) else None
    return desk.page(
        "reports/trend.html",
        desk.group_words,
        weeks=weeks,
        spans=SPANS,
        span=span,
        drawing=drawing,
        mark_of=warning_mark,
    )
