"""Pages of the staff: competencies, people, cohorts, surveys, and exports."""

from __future__ import annotations

from flask import Flask

from app.reports.blueprint import reports
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
    """Join the staff's pages."""
    app.register_blueprint(reports)
