"""Servers in processes of their own, and what the kernel says they used."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
TICKS: Final = os.sysconf("SC_CLK_TCK")  # of a second, in /proc/<pid>/stat
START_LIMIT: Final = 60.0  # seconds


class BenchFault(Exception):
    """Why nothing was measured."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, the process that was started, and how long it took to its first answer (seconds)."""

    name: str
    port: int
    pid: int
    started_in: float

    def processes(self) -> list[int]:
        """The process and all it started, down to the last grandchild."""
        found = [self.pid]
        for pid in found:
            found += _children(pid)
        return found

    def cpu_seconds(self) -> float:
        """User and system time of all its living processes so far."""
        return sum(_cpu_ticks(pid) for pid in self.processes()) / TICKS

    def memory_megabytes(self) -> dict[str, float]:
        """Proportional set size (MB of 10^6 bytes) of each process, by pid and command."""
        return {f"{_command(pid)} ({pid})": _pss(pid) / 1e6 for pid in self.processes()}


def refuse_taken(port: int) -> None:
    """A stray server on the port would share the traffic in silence. Raises BenchFault."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what the last run let go is free
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError as fault:
            raise BenchFault(
                f"port {port} is taken: {fault}. End what runs there, or choose others with --port."
            ) from fault


@contextmanager
def serving(
    name: str, command: Sequence[str], port: int, environment: Mapping[str, str], log: Path
) -> Iterator[Server]:
    """Start `command` and wait for its first answer to GET /about; end the group afterwards. Raises BenchFault."""
    refuse_taken(port)
    with log.open("w") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            took = _first_answer(port, process, began, log)
            yield Server(name, port, process.pid, took)
        finally:
            _end(process)


def python(*arguments: str) -> list[str]:
    """A command line of this interpreter."""
    return [sys.executable, *arguments]


def _first_answer(port: int, process: subprocess.Popen[bytes], began: float, log: Path) -> float:
    while time.perf_counter() - began < START_LIMIT and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=START_LIMIT) as probe:
                probe.sendall(b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                answer = probe.recv(65536)
        except OSError:
            time.sleep(0.01)
            continue
        if answer.startswith(b"HTTP/1.1 200"):
            return time.perf_counter() - began
        raise BenchFault(f"the first answer was {answer[:200]!r}")
    raise BenchFault(f"the server did not start:\n{log.read_text()}")


def _end(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(timeout=15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []  # it has ended


def _cpu_ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])  # utime and stime; the name before them may hold blanks


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _command(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return " ".join(Path(word.decode()).name for word in words[:6] if word and not word.startswith(b"-"))[:60] or "?"
