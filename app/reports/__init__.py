"""Pages of the staff: competencies, people, cohorts, surveys, and exports."""

from __future__ import annotations

from flask import Flask

from app.reports.blueprint import reports
from app.reports.views import cohorts, competencies, people, person, refused, surveys  # noqa: F401  (join the blueprint)


def init_app(app: Flask) -> None:
    """Join the staff's pages."""
    app.register_blueprint(reports)
