"""Finish, grade, store: the only writer of marks, and of the scores that rest on them."""

from __future__ import annotations

from flask import Flask

from app.marking.commands import quizzes


def init_app(app: Flask) -> None:
    """Join the commands about quizzes."""
    app.cli.add_command(quizzes)
