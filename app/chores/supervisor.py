"""Keeps the server and the chores running side by side, and ends both together.

Both begin as copies of this process where that is possible (Linux): what it has loaded, they share, so that three
processes with the whole application cost little more memory than one. Elsewhere they load it themselves.
"""

from __future__ import annotations

import ctypes
import gc
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from time import monotonic
from types import FrameType
from typing import Final

import click

POLL: Final = 0.1  # seconds
PATIENCE: Final = 15.0  # seconds that a child has for ending by itself
CHORES_PAUSE: Final = 3.0  # seconds before chores that ended are started again
ANSWER_LIMIT: Final = 60.0  # seconds after which a person is told that the first answer does not come

PR_SET_PDEATHSIG: Final = 1  # of <sys/prctl.h>

Work = Callable[[], None]


def ways_to_begin() -> BaseContext:
    """How children begin here: as copies on Linux, else from nothing."""
    return get_context("fork" if sys.platform == "linux" else "spawn")


def answers(host: str, port: int) -> bool:
    """Whether an HTTP server answers there."""
    request = f"HEAD /about HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    try:
        with socket.create_connection((host, port), timeout=1) as line:
            line.sendall(request)
            return line.recv(5) == b"HTTP/"
    except OSError:
        return False


@dataclass
class Pair:
    """The two processes. `server` and `chores` are what they do, and must be picklable where they cannot be copies.

    `ready` tells whether the server answers, at `url`.
    """

    server: Work
    chores: Work
    ready: Callable[[], bool]
    url: str
    began_at: float = field(default_factory=monotonic)
    settled: bool = False  # whether the server has answered, or was given up waiting for
    serving: BaseProcess | None = None
    working: BaseProcess | None = None
    working_from: float = 0.0

    def supervise(self) -> int:
        """Run both until asked to end (SIGTERM, SIGINT), or until the server ends by itself. Tells the exit status."""
        asked: SimpleQueue[int] = SimpleQueue()  # its put() may interrupt anything

        def ask(number: int, frame: FrameType | None) -> None:
            asked.put(number)

        gc.collect()
        gc.freeze()  # what is loaded by now is never looked through again, so its memory stays shared
        self.serving = _begin(self.server)
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, ask)
        try:
            while self.serving.is_alive():
                self.look(monotonic())
                try:
                    asked.get(timeout=POLL)
                except Empty:
                    continue
                return 0
            click.echo(f"Server berhenti sendiri (kode {self.serving.exitcode}).", err=True)
            return self.serving.exitcode or 1
        finally:
            self.end()

    def look(self, moment: float) -> None:
        """Say once that the server answers, and start the chores where they do not run."""
        if self.working is not None and not self.working.is_alive():
            click.echo(f"Tugas latar berhenti (kode {self.working.exitcode}) dan dijalankan lagi.", err=True)
            self.working, self.working_from = None, moment + CHORES_PAUSE
        if not self.settled and self.ready():
            self.settled = True
            click.echo(f"Rak Belajar siap: {self.url}")
        elif not self.settled and moment - self.began_at > ANSWER_LIMIT:
            self.settled = True
            click.echo("Server belum juga menjawab. Baca pesan di atas, hentikan (Ctrl+C), lalu coba lagi.", err=True)
        if self.working is None and self.settled and moment >= self.working_from:  # before, the server needs the cores
            self.working = _begin(self.chores)

    def end(self) -> None:
        """Ask both to end, wait, and end what does not."""
        running = [each for each in (self.working, self.serving) if each is not None]
        for each in running:
            each.terminate()
        latest = monotonic() + PATIENCE
        for each in running:
            each.join(max(0.1, latest - monotonic()))
            if each.is_alive():
                each.kill()
                each.join()


def _begin(work: Work) -> BaseProcess:
    child: BaseProcess = ways_to_begin().Process(target=_child, args=(work,))  # type: ignore[attr-defined]
    child.start()
    return child


def end_with_parent(how: signal.Signals) -> None:
    """Let the system send this process a signal once its parent is gone, however that ended (Linux; else nothing).

    A server that outlives whoever supervises it would keep its port, and every new start would be refused.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)


def _child(work: Work) -> None:
    """Begin like a new process: nothing here of the parent's signal handlers or of the request or app it was in."""
    end_with_parent(signal.SIGTERM)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    Context().run(work)
