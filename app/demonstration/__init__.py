"""A made-up office to try things in: invented people and places, plausible histories, and the real rules over both."""

from __future__ import annotations

from flask import Flask

from app.demonstration.commands import demo_commands


def init_app(app: Flask) -> None:
    """Join the command that fills a demonstration."""
    app.cli.add_command(demo_commands)
