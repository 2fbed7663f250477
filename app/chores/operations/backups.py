"""Backup while the server runs, and the way back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, func, inspect, select, text

from app.chores.archive import FORMAT, About, pack, restore_files, unpacked, workplace
from app.chores.dumps import BackupFault, dump, refill
from app.chores.models import Lease
from app.db import begin_write, db, known_migrations, let_go
from app.errors import N_, Refusal
from app.people.models import Person
from app.settings import Settings

_SCHEMA: Final = "alembic_version"


class RestoreRefused(Refusal):
    """A restore that would do harm; the sentence says what to do first."""


def back_up(settings: Settings, target: Path | None, *, now: datetime) -> Path:
    """Write a backup while others go on working, and tell where it is. `target` is a file, a folder, or None.

    None is the folder `backups` of the instance. Raises BackupFault.
    """
    local = now.astimezone(settings.time_zone)
    named = target or settings.instance / "backups"
    path = named if named.name.endswith(".tar.gz") else named / f"rak-{local:%Y%m%d-%H%M%S}.tar.gz"
    database = db.engine.url
    schema = _schema()
    if schema is None:
        raise BackupFault(N_("Belum ada database untuk dicadangkan."))
    with workplace(path.parent) as place:
        dump(database, place)
        pack(place, settings.instance, path, About(FORMAT, local.isoformat(), database.get_backend_name(), schema))
    return path


def restore(settings: Settings, file: Path, *, replace: bool, now: datetime) -> Path | None:
    """Put a backup in place of the database and the kept files. Tells where the safety copy of what was there is.

    None where nobody was there. Without `replace` a database with people is left alone. The caller brings the schema
    up to date afterwards. Raises RestoreRefused and BackupFault.
    """
    people = _people()
    if people and not replace:
        raise RestoreRefused(
            N_(
                "Di database ini sudah ada %(count)s orang. Untuk menggantinya, ulangi dengan --replace; "
                "isinya dicadangkan dahulu.",
                count=people,
            )
        )
    if _runs(now):
        raise RestoreRefused(N_("Server masih berjalan. Hentikan dahulu, lalu ulangi setelah 15 detik."))
    with unpacked(file, settings.instance) as (about, place):
        _check(about)
        kept = back_up(settings, None, now=now) if people else None
        tables = [*(table.name for table in db.metadata.sorted_tables), _SCHEMA]
        let_go()
        refill(db.engine.url, place, tables)
        restore_files(place, settings.instance)
    _forget_lease()
    return kept


def _check(about: About) -> None:
    here = db.engine.url.get_backend_name()
    if about.database != here:
        raise BackupFault(
            N_(
                "Cadangan ini dari %(theirs)s, sedangkan database di sini %(ours)s. Keduanya harus sama.",
                theirs=about.database,
                ours=here,
            )
        )
    if about.schema not in known_migrations():
        raise BackupFault(N_("Cadangan ini dibuat oleh versi program yang lebih baru. Perbarui program dahulu."))


def _schema() -> str | None:
    """The migration that the database is at; None where there is none yet."""
    if not inspect(db.engine).has_table(_SCHEMA):
        return None
    found: str | None = db.session.scalar(text(f"SELECT version_num FROM {_SCHEMA}"))  # noqa: S608  # our own name
    db.session.rollback()
    return found


def _people() -> int:
    if not inspect(db.engine).has_table(Person.__tablename__):
        return 0
    found = db.session.scalar(select(func.count()).select_from(Person)) or 0
    db.session.rollback()
    return found


def _runs(now: datetime) -> bool:
    """Whether somebody does the chores of this database now, so that a server runs beside."""
    if not inspect(db.engine).has_table(Lease.__tablename__):
        return False
    found = db.session.scalar(select(func.count()).select_from(Lease).where(Lease.until > now))
    db.session.rollback()
    return bool(found)


def _forget_lease() -> None:
    """The backup was made while a runner held the lease; that one is gone."""
    begin_write()
    db.session.execute(delete(Lease))
    db.session.commit()
