"""`flask competencies rebuild`: fold every score anew from the marks."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app import clock
from app.competencies.operations import rebuild


@click.group("competencies")
def competencies_command() -> None:
    """Skor kompetensi."""


@competencies_command.command("rebuild")
@with_appcontext
def rebuild_command() -> None:
    """Hitung ulang skor semua orang dari jawaban yang sudah dinilai."""
    count = rebuild(now=clock.now())
    click.echo(f"skor dihitung ulang untuk {count} orang")
