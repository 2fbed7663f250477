"""Two processes side by side: a stand-in server and stand-in chores, kept and ended by the real supervisor."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from app.chores import supervisor
from app.chores.supervisor import Pair, answers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent here as POSIX knows them")


class Silent(BaseHTTPRequestHandler):
    """Answers everything."""

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


def serve(port: int, notes: Path) -> None:
    note(notes, "server")
    HTTPServer(("127.0.0.1", port), Silent).serve_forever()


def work(notes: Path) -> None:
    note(notes, "chores")
    time.sleep(600)


def end_at_once(notes: Path) -> None:
    note(notes, "chores")
    sys.exit(3)


def ignore_the_signal(notes: Path) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    work(notes)


def note(notes: Path, name: str) -> None:
    with notes.open("a") as file:
        file.write(f"{name} {os.getpid()}\n")


def started(notes: Path, name: str) -> list[int]:
    lines = notes.read_text().splitlines() if notes.exists() else []
    return [int(line.split()[1]) for line in lines if line.startswith(name)]


def until(true: Callable[[], object]) -> None:
    """Wait; a bound on hanging only."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen")


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def supervising(port: int, notes: Path, chores: Callable[[Path], None] = work) -> BaseProcess:
    """The supervisor in a process of its own."""
    pair = Pair(
        partial(serve, port, notes), partial(chores, notes), partial(answers, "127.0.0.1", port), "http://127.0.0.1"
    )

    def run() -> None:
        sys.stdout = (notes.with_name("said")).open("w", buffering=1)
        sys.exit(pair.supervise())

    process = get_context("fork").Process(target=run)
    process.start()
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_both_run_and_end_together_when_asked(port: int, notes: Path, number: signal.Signals) -> None:
    process = supervising(port, notes)
    until(lambda: started(notes, "chores"))
    both = started(notes, "server") + started(notes, "chores")
    assert len(both) == 2
    assert all(runs(each) for each in both)
    assert process.pid is not None
    os.kill(process.pid, number)
    process.join(60)
    assert process.exitcode == 0
    assert not any(runs(each) for each in both)
    assert notes.with_name("said").read_text() == "Rak Belajar siap: http://127.0.0.1\n"


def test_where_the_server_ends_by_itself_so_do_the_chores_and_the_status_says_so(port: int, notes: Path) -> None:
    process = supervising(port, notes)
    until(lambda: started(notes, "chores"))
    os.kill(*started(notes, "server"), signal.SIGKILL)
    process.join(60)
    assert process.exitcode not in (0, None)
    assert not runs(*started(notes, "chores"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_a_server_does_not_outlive_a_supervisor_that_was_killed_and_keep_its_port(port: int, notes: Path) -> None:
    process = supervising(port, notes)
    until(lambda: answers("127.0.0.1", port))
    process.kill()
    process.join(60)
    until(lambda: not answers("127.0.0.1", port))


def test_chores_that_end_are_started_again(port: int, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "CHORES_PAUSE", 0.05)
    process = supervising(port, notes, end_at_once)
    until(lambda: len(started(notes, "chores")) >= 3)
    assert len(started(notes, "server")) == 1
    process.terminate()
    process.join(60)


def test_what_does_not_end_when_asked_is_ended(port: int, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE", 0.2)
    process = supervising(port, notes, ignore_the_signal)
    until(lambda: started(notes, "chores"))
    process.terminate()
    process.join(60)
    assert not runs(*started(notes, "chores"))


def test_only_a_server_that_speaks_http_answers(port: int) -> None:
    assert not answers("127.0.0.1", port)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", port))
        deaf.listen()
        assert not answers("127.0.0.1", port)
