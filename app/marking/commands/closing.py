"""`flask quizzes close-overdue`: what the chores do, by hand."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app import clock
from app.marking.operations.finishing import close_overdue
from app.quizzes.commands import quizzes


@quizzes.command("close-overdue")
@with_appcontext
def close_overdue_command() -> None:
    """Tutup percobaan yang lewat waktu. `chores` mengerjakannya sendiri tiap beberapa detik."""
    click.echo(f"{close_overdue(now=clock.now())} percobaan ditutup")
