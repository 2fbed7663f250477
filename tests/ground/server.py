"""The real server in a process of its own, as `make run` and `make serve` start it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.ground.commands import command, environment, flask
from tests.ground.database import DEMONSTRATION, Databases, written
from tests.ground.folder import ROOT, abandoned_folders, run_folder

_MARK: Final = "server-"
_TRIES: Final = 1200  # a tenth of a second each: a bound on hanging, not a claim about speed


@dataclass(frozen=True)
class Server:
    """A running server: its address, the process that keeps it running, and the settings it was started with."""

    url: str
    process: int
    settings: Mapping[str, str]

    def flask(self, *arguments: str) -> str:
        """What `flask --app wsgi <arguments>` prints, run beside the server on its database."""
        return flask(self.settings, *arguments)


@contextmanager
def serving(settings: Mapping[str, str], log: Path) -> Iterator[Server]:
    """The server on a port nobody uses, until the block ends; with it go the processes it started."""
    port = free_port()
    with log.open("a") as output:
        process = subprocess.Popen(
            command("serve"),
            cwd=ROOT,
            env={**settings, "PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        mark = run_folder() / f"{_MARK}{process.pid}"
        mark.touch()
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_answered(url, process, log)
            yield Server(url, process.pid, settings)
        finally:
            _end(process)
            mark.unlink()


@pytest.fixture(scope="module")
def server(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server on SQLite over the demonstration, for the tests of one file."""
    yield from _demonstration("sqlite", worker_id, tmp_path_factory)


@pytest.fixture(scope="module")
def postgres_server(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same on PostgreSQL."""
    yield from _demonstration("postgresql", worker_id, tmp_path_factory)


def pytest_unconfigure(config: pytest.Config) -> None:
    """A process that was killed outright could not end its server; the first one of this run, or of the next, does."""
    if hasattr(config, "workerinput"):
        return
    for folder in (run_folder(), *abandoned_folders()):
        for mark in folder.glob(f"{_MARK}*"):
            process = int(mark.name.removeprefix(_MARK))
            if _belongs_to(process, folder):
                with suppress(ProcessLookupError):
                    os.killpg(process, signal.SIGKILL)


def _belongs_to(process: int, folder: Path) -> bool:
    """Numbers of processes are used again: only one that was started with this folder in its environment is ours."""
    try:
        return str(folder).encode() in Path(f"/proc/{process}/environ").read_bytes()
    except OSError:
        return False


def _demonstration(kind: str, worker: str, folders: pytest.TempPathFactory) -> Iterator[Server]:
    databases = Databases(kind, worker)
    url = databases.copy(DEMONSTRATION)
    folder = folders.mktemp("server")
    courses = Path(shutil.copytree(DEMONSTRATION.courses, folder / "courses"))  # what is published is written there
    settings = environment(written(url), folder / "instance", courses, demo=True)
    with serving(settings, folder / "server.log") as running:
        yield running
    databases.drop(url)


def free_port() -> int:
    """A port below those that outgoing connections are given, so that none of them takes it in between."""
    for port in random.Random().sample(range(15_000, 30_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("No free port for the server.", pytrace=False)


def _wait_until_answered(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(_TRIES):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 (our own server)
            return
        except urllib.error.HTTPError as answer:
            answer.close()
            return  # refusing is answering
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text()}", pytrace=False)


def _end(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(timeout=20)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
