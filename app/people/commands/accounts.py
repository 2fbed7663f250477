"""`flask people …`: accounts at the shell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
from flask.cli import with_appcontext

from app import clock
from app.people import operations
from app.people.commands.shared import EVERYBODY, account, settings, told
from app.people.operations import NewPerson
from app.people.permissions import Grant, Role, ScopeKind
from app.people.queries import PeopleFilter, PersonFact, find_people
from app.people.rules.organisations import KIND_LABELS, OrganisationKind


@click.group()
def people() -> None:
    """Akun peserta dan petugas."""


@people.command("add")
@click.argument("name")
@click.option("--user-name", default="", help="Nama pengguna; kalau kosong dibuat dari nama.")
@click.option("--phone", default="", help="Nomor HP, hanya kalau milik satu orang.")
@click.option("--organisation", default="", help="Asal lembaga; dibuat kalau belum ada (perlu --district).")
@click.option("--kind", type=click.Choice([each.value for each in OrganisationKind]), default="village")
@click.option("--district", default="", help="Kecamatan lembaga itu.")
@click.option("--role", "roles", type=click.Choice([each.value for each in Role]), multiple=True, default=["learner"])
@click.option("--again", is_flag=True, help="Tambahkan walau nama ini sudah ada di lembaga itu.")
@with_appcontext
@told
def add_command(name: str, roles: Sequence[str], organisation: str, **rest: Any) -> None:
    """Tambahkan akun NAME; kata sandi sementaranya ditampilkan sekali."""
    organisation_id = None
    if organisation:
        if not rest["district"]:
            raise click.UsageError("--organisation memerlukan --district.")
        kind = OrganisationKind(rest["kind"])
        organisation_id = operations.add_organisation(organisation, kind, rest["district"])
    new = NewPerson(
        name=name,
        user_name=rest["user_name"],
        phone=rest["phone"],
        organisation_id=organisation_id,
        grants=tuple(Grant(Role(role)) for role in dict.fromkeys(roles)),
        even_if_known=rest["again"],
    )
    added = operations.add_person(new, region=settings().phone_region, now=clock.now())
    click.echo(f"Nama pengguna: {added.user_name}")
    click.echo(f"Kata sandi sementara (tampil sekali): {added.one_time}")


@people.command("list")
@click.argument("text", default="")
@click.option("--never-signed-in", is_flag=True, help="Hanya yang belum pernah masuk.")
@with_appcontext
def list_command(text: str, never_signed_in: bool) -> None:
    """Daftar akun; TEXT menyaring menurut nama atau nomor HP."""
    wanted = PeopleFilter(text=text, never_signed_in=never_signed_in)
    page = pages = 1
    while page <= pages:
        found = find_people(wanted, EVERYBODY, page, settings().phone_region)
        for person in found.people:
            click.echo(_line(person))
        pages, page = found.pages, page + 1


@people.command("reset-password")
@click.argument("login")
@with_appcontext
@told
def reset_command(login: str) -> None:
    """Buat kata sandi sementara bagi LOGIN (nama pengguna atau nomor HP)."""
    one_time = operations.reset_password(account(login).id)
    click.echo(f"Kata sandi sementara (tampil sekali): {one_time}")


@people.command("grant")
@click.argument("login")
@click.argument("role", type=click.Choice([each.value for each in Role]))
@click.option("--scope", type=click.Choice([each.value for each in ScopeKind]), default="everything")
@click.option("--scope-id", default=None, help="Nomor lembaga atau kecamatan, atau nama folder kursus.")
@click.option("--remove", is_flag=True, help="Cabut peran itu.")
@with_appcontext
@told
def grant_command(login: str, role: str, scope: str, **rest: Any) -> None:
    """Beri LOGIN peran ROLE, atau cabut dengan --remove."""
    person, given = account(login), Grant(Role(role), ScopeKind(scope), rest["scope_id"])
    if rest["remove"]:
        operations.revoke(person.id, given)
    else:
        operations.grant(person.id, given, now=clock.now())
    click.echo(_line(account(login)))


def _line(person: PersonFact) -> str:
    place = person.organisation
    reach = (f"{each.role}{':' + each.scope_id if each.scope_id else ''}" for each in person.grants)
    return "\t".join(
        (
            person.user_name,
            person.name,
            f"{place.name} ({KIND_LABELS[place.kind]}), {place.district.name}" if place else "-",
            ",".join(reach),
            "" if person.active else "nonaktif",
            "" if person.first_signed_in_at else "belum pernah masuk",
        )
    ).rstrip()
