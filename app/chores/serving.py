"""Getting ready to serve: a free port, a key, and what to run."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
from contextlib import suppress
from functools import partial
from logging import INFO
from multiprocessing import set_start_method
from typing import Final

from flask import Flask

from app.catalogue.queries import published
from app.chores.runner import run
from app.chores.supervisor import Pair, Work, answers, end_with_parent, ways_to_begin
from app.db import let_go
from app.errors import N_, Refusal
from app.settings import Settings, kept_secret_key, make_secret_key

M_MMAP_THRESHOLD: Final = -3  # of <malloc.h>
LARGE_BLOCK: Final = 1_000_000  # bytes
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # where a server of all addresses is asked


class PortTaken(Refusal):
    """Another program listens where the server would; sharing the port would split the visitors in silence."""

    def __init__(self, port: int) -> None:
        super().__init__(
            N_(
                "Port %(port)s sudah dipakai program lain. Hentikan program itu, "
                "atau pilih port lain, misalnya PORT=%(other)s.",
                port=port,
                other=port + 1,
            )
        )


class KeyMissing(Refusal):
    """No secret key: sessions could not be signed."""

    def __init__(self) -> None:
        super().__init__(
            N_("Kunci rahasia belum ada. Jalankan dahulu: .venv/bin/flask --app wsgi init (sekali saja, di awal).")
        )


def check_port(host: str, port: int) -> None:
    """Raises PortTaken where the port cannot be listened at."""
    family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, proto) as probe:
        if os.name == "posix":  # a port that was let go a moment ago is free; elsewhere the option means something else
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as fault:
            raise PortTaken(port) from fault


def check_key(app: Flask, settings: Settings) -> None:
    """See that sessions can be signed: a demonstration makes its own key. Raises KeyMissing."""
    if app.secret_key:
        return
    if not settings.demo:
        raise KeyMissing
    make_secret_key(settings.instance)
    app.secret_key = kept_secret_key(settings.instance)


def aside(work: Work) -> None:
    """Do something in a copy of this process, where that is possible: what only that loads is gone with it.

    Ends this process where it does not end well.
    """
    ways = ways_to_begin()
    if ways.get_start_method() != "fork":
        work()
        return
    copy = ways.Process(target=work)  # type: ignore[attr-defined]  # every context has it
    copy.start()
    copy.join()
    if copy.exitcode:
        sys.exit(copy.exitcode)


def give_memory_back() -> None:
    """Return large blocks to the system as soon as they are free: each sign-in takes 19 MiB for a moment.

    The C library of most Linuxes keeps them after the first otherwise, in every worker.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK)


def warm_up() -> None:
    """Load what every process would load for itself, and leave no connection open: copies must not share one."""
    published()
    let_go()


def pair_of(settings: Settings) -> Pair:
    """The server and the chores under these settings."""
    host = _EVERYWHERE.get(settings.host, settings.host)
    shown = f"[{host}]" if ":" in host else host
    return Pair(
        server=partial(run_server, settings.host, settings.port, settings.workers),
        chores=run_chores,
        ready=partial(answers, host, settings.port),
        url=f"http://{shown}:{settings.port}",
    )


def run_server(host: str, port: int, workers: int) -> None:
    """Be the web server until ended. One thread a worker: measured best, and SQLite has one writer anyway."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    give_memory_back()
    if sys.platform == "linux":
        set_start_method("fork", force=True)  # workers are copies too, also from Python 3.14 on
        os.register_at_fork(after_in_child=partial(end_with_parent, signal.SIGKILL))  # and nobody else would end them
    Granian(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def run_chores() -> None:
    """Do the chores of the app that the server serves, until ended."""
    from wsgi import app

    app.logger.setLevel(INFO)
    run(app)
