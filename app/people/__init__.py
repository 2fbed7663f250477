"""Accounts, organisations, places, cohorts, grants, and the one table of permissions."""

from __future__ import annotations

from flask import Flask

from app.people.commands import cohorts, init_command, people
from app.people.passwords import init_passwords


def init_app(app: Flask) -> None:
    """Join the ways with passwords and the commands."""
    init_passwords(app)
    for command in (people, cohorts, init_command):
        app.cli.add_command(command)
