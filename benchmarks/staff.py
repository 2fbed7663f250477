"""`python -m benchmarks.staff`: the pages that staff and trainers decide from, over a crowd of tens of thousands.

Asked of the app in this process, without a network, each page in turns with a bare Flask view that returns the same
body. The database is made once and kept in its folder. CPU is this process's: SQLite works in it, PostgreSQL beside it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from flask import Flask
from sqlalchemy import event

from app import clock
from app.db import db, let_go
from app.figures.operations import keep_figures
from benchmarks.authoring import Desk, bare, told, took
from benchmarks.content import COURSE, copy_courses
from benchmarks.crowd import Crowd, crowd
from benchmarks.figures import markdown_table
from benchmarks.filling import measured_app
from benchmarks.postgresql import own_server
from benchmarks.processes import BenchFault
from benchmarks.visitors import visitor

OPENED: Final = 300  # milliseconds, the target of a page
KEPT: Final = 10_000  # of an Excel file
COMPETENCIES: Final = "/reports/competencies"
TEACHING: Final = f"/teaching/courses/{COURSE}"
PAGES: Final = {
    "groups: kinds": f"{COMPETENCIES}?rows=kinds",
    "groups: sub-districts": f"{COMPETENCIES}?rows=districts",
    "groups: organisations": f"{COMPETENCIES}?rows=organisations",
    "groups of a cohort": f"{COMPETENCIES}?cohort=1",
    "groups of a kind, organisations": f"{COMPETENCIES}?rows=organisations&kind=village",
    "people": f"{COMPETENCIES}/people",
    "people, the last page": f"{COMPETENCIES}/people?page=99999",
    "people by a competency": f"{COMPETENCIES}/people?competency=F2.klasifikasi",
    "people in a state": f"{COMPETENCIES}/people?competency=F2.klasifikasi&state=needs_support",
    "people of a sub-district": f"{COMPETENCIES}/people?district=1",
    "people by a part of the name": f"{COMPETENCIES}/people?q=siti",
    "one person": "/reports/people/{learner}/competencies",
    "answers behind a score": "/reports/people/{learner}/competencies?competency=F2.klasifikasi",
    "who needs help": f"{COMPETENCIES}/help",
    "help, inactive": f"{COMPETENCIES}/help?reason=inactive",
    "help in a sub-district": f"{COMPETENCIES}/help?district=1",
    "gain": "/reports/gain",
    "gain of a sub-district": "/reports/gain?district=1",
    "trend, 12 weeks": "/reports/trend",
    "trend, 52 weeks": "/reports/trend?weeks=52",
    "trend of a sub-district": "/reports/trend?district=1",
    "summary": "/reports/summary",
    "summary of a sub-district": "/reports/summary?district=1",
    "gradebook": f"{TEACHING}/gradebook",
    "gradebook, the last page": f"{TEACHING}/gradebook?page=99999",
    "gradebook by total": f"{TEACHING}/gradebook?sort=total",
    "gradebook of a cohort": f"{TEACHING}/gradebook?cohort=1",
    "at risk": f"{TEACHING}/at-risk",
    "at risk in a cohort": f"{TEACHING}/at-risk?cohort=1",
}
FILES: Final = {
    "people.csv": f"{COMPETENCIES}/people.csv",
    "people.xlsx": f"{COMPETENCIES}/people.xlsx",
    "help.xlsx": f"{COMPETENCIES}/help.xlsx",
    "gradebook.xlsx": f"{TEACHING}/gradebook.xlsx",
}


@dataclass
class _Asked:
    """The statements that a request sends, each with how long the database took to begin its answer (ms)."""

    statements: list[tuple[float, str, Any]]
    began: float = 0.0


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.staff", description=(__doc__ or "").partition("\n\n")[2]
    )
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--answers", type=int, help="about so many (default: 100 or, on PostgreSQL, 200 for each)")
    parser.add_argument("--folder", type=Path, help="where the database is kept (default: one for each size)")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default="", help="pages and files whose name contains this")
    parser.add_argument("--statements", action="store_true", help="tell the statements of each page, the slowest first")
    parser.add_argument("--no-files", action="store_true", help="pages alone")
    return parser.parse_args()


def measured(app: Flask, people: Crowd, asked: argparse.Namespace) -> Iterator[str]:
    """The report, part by part."""
    readers = (people.staff, people.trainer)
    desks = [Desk(app.test_client(use_cookies=False), visitor(app, each).cookie) for each in readers]

    def desk(path: str) -> Desk:
        return desks[path.startswith(TEACHING)]

    kept = took(lambda: _keep(app))
    yield f"{people.people:,} people, {people.attempts:,} attempts, {people.answers:,} answers; {asked.database}."
    yield f"Made by the chores each hour: {kept.wall / 1000:.0f} s, {kept.cpu / 1000:.0f} s of CPU here.\n"
    heads = ["ms", "CPU ms", "worst ms", "x bare", "statements", "target"]
    chosen = {name: path for name, path in PAGES.items() if asked.only in name}
    if chosen:
        yield markdown_table(
            ["page", *heads], [_page(app, desk(each[1]), each, people, asked) for each in chosen.items()]
        )
    files = {name: path for name, path in FILES.items() if asked.only in name and not asked.no_files}
    if files:
        heads = ["file", "seconds", "CPU s", "KiB", "most memory, MiB more", "target"]
        yield "\n" + markdown_table(heads, [_file(desk(each[1]), *each) for each in files.items()])


def _keep(app: Flask) -> None:
    """Make what the chores make each hour."""
    with app.app_context():
        keep_figures(clock.now)
        let_go()


def _page(app: Flask, desk: Desk, named: tuple[str, str], people: Crowd, asked: argparse.Namespace) -> list[str]:
    name, path = named[0], named[1].format(learner=people.learner)
    ask = bare(desk.get(path))  # the first time: templates are compiled, the database's pages fetched
    with _counted(app) as found:
        desk.get(path)
    pairs = [(took(lambda: desk.get(path)), took(ask)) for _ in range(asked.repeats)]
    if asked.statements:
        for spent, statement, values in sorted(found.statements, key=lambda each: -each[0])[:4]:
            print(f"-- {name}: {spent:.0f} ms\n{statement}\n-- {values}\n", file=sys.stderr)
    row = told(*map(list, zip(*pairs, strict=True)))
    print(name, *row, file=sys.stderr, flush=True)  # for whoever waits
    return [name, *row, str(len(found.statements)), f"< {OPENED}"]


def _file(desk: Desk, name: str, path: str) -> list[str]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = 0

    def fetch() -> None:
        nonlocal size
        answer = desk.client.get(path, headers={"Cookie": desk.cookie}, buffered=False)
        size = sum(len(part) for part in answer.iter_encoded())  # nobody keeps it: a browser would not either
        answer.close()

    times = took(fetch)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    target = f"< {KEPT // 1000}" if name.endswith("xlsx") else ""
    return [name, f"{times.wall / 1000:.1f}", f"{times.cpu / 1000:.1f}", f"{size // 1024:,}", str(grown), target]


@contextmanager
def _counted(app: Flask) -> Iterator[_Asked]:
    """What is sent to the database while the block runs."""
    found = _Asked([])
    with app.app_context():
        engine = db.engine

    def before(*_: Any) -> None:
        found.began = perf_counter()

    def after(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        found.statements.append((1000 * (perf_counter() - found.began), statement, values))

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)


def main() -> int:
    """Fill where nothing is, measure and tell; 1 where something was not as it must be."""
    asked = arguments()
    folder = asked.folder or Path(tempfile.gettempdir()) / f"rak-bench-staff-{asked.database}-{asked.people}"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        url = stack.enter_context(own_server(folder)) if asked.database == "postgresql" else ""
        courses = folder / "courses"
        if not courses.exists():
            copy_courses(courses)
        app = measured_app(folder, courses, url)
        answers = asked.answers or asked.people * (200 if url else 100)
        try:
            for part in measured(app, crowd(app, folder, courses, asked.people, answers), asked):
                print(part, flush=True)
        except BenchFault as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
