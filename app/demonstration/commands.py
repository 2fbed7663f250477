"""`flask demo fill`: made-up people for a demonstration."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app import clock
from app.demonstration.operations.fill import ACCOUNTS, fill, is_empty
from app.errors import Refusal


@click.group("demo")
def demo_commands() -> None:
    """A demonstration: made-up people and their results. Only with RAK_DEMO=1."""


@demo_commands.command("fill")
@click.option("--if-empty", is_flag=True, help="Do nothing, in silence, where people are registered already.")
@with_appcontext
def fill_command(if_empty: bool) -> None:
    """Fill the empty database with a cohort of 100 and the accounts siti, rahmat, noor and admin."""
    if if_empty and not is_empty():
        return
    try:
        filled = fill(now=clock.now())
    except Refusal as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo("Data contoh sudah dibuat. Akun untuk mencoba:")
    for name, password in filled.passwords.items():
        click.echo(f"  {name:<8} {password}   ({ACCOUNTS[name][0]})")
    click.echo(f"Kata sandi ini disimpan di {filled.file}")
