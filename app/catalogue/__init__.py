"""The published revisions of courses: store, publish, and the compiled courses in memory."""

from __future__ import annotations

from flask import Flask

from app.catalogue.commands import sync_command
from app.catalogue.store import init_store
from app.content.commands import courses


def init_app(app: Flask) -> None:
    """Give the app its store, and the `courses` commands the one that needs a database."""
    init_store(app)
    courses.add_command(sync_command)
