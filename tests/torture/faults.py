"""What befalls a site: processes killed outright, a full disk, a database that may only be read or is held, a clock."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Thread
from time import sleep
from typing import Final

import psycopg

from tests.torture.crowd import Crowd
from tests.torture.postgres import Postgres
from tests.torture.sites import Kept, Site

SMALL: Final = {"sqlite": 24, "postgresql": 160}  # MB of the file system that is filled
Fault = Callable[[Site], AbstractContextManager[None]]

EVERYTHING: Final = slice(None)
# `Kept.processes` lists the supervisor, what it started (server and chores), and then the server's workers.
PARTS: Final = {"everything": EVERYTHING, "supervisor": slice(1), "server": slice(1, 2), "a worker": slice(-1, None)}


def kill_now_and_then(kept: Kept, moments: list[float], crowd: Crowd, chance: Random, parts: Sequence[str]) -> Thread:
    """Kill at these seconds of the run, each time one of the named parts."""

    def work() -> None:
        for moment in moments:
            sleep(max(0.0, moment - crowd.now()))
            kept.kill(PARTS[chance.choice(parts)])

    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def may_mount() -> bool:
    """Whether a file system may be mounted here."""
    tried = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return os.geteuid() == 0 and subprocess.run(tried, check=False, capture_output=True).returncode == 0


@contextmanager
def small_file_system(folder: Path, megabytes: int) -> Iterator[None]:
    """A file system of its own at an empty folder."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def filled(folder: Path) -> Fault:
    """Not a byte is left on the file system of a folder."""

    @contextmanager
    def fault(site: Site) -> Iterator[None]:
        ballast = folder / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * 4096)
        yield
        ballast.unlink()

    return fault


@contextmanager
def no_file_may_grow(site: Site) -> Iterator[None]:
    """The same as far as the server can tell, where nothing may be mounted: its writes fail."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in site.server.processes()}
    for pid, (_, most) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, most))
    yield
    for pid, limits in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def only_to_be_read(site: Site) -> Iterator[None]:
    """The database's files and their folder lose the right to be written.

    A process keeps the rights with which it opened a file, so the workers are killed: those that follow open it so.
    """
    folder = site.folder / "instance"
    files = [each for each in folder.iterdir() if each.is_file()]
    before = {each: each.stat().st_mode for each in (folder, *files)}
    for each in files:
        each.chmod(0o444)
    folder.chmod(0o555)
    site.server.kill(slice(3, None))
    yield
    for each, mode in before.items():
        each.chmod(mode)


@contextmanager
def held(site: Site) -> Iterator[None]:
    """Another program holds the write lock."""
    with sqlite3.connect(site.folder / "instance" / "rak.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    other.close()


def clock_file(folder: Path) -> Path:
    """By how much the site's clock is wrong."""
    return folder / "clock"


@contextmanager
def clock_moved(site: Site) -> Iterator[None]:
    """A day ahead, then a day behind, then right again."""
    file = clock_file(site.folder)
    file.write_text("86400")
    sleep(3)
    file.write_text("-86400")
    yield
    file.write_text("0")


def refuses_to_write(server: Postgres) -> Fault:
    """Every transaction may only read."""

    @contextmanager
    def fault(site: Site) -> Iterator[None]:
        server.execute("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
        yield
        mine = "SET default_transaction_read_only = off"
        server.execute(mine, "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")

    return fault


def table_held(server: Postgres) -> Fault:
    """Somebody holds the table of answers, so that nobody else writes it."""

    @contextmanager
    def fault(site: Site) -> Iterator[None]:
        with psycopg.connect(server.url) as other:
            other.execute("LOCK TABLE answer IN EXCLUSIVE MODE")
            yield
            other.rollback()

    return fault
