"""Backups: one .tar.gz with a copy of the database and what the instance folder keeps beside it.

Inside: `backup.json` (what it is), `rak.db` (SQLite) or `database.sql` (PostgreSQL), and `instance/…`.
"""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from app.chores.dumps import POSTGRES, SQLITE, BackupFault
from app.errors import N_
from app.settings import KEY_FILE

FORMAT: Final = 1
ABOUT: Final = "backup.json"
KEPT: Final = (KEY_FILE, "uploads")  # of the instance folder; the database and its copies are not files among them


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself. `schema` is the database's migration; `database` is "sqlite" or "postgresql"."""

    format: int
    made_at: str
    database: str
    schema: str


def pack(folder: Path, instance: Path, target: Path, about: About) -> None:
    """Write `target` from the database's copy in `folder`: whole or not at all, readable by this account alone."""
    (folder / ABOUT).write_text(json.dumps(asdict(about), indent=1))
    packed = folder / "packed"
    with tarfile.open(packed, "w:gz") as archive:
        for name in (ABOUT, SQLITE, POSTGRES):
            if (folder / name).exists():
                archive.add(folder / name, name)
        for name in KEPT:
            if (instance / name).exists():
                archive.add(instance / name, f"instance/{name}")
    packed.chmod(0o600)
    with packed.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(packed, target)


@contextmanager
def unpacked(file: Path, beside: Path) -> Iterator[tuple[About, Path]]:
    """A backup in a folder (inside `beside`) that is gone afterwards. Raises BackupFault."""
    with workplace(beside) as place:
        try:
            with tarfile.open(file, "r:gz") as archive:
                for member in archive:
                    _unpack(archive, member, place)
            about = About(**json.loads((place / ABOUT).read_text()))
        except (OSError, tarfile.TarError, ValueError, TypeError, EOFError) as fault:
            raise BackupFault(
                N_("File %(file)s bukan cadangan Rak Belajar, atau rusak (%(why)s).", file=str(file), why=str(fault))
            ) from fault
        if about.format != FORMAT:
            raise BackupFault(N_("Cadangan ini dibuat oleh versi program yang lebih baru. Perbarui program dahulu."))
        yield about, place


def restore_files(place: Path, instance: Path) -> None:
    """Put the kept files of a backup in place of those that are there."""
    for name in KEPT:
        source, target = place / "instance" / name, instance / name
        if not source.exists():
            continue
        if target.is_dir():
            shutil.rmtree(target)
        shutil.move(source, target)
        if name == KEY_FILE:
            target.chmod(0o600)


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    """Unpack one file that a backup of ours may hold; links, and names that lead elsewhere, are not among them."""
    parts = PurePosixPath(member.name).parts
    known = member.name in {ABOUT, SQLITE, POSTGRES} or (len(parts) > 1 and parts[0] == "instance" and parts[1] in KEPT)
    source = archive.extractfile(member) if known and member.isfile() and ".." not in parts else None
    if source is None:
        return
    target = place.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("wb") as file:
        shutil.copyfileobj(source, file)


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A folder on the same disk that nobody else can read, gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".rak-", dir=folder) as name:
        yield Path(name)
