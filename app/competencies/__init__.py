"""How well: scores over graded answers."""

from __future__ import annotations

from flask import Flask

from app.competencies.commands import competencies_command
from app.competencies.operations import store_counted
from app.people.operations.moving import count_moves


def init_app(app: Flask) -> None:
    """Join the command that folds the scores anew, and count people where they are."""
    app.cli.add_command(competencies_command)
    count_moves(store_counted)
