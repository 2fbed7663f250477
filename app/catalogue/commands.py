"""`flask courses sync`: publish what changed in the folder, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.catalogue.operations import sync
from app.catalogue.operations.agreeing import sides_of
from app.catalogue.operations.syncing import Take
from app.content.differences import difference_lines, differences
from app.errors import N_
from app.settings import Settings


@click.command("sync")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--take", type=click.Choice(["files", "database"]), help="Side to take where folder and browser parted.")
@click.option("--course", "slug", help="Take it for this course alone (its folder's name; @shared: what all share).")
@with_appcontext
def sync_command(folder: Path | None, take: Literal["files", "database"] | None, slug: str | None) -> None:
    """Publish every course of FOLDER (default: courses/) that changed and is whole. Exit status 1 where one is not."""
    courses = folder or cast("Settings", current_app.extensions["settings"]).courses
    report = sync(courses, now=clock.now(), take=Take(take, slug) if take else None)
    for each in report.published:
        click.echo(f"terbit: {each}")
    for faults in report.faults.values():
        for fault in faults:
            click.echo(str(fault), err=True)
    for each in report.parted:
        _tell_parted(courses, each)
    if report.faults:
        raise SystemExit(1)


def _tell_parted(courses: Path, slug: str) -> None:
    """What each side changed since both were the same."""
    sides = sides_of(courses, slug)
    if sides is None:
        return
    for title, files in ((N_("Di folder:"), sides.folder), (N_("Di browser:"), sides.served)):
        click.echo(f"{slug}: {title}")
        for line in difference_lines(differences(sides.agreed, files), str):
            click.echo(f"  {line}")
