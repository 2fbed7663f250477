"""One sheet of A4 for a superior: how far a group is, and who needs help."""

from __future__ import annotations

from app.people.permissions import Action, Scope
from app.reports.blueprint import reports
from app.reports.competency_pages import Desk
from app.reports.summary_page import summary_page
from app.web.guard import needs


@reports.get("/reports/summary")
@needs(Action.SEE_COMPETENCIES)
def summary(scope: Scope) -> str:
    """The group that the address asks for, under the office's letterhead."""
    return summary_page(Desk.here(scope), scope)
