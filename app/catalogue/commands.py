"""`flask courses sync`: publish what changed in the folder, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.catalogue.operations import sync
from app.settings import Settings


@click.command("sync")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@with_appcontext
def sync_command(folder: Path | None) -> None:
    """Publish every course of FOLDER (default: courses/) that changed and is whole. Exit status 1 where one is not."""
    settings = cast("Settings", current_app.extensions["settings"])
    report = sync(folder or settings.courses, now=clock.now())
    for slug in report.published:
        click.echo(f"terbit: {slug}")
    for faults in report.faults.values():
        for fault in faults:
            click.echo(str(fault), err=True)
    if report.faults:
        raise SystemExit(1)
