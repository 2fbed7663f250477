"""Copies of a whole database, consistent at one moment while others go on writing, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from app.errors import N_, Message, Refusal

SQLITE: Final = "rak.db"
POSTGRES: Final = "database.sql"
WAIT: Final = 60.0  # seconds for a database that is busy


class BackupFault(Refusal):
    """A backup that cannot be made or used; the sentence says why and what to do."""


def dump(database: URL, folder: Path) -> Path:
    """Copy the database into a file of `folder`. Raises BackupFault."""
    if database.get_backend_name() == "sqlite":
        return _copy_sqlite(Path(str(database.database)), folder / SQLITE)
    target = folder / POSTGRES
    _run_postgres("pg_dump", database, "--no-owner", "--no-privileges", f"--file={target}")
    return target


def refill(database: URL, folder: Path, tables: Sequence[str]) -> None:
    """Replace the whole content of the database by the copy in `folder`, or nothing of it. Raises BackupFault.

    `tables` are those that this release may have made in it: on PostgreSQL they go first.
    """
    if database.get_backend_name() == "sqlite":
        _refill_sqlite(folder / SQLITE, Path(str(database.database)))
        return
    drops = "".join(f'DROP TABLE IF EXISTS "{name}" CASCADE;\n' for name in tables)
    (folder / "drop.sql").write_text(drops)
    files = (f"--file={folder / name}" for name in ("drop.sql", POSTGRES))
    _run_postgres("psql", database, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files)


def _copy_sqlite(source: Path, target: Path) -> Path:
    """SQLite's own online copy: consistent at one moment, while others go on writing."""
    if not source.exists():
        raise BackupFault(N_("Belum ada database di %(path)s.", path=str(source)))
    with closing(sqlite3.connect(source, timeout=WAIT)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        _check_sqlite(copy)
    return target


def _refill_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as copy:
        _check_sqlite(copy)
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(target, timeout=WAIT)) as live:
            copy.backup(live)


def _check_sqlite(copy: sqlite3.Connection) -> None:
    try:
        found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as fault:
        found = str(fault)
    if found != "ok":
        raise BackupFault(N_("Salinan database rusak (%(why)s).", why=str(found)))


def _run_postgres(program: str, database: URL, *options: str) -> None:
    """Run one of PostgreSQL's own tools; the password goes through the environment, where `ps` does not show it."""
    path = shutil.which(program)
    if path is None:
        raise BackupFault(
            N_("Program %(name)s tidak ada di komputer ini. Pasang postgresql-client, lalu ulangi.", name=program)
        )
    environment = {**os.environ, **_libpq(database)}
    done = subprocess.run([path, *options], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise BackupFault(_failed(program, done.stderr.splitlines()))


def _failed(program: str, lines: Sequence[str]) -> Message:
    said = " ".join(line.strip() for line in lines[:3]) or "?"
    return N_("%(name)s gagal: %(said)s", name=program, said=said)


def _libpq(database: URL) -> dict[str, str]:
    query = {f"PG{name.upper()}": str(value) for name, value in database.query.items() if name.startswith("ssl")}
    given = {
        "PGHOST": database.host or database.query.get("host"),
        "PGPORT": database.port,
        "PGUSER": database.username,
        "PGPASSWORD": database.password,
        "PGDATABASE": database.database,
    }
    return query | {name: str(value) for name, value in given.items() if value is not None}
