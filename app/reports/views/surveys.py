"""What was answered to surveys: a list of them, each one's results, and a file to keep."""

from __future__ import annotations

from flask import Response, request

from app.people.permissions import Action, Scope
from app.reports.blueprint import reports
from app.reports.survey_sheet import named_rows, summed_rows
from app.surveys.queries import answering_cohorts, get_survey, given_to, results_of, surveys_listed
from app.surveys.rules.figures import MINIMUM, TooFewAnswers, spread, standing, tells
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import language
from app.web.sheets import CSV_TYPE, csv_bytes


@reports.get("/reports/surveys")
@needs(Action.SEE_SURVEYS)
def surveys(scope: Scope) -> str:
    """Every survey in reach, with how many answered it."""
    return show_page("reports/surveys.html", listed=surveys_listed(scope), here="reports.surveys")


@reports.get("/reports/surveys/<slug>/<survey_id>")
@needs(Action.SEE_SURVEYS)
def survey(scope: Scope, slug: str, survey_id: str) -> str:
    """What was answered, question by question; of a named survey `?cohort=` shows one cohort's answers alone."""
    found = get_survey(slug, survey_id, scope)
    cohort_id = None if found.anonymous else request.args.get("cohort", type=int)
    return show_page(
        "reports/survey.html",
        found=found,
        results=results_of(found, scope, cohort_id),
        cohorts=() if found.anonymous else answering_cohorts(found, scope),
        cohort_id=cohort_id,
        rules={"least": MINIMUM, "spread": spread, "standing": standing, "tells": tells},
        language=language(),
        here="reports.surveys",
    )


@reports.get("/reports/surveys/<slug>/<survey_id>.csv")
@needs(Action.SEE_SURVEYS)
def survey_file(scope: Scope, slug: str, survey_id: str) -> Response:
    """The same as a file: of a named survey who answered what, of an anonymous one the sums."""
    found = get_survey(slug, survey_id, scope)
    if found.anonymous:
        results = results_of(found, scope)
        people, rows = results.people, summed_rows(results)
    else:
        given = given_to(found, scope, request.args.get("cohort", type=int))
        people, rows = len(given), named_rows(found, given)
    if people < MINIMUM:
        raise TooFewAnswers
    answer = Response(csv_bytes(rows), content_type=CSV_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="survei-{slug}-{survey_id}.csv"'
    return answer
