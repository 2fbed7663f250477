"""Pages of the trainer: courses, their revisions and faults, preview."""

from __future__ import annotations

from flask import Flask

from app.teaching.views import teaching


def init_app(app: Flask) -> None:
    """Join the trainer's pages."""
    app.register_blueprint(teaching)
