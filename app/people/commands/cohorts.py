"""`flask cohorts …`: cohorts at the shell."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask.cli import with_appcontext

from app.catalogue.queries import heads
from app.catalogue.rules import SHARED
from app.people import operations
from app.people.commands.shared import EVERYBODY, account, told
from app.people.queries import CohortFact, cohort_courses, cohort_named
from app.people.queries import cohorts as all_cohorts


@click.group()
def cohorts() -> None:
    """Angkatan: kelompok yang belajar bersama."""


@cohorts.command("add")
@click.argument("name")
@click.option("--starts", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal mulai, misalnya 2026-11-22.")
@click.option("--ends", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal selesai.")
@with_appcontext
@told
def add_cohort_command(name: str, starts: datetime | None, ends: datetime | None) -> None:
    """Buat angkatan NAME."""
    operations.add_cohort(name, _day(starts), _day(ends))
    click.echo(f"Angkatan dibuat: {name}")


@cohorts.command("courses")
@click.argument("name")
@click.argument("slugs", nargs=-1)
@click.option("--path/--no-path", default=False, help="Urutan kursus menjadi anjuran.")
@with_appcontext
@told
def courses_command(name: str, slugs: tuple[str, ...], path: bool) -> None:
    """Tetapkan kursus angkatan NAME, berurutan."""
    unknown = [slug for slug in slugs if slug not in heads() or slug == SHARED]
    if unknown:
        raise click.ClickException(f"Kursus tidak dikenal: {', '.join(unknown)}")
    operations.set_courses(_cohort(name).id, slugs, has_path=path)
    click.echo(_cohort_line(_cohort(name)))


@cohorts.command("enrol")
@click.argument("name")
@click.argument("logins", nargs=-1, required=True)
@with_appcontext
@told
def enrol_command(name: str, logins: tuple[str, ...]) -> None:
    """Masukkan LOGINS (nama pengguna atau nomor HP) ke angkatan NAME."""
    new = operations.enrol(_cohort(name).id, [account(login).id for login in logins])
    click.echo(f"{new} orang baru di angkatan {name}")


@cohorts.command("list")
@with_appcontext
def list_cohorts_command() -> None:
    """Daftar angkatan dengan kursus dan jumlah anggotanya."""
    for each in all_cohorts(EVERYBODY):
        click.echo(f"{_cohort_line(each.cohort)}\t{each.members} orang")


def _cohort(name: str) -> CohortFact:
    found = cohort_named(name)
    if found is None:
        raise click.ClickException(f"Tidak ada angkatan {name}.")
    return found


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _cohort_line(cohort: CohortFact) -> str:
    dates = f"{cohort.starts_on or '…'} – {cohort.ends_on or '…'}"
    order = " (berurutan)" if cohort.has_path else ""
    return f"{cohort.name}\t{dates}\t{', '.join(cohort_courses(cohort.id)) or '-'}{order}"
