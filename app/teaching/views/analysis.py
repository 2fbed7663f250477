"""Item analysis of a quiz: what its marks tell of its questions."""

from __future__ import annotations

from flask import Response, current_app, request

from app import clock
from app.people.permissions import Action, Scope
from app.teaching.analysis_form import AnalysisForm
from app.teaching.analysis_pages import analysis_page, item_page, quiz_analysis
from app.teaching.analysis_sheet import sheet_rows
from app.teaching.blueprint import teaching
from app.teaching.queries import get_whole_quiz
from app.web.guard import needs
from app.web.languages import gettext
from app.web.sheets import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes


@teaching.get("/teaching/courses/<slug>/analysis/<quiz_id>")
@needs(Action.SEE_ATTEMPTS)
def analysis(scope: Scope, slug: str, quiz_id: str) -> str:
    """The quiz and each of its questions; `?attempts=` and `?version=` say which attempts count."""
    return analysis_page(get_whole_quiz(slug, quiz_id, within=scope), AnalysisForm(request.args))


@teaching.get("/teaching/courses/<slug>/analysis/<quiz_id>/items/<path:address>")
@needs(Action.SEE_ATTEMPTS)
def analysis_item(scope: Scope, slug: str, quiz_id: str, address: str) -> str:
    """One question: its figures, its options by group, what to do about it."""
    return item_page(get_whole_quiz(slug, quiz_id, within=scope), AnalysisForm(request.args), address)


@teaching.get("/teaching/courses/<slug>/analysis/<quiz_id>.<any(csv, xlsx):ending>")
@needs(Action.SEE_ATTEMPTS)
def analysis_file(scope: Scope, slug: str, quiz_id: str, ending: str) -> Response:
    """The table of questions as the page shows it, as a file."""
    found = quiz_analysis(get_whole_quiz(slug, quiz_id, within=scope), AnalysisForm(request.args))
    moment = clock.now()
    above, rows = sheet_rows(found, moment)
    if ending == "csv":
        answer = Response(csv_bytes([*above, *rows]), content_type=CSV_TYPE)
    else:
        data = xlsx_bytes(gettext("Analisis butir soal"), [*above, *rows], head=len(above))
        answer = Response(data, content_type=XLSX_TYPE)
    day = moment.astimezone(current_app.extensions["settings"].time_zone)
    name = f"analisis-butir-{slug}-{quiz_id}-{day:%Y-%m-%d}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
