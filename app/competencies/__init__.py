"""How well: scores over graded answers."""

from __future__ import annotations

from flask import Flask

from app.competencies.commands import competencies_command


def init_app(app: Flask) -> None:
    """Join the command that folds the scores anew."""
    app.cli.add_command(competencies_command)
