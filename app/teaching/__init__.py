"""Pages of the trainer: courses, their revisions and faults, preview; marking by hand, and attempts step by step."""

from __future__ import annotations

from flask import Flask

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
    """Join the trainer's pages."""
    app.register_blueprint(teaching)
