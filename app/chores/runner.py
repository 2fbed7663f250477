"""The runner: each second it looks whether something must happen. Nothing that goes wrong ends it."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from secrets import token_hex
from threading import Thread
from time import sleep
from types import FrameType
from typing import Final, cast

from flask import Flask, current_app

from app.catalogue.operations import SyncReport, publish_due, sync
from app.catalogue.operations.pads import remove_old
from app.chores.operations import LEASE, give_up_lease, host, take_lease
from app.clock import now as this_moment
from app.competencies.operations import BATCH, fold_grown_counts, refold_due
from app.figures.operations import any_due, keep_figures
from app.marking.operations.finishing import close_overdue
from app.people.operations import forget_failures
from app.uploads.operations import remove_unused

log = logging.getLogger(__name__)

LEASE_LASTS: Final = timedelta(seconds=15)
RENEW_AFTER: Final = timedelta(seconds=5)
PAUSE: Final = 1.0  # seconds between two looks
LONGEST_PAUSE: Final = 30.0  # where one look after the other fails
FULL_LOOK_EVERY: Final = timedelta(seconds=30)  # a file changed without a new time or size is found then
SWEEP_EVERY: Final = timedelta(hours=1)  # what nobody needs any more is removed then
CLOSE_EVERY: Final = timedelta(
    seconds=10
)  # attempts whose time ran out are closed then, and drafts that are due published
FIGURES_EVERY: Final = timedelta(minutes=1)  # figures over everybody that are an hour old are looked for then
REFOLD_EVERY: Final = timedelta(minutes=5)  # scores that hold no longer are looked for then, and made anew
SETTLE: Final = 0.2  # seconds in which a folder must not change, so that a half-copied one is not published

Marks = tuple[tuple[str, int, int], ...]


def marks_of(folder: Path) -> Marks:
    """Path, time of change (ns) and size of every file below a folder: cheap to look at, and different after a change.

    Raises OSError where the folder cannot be read.
    """
    found = []
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found.append(_mark(entry))
    return tuple(sorted(found))


def _mark(entry: os.DirEntry[str]) -> tuple[str, int, int]:
    try:
        known = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return entry.path, 0, 0  # removed since it was listed
    return entry.path, known.st_mtime_ns, known.st_size


def settled(folder: Path, marks: Marks, pause: Callable[[float], None] = sleep) -> Marks:
    """The marks of a folder once nobody is writing in it; after five looks, as they are then."""
    for _ in range(5):
        pause(SETTLE)
        later = marks_of(folder)
        if later == marks:
            break
        marks = later
    return marks


def is_due(last: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether something is to be done again; also where the clock was put back since the last time."""
    return last is None or not last <= now < last + every


@dataclass
class Runner:
    """One process that would do the chores. `look` is called once a second inside an app context."""

    folder: Path
    holder: str = field(default_factory=lambda: f"{host()}{os.getpid()}:{token_hex(4)}")
    held_until: datetime | None = None
    renewed_at: datetime | None = None
    marks: Marks | None = None  # None: not looked yet
    looked_at: datetime | None = None
    swept_at: datetime | None = None
    closed_at: datetime | None = None
    refolded_at: datetime | None = None
    figures_at: datetime | None = None
    keeping: Thread | None = None  # who makes figures: what takes seconds must not keep a course from being published

    def look(self, now: datetime) -> SyncReport | None:
        """Do what is due. Tells what a look at the folders came to.

        None where none was needed, or where another host holds the lease.
        """
        if not self._holds(now):
            self.marks = None  # whoever held it since has looked for itself; begin anew
            return None
        self._sweep(now)
        self._close(now)
        self._refold(now)
        self._keep_figures(now)
        marks = marks_of(self.folder)
        due = is_due(self.looked_at, FULL_LOOK_EVERY, now)
        if marks == self.marks and not due:
            return None
        if marks != self.marks and self.marks is not None:
            marks = settled(self.folder, marks)
        report = sync(self.folder, now=now, recheck=self.marks is None)
        self.marks, self.looked_at = marks, now
        _tell(report)
        return report

    def end(self) -> None:
        """Give the lease up, where this process holds it."""
        if self.held_until is not None:
            give_up_lease(LEASE, self.holder)
            self.held_until = None

    def _sweep(self, now: datetime) -> None:
        if not is_due(self.swept_at, SWEEP_EVERY, now):
            return
        self.swept_at = now  # first, so that a sweep that fails does not keep courses from being published
        forget_failures(now=now)
        remove_unused(now=now)
        remove_old(now=now)
        fold_grown_counts()

    def _close(self, now: datetime) -> None:
        if not is_due(self.closed_at, CLOSE_EVERY, now):
            return
        self.closed_at = now
        close_overdue(now=now)
        for slug in publish_due(self.folder, now=now):
            log.info("published %s at its time", slug)

    def _refold(self, now: datetime) -> None:
        """A batch of people at a look, so that nobody who hands in waits long; more at the next look."""
        if is_due(self.refolded_at, REFOLD_EVERY, now):
            self.refolded_at = now  # first, as above
            if refold_due(now=now) == BATCH:
                self.refolded_at = None

    def _keep_figures(self, now: datetime) -> None:
        if not is_due(self.figures_at, FIGURES_EVERY, now) or (self.keeping and self.keeping.is_alive()):
            return
        self.figures_at = now
        if any_due(now):
            app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]  # a proxy
            self.keeping = Thread(target=_keep_figures, args=(app,), daemon=True)
            self.keeping.start()

    def _holds(self, now: datetime) -> bool:
        if self.held_until is None or is_due(self.renewed_at, RENEW_AFTER, now):
            was_held = self.held_until is not None
            self.held_until = take_lease(LEASE, self.holder, now=now, lasts=LEASE_LASTS)
            self.renewed_at = now
            if was_held != (self.held_until is not None):
                log.info("the chores are %s", "someone else's now" if was_held else f"mine: {self.holder}")
        return self.held_until is not None


def _keep_figures(app: Flask) -> None:
    try:
        with app.app_context():
            keep_figures(this_moment)
    except Exception:
        log.exception("figures over everybody could not be made; in an hour at the latest they are tried again")


def run(app: Flask) -> None:
    """Do the chores until the process is asked to end (SIGTERM, SIGINT)."""
    asked: SimpleQueue[int] = SimpleQueue()  # its put() may interrupt anything, also itself

    def ask(number: int, frame: FrameType | None) -> None:
        asked.put(number)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, ask)
    runner = Runner(app.extensions["settings"].courses)
    failures = 0
    while True:
        failures = 0 if _safely(app, lambda: runner.look(this_moment())) else failures + 1
        try:
            asked.get(timeout=min(PAUSE * 2**failures, LONGEST_PAUSE) if failures < 6 else LONGEST_PAUSE)
            break
        except Empty:
            continue
    _safely(app, runner.end)


def _safely(app: Flask, chore: Callable[[], object]) -> bool:
    """Whether the chore went well; if not, the log says why."""
    try:
        with app.app_context():
            chore()
    except Exception:
        log.exception("a chore failed; it is tried again")
        return False
    return True


def _tell(report: SyncReport) -> None:
    for slug in report.published:
        log.info("published %s", slug)
    for slug in sorted(report.fresh):
        for fault in report.faults[slug]:
            log.warning("not published: %s", fault)
