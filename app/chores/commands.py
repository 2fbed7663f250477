"""`flask serve`, `flask chores`, `flask backup`, `flask restore`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.catalogue.operations import sync
from app.catalogue.queries import published
from app.catalogue.store import store
from app.chores import serving
from app.chores.operations import back_up, restore
from app.db import keep_files_private, upgrade_database
from app.errors import Refusal
from app.settings import Settings


@click.command("serve")
@with_appcontext
def serve_command() -> None:
    """Jalankan server: perbarui database, terbitkan kursus yang berubah, lalu layani sampai dihentikan (Ctrl+C)."""
    settings = _settings()
    with _plain_sentences():
        serving.check_port(settings.host, settings.port)
        serving.check_key(current_app, settings)
    keep_files_private()
    serving.aside(partial(_prepare, settings))
    serving.warm_up()
    sys.exit(serving.pair_of(settings).supervise())


@click.command("chores")
@with_appcontext
def chores_command() -> None:
    """Kerjakan tugas latar sampai dihentikan: terbitkan kursus yang berubah. `serve` menjalankannya sendiri."""
    serving.run_chores()


@click.command("backup")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@with_appcontext
def backup_command(target: Path | None) -> None:
    """Cadangkan database dan isi folder instance ke TARGET (file .tar.gz atau folder; kalau kosong instance/backups/).

    Server boleh tetap berjalan.
    """
    with _plain_sentences():
        click.echo(f"Cadangan: {back_up(_settings(), target, now=clock.now())}")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Juga kalau sudah ada orang terdaftar; isinya dicadangkan dahulu.")
@with_appcontext
def restore_command(file: Path, replace: bool) -> None:
    """Pulihkan database dan isi folder instance dari cadangan FILE. Server harus berhenti dahulu."""
    with _plain_sentences():
        kept = restore(_settings(), file, replace=replace, now=clock.now())
    if kept:
        click.echo(f"Isi sebelumnya dicadangkan: {kept}")
    upgrade_database(_settings().instance)
    click.echo("Selesai dipulihkan. Server boleh dijalankan lagi.")


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


@contextmanager
def _plain_sentences() -> Iterator[None]:
    """A refusal ends the command with its sentence, not with a traceback."""
    try:
        yield
    except Refusal as refused:
        raise click.ClickException(str(refused.message)) from refused


def _prepare(settings: Settings) -> None:
    upgrade_database(settings.instance)
    _publish(settings)
    published()
    store().renderings.store_new()  # also those of revisions that an earlier release rendered
    if settings.demo:
        _fill_demonstration()


def _publish(settings: Settings) -> None:
    """Publish what changed; a broken course is told and keeps nothing from being served."""
    try:
        report = sync(settings.courses, now=clock.now())
    except OSError as unreadable:
        click.echo(f"Folder kursus tidak dapat dibaca: {unreadable}", err=True)
        return
    for slug in report.published:
        click.echo(f"terbit: {slug}")
    for faults in report.faults.values():
        for fault in faults:
            click.echo(str(fault), err=True)


def _fill_demonstration() -> None:
    """The made-up people, where the database has nobody yet: the command of a package that chores may not know."""
    context = click.get_current_context()
    group = cast("click.Group", current_app.cli.commands["demo"])
    context.invoke(group.commands["fill"], if_empty=True)
