"""`flask practice`: fold every card anew from the answers."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.repetition.operations import rebuild_cards


@click.group("practice")
def practice_command() -> None:
    """Latihan harian."""


@practice_command.command("rebuild")
@with_appcontext
def rebuild_command() -> None:
    """Hitung ulang kartu semua orang yang ikut latihan harian dari jawabannya."""
    click.echo(f"kartu dihitung ulang untuk {rebuild_cards()} orang")
