"""Pages of the trainer: courses, their revisions and faults, preview; marking by hand, and attempts step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import Flask, current_app

from app.figures.operations import Make, figures_from
from app.gradebook.queries.kept import figures_of_courses
from app.settings import Settings
from app.teaching.blueprint import teaching
from app.teaching.views import (  # noqa: F401  (their routes join the blueprint)
    analysis,
    at_risk,
    attempts,
    changes,
    courses,
    gradebook,
    live,
    marking,
    overrides,
    paper,
    regrading,
    reminders,
    tasks,
)


def init_app(app: Flask) -> None:
    """Join the trainer's pages, and the lists that are kept for them."""
    app.register_blueprint(teaching)
    figures_from(course_figures)


def course_figures() -> Mapping[str, Make]:
    """Lists over everybody in a course."""
    return figures_of_courses(cast("Settings", current_app.extensions["settings"]).time_zone)
