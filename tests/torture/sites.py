"""A whole site to be tortured: database, server and chores, kept running as a machine's init would keep them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Final

from flask import Flask
from sqlalchemy import select

from app import clock, create_app
from app.catalogue.operations import sync
from app.chores.supervisor import answers
from app.db import begin_write, db, let_go, upgrade_database
from app.demonstration.operations.rows import person_row, store_people
from app.people.permissions import Role
from app.quizzes.models import Answer, Attempt, Mark
from benchmarks.processes import Server
from benchmarks.visitors import Visitor, visitor
from tests.ground.commands import SECRET, environment
from tests.ground.folder import ROOT
from tests.ground.server import free_port
from tests.torture.crowd import Crowd
from tests.torture.journal import Row, Stored
from tests.torture.paper import write_course

RESTART_AFTER: Final = 0.2  # seconds
START_LIMIT: Final = 60.0


@dataclass
class Kept:
    """A program that is started again whenever it ends, until it is to stop; as systemd's Restart=always does it."""

    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    user: str | None = None
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None
    _stopping: Event = field(default_factory=Event)

    def begin(self) -> None:
        """Start it, and watch it."""
        self._start()
        self._watch = Thread(target=self._keep, daemon=True)
        self._watch.start()

    def end(self) -> None:
        """Stop it for good."""
        self._stopping.set()
        assert self.process
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(self.process.pid, how)
                self.process.wait(timeout=20)
        self._watch.join()

    def processes(self) -> list[int]:
        """The program's main process first, then all it started, down to the last grandchild."""
        assert self.process
        return Server("", 0, self.process.pid, 0.0).processes()

    def kill(self, which: slice = slice(None)) -> int:
        """`kill -9` some of its processes (as `processes` lists them); how many."""
        chosen = self.processes()[which]
        for pid in chosen:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(chosen)

    def _start(self) -> None:
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **({"user": self.user, "extra_groups": []} if self.user else {}),
            )
        self.starts += 1

    def _keep(self) -> None:
        while not self._stopping.is_set():
            assert self.process
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.2)
                self._stopping.wait(RESTART_AFTER)
                if not self._stopping.is_set():
                    self._start()


@dataclass
class Site:
    """A site with its learners. `app` looks into its database from here."""

    app: Flask
    server: Kept
    port: int
    folder: Path
    visitors: Sequence[Visitor]

    def crowd(self) -> Crowd:
        """People in front of it."""
        return Crowd(self.port)

    def wait(self) -> None:
        """Until it answers. Raises TimeoutError with what it said."""
        latest = time.monotonic() + START_LIMIT
        while time.monotonic() < latest:
            if answers("127.0.0.1", self.port):
                return
            time.sleep(0.05)
        raise TimeoutError(self.server.log.read_text())

    def stored(self) -> dict[int, Stored]:
        """Every attempt of these learners, by its id."""
        mine = {each.person_id for each in self.visitors}
        with self.app.app_context():
            rows: dict[int, list[Row]] = {}
            for each in db.session.scalars(select(Answer)):
                row = Row(each.slot, each.seq, each.response, each.page_token)
                rows.setdefault(each.attempt_id, []).append(row)
            marks: dict[int, dict[int, float | None]] = {}
            for mark in db.session.scalars(select(Mark)):
                marks.setdefault(mark.attempt_id, {})[mark.slot] = mark.fraction
            found = {
                each.id: Stored(
                    each.person_id, each.state, each.fraction, rows.get(each.id, []), marks.get(each.id, {})
                )
                for each in db.session.scalars(select(Attempt))
                if each.person_id in mine
            }
            let_go()
        return found


@contextmanager
def site(folder: Path, database_url: str, learners: int, clock_file: Path | None = None) -> Iterator[Site]:
    """A site over an empty database, its files in a folder; where a clock is given, the server reads that one."""
    courses = write_course(folder / "courses")
    settings = environment(database_url, folder / "instance", courses, demo=False)
    app = create_app(
        {"instance": folder / "instance", "courses": courses, "database_url": database_url, "secret_key": SECRET}
    )
    visitors = fill(app, courses, learners)
    port = free_port()
    settings["PORT"] = str(port)
    command = ["-m", "flask", "--app", "wsgi", "serve"]
    if clock_file:
        clock_file.write_text("0")
        settings["TORTURE_CLOCK"] = str(clock_file)
        command = ["-m", "tests.torture.clocked"]
    server = Kept([*bound_by_rights(), sys.executable, *command], settings, folder / "server.log")
    made = Site(app, server, port, folder, visitors)
    server.begin()
    try:
        made.wait()
        yield made
    finally:
        server.end()
        with app.app_context():
            let_go()


def fill(app: Flask, courses: Path, learners: int) -> list[Visitor]:
    """Tables, course and learners; each with a browser that is signed in."""
    before = os.umask(0o077)
    try:
        with app.app_context():
            upgrade_database(courses.parent / "instance")
    finally:
        os.umask(before)
    with app.app_context():
        now = clock.now()
        sync(courses, now=now)
        begin_write()
        rows = [person_row(f"Peserta {each}", f"peserta{each}", created_at=now) for each in range(learners)]
        people = store_people(rows, [Role.LEARNER] * learners, now=now)
        db.session.commit()
        let_go()
    return [visitor(app, each) for each in people]


def bound_by_rights() -> list[str]:
    """What a command begins with so that the rights of files bind it, also where it is root that runs this."""
    return ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []
