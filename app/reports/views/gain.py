"""What groups gained between a test before and one after, on a page and as files."""

from __future__ import annotations

from flask import Response, request

from app.people.permissions import Action, Scope
from app.reports.blueprint import reports
from app.reports.competency_pages import Desk, file_answer
from app.reports.gain_pages import gain_page, gain_sheet
from app.web.guard import needs


@reports.get("/reports/gain")
@needs(Action.SEE_COMPETENCIES)
def gain(scope: Scope) -> str:
    """The group and the tests that the address asks for: figures, kinds of organisation, people and questions."""
    return gain_page(Desk.here(scope), request.args.get("pair", ""), scope)


@reports.get("/reports/gain.<any(csv, xlsx):ending>")
@needs(Action.SEE_COMPETENCIES)
def gain_file(scope: Scope, ending: str) -> Response:
    """The same with all its people."""
    desk = Desk.here(scope)
    sheet = gain_sheet(desk, request.args.get("pair", ""), scope)
    return file_answer(sheet, "peningkatan", ending, desk.now)
