"""`flask init`: a new host gets its secret key and its first admin."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app import clock
from app.db import upgrade_database
from app.people import operations
from app.people.commands.shared import settings, told
from app.people.operations import NewPerson
from app.people.permissions import Grant, Role
from app.people.rules.passwords import checked_password
from app.settings import KEY_FILE, make_secret_key


@click.command("init")
@click.option("--name", prompt="Nama admin pertama")
@click.option("--user-name", prompt="Nama pengguna")
@click.password_option(prompt="Kata sandi", confirmation_prompt="Kata sandi sekali lagi")
@with_appcontext
@told
def init_command(name: str, user_name: str, password: str) -> None:
    """Siapkan kantor baru: database, kunci rahasia di folder instance, dan admin pertama."""
    checked_password(password, user_name)
    upgrade_database(settings().instance)
    if make_secret_key(settings().instance):
        click.echo(f"Kunci rahasia dibuat: {settings().instance / KEY_FILE}")
    grants = (Grant(Role.ADMIN), Grant(Role.LEARNER))
    new = NewPerson(name=name, user_name=user_name, password=password, grants=grants)
    added = operations.add_person(new, region=settings().phone_region, now=clock.now())
    click.echo(f"Admin dibuat: {added.user_name}")
