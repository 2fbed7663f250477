"""What must happen in time: one runner beside the server, held by a lease so that many hosts run it once."""

from __future__ import annotations

from flask import Flask

from app.chores import commands


def init_app(app: Flask) -> None:
    """Join the commands that serve, run the chores, and keep copies."""
    for command in (commands.serve_command, commands.chores_command, commands.backup_command, commands.restore_command):
        app.cli.add_command(command)
