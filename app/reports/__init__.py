"""Pages of the staff: competencies, people, cohorts, surveys, and exports."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from app.catalogue.queries import shared_now
from app.figures.operations import Make, figures_from
from app.reports.blueprint import reports
from app.reports.competency_pages import settings_now
from app.reports.gain_pages import gains_to_be_kept
from app.reports.queries.kept_counts import counts_to_be_kept
from app.reports.queries.trend import KEPT as TREND
from app.reports.queries.trend import weeks_to_keep
from app.reports.views import (  # noqa: F401  (join the blueprint)
    cohorts,
    competencies,
    gain,
    people,
    person,
    refused,
    summary,
    surveys,
    trend,
)


def init_app(app: Flask) -> None:
    """Join the staff's pages, and the figures that are kept for them."""
    app.register_blueprint(reports)
    figures_from(staff_figures)


def staff_figures() -> Mapping[str, Make]:
    """Figures over everybody."""
    zone = settings_now().time_zone
    counts = counts_to_be_kept(tuple(shared_now().framework.competencies))
    return {TREND: lambda now: weeks_to_keep(now, zone), **gains_to_be_kept(), **counts}
