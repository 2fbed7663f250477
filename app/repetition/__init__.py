"""What is remembered: a small daily practice of questions that are about to be forgotten, for whoever chooses it."""

from __future__ import annotations

from flask import Flask

from app.repetition.commands import practice_command


def init_app(app: Flask) -> None:
    """Join the command that folds the cards anew."""
    app.cli.add_command(practice_command)
