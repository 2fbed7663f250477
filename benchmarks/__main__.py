"""`python -m benchmarks`: fill, serve, drive, tell."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.aside import first_visit, statements
from benchmarks.client import Unexpected
from benchmarks.content import copy_courses
from benchmarks.filling import filled, measured_app, put_back
from benchmarks.measuring import Extent, Run, Site
from benchmarks.processes import ROOT, BenchFault, refuse_taken
from benchmarks.report import Aside, told
from benchmarks.servers import bare_servers, real_server, whole_start

RESULTS: Final = ROOT / "benchmarks" / "results"
FULL: Final = Extent(seconds=0.8, quizzes=100, sign_ins=40, repeats=5, connections=(8, 32))
QUICK: Final = Extent(seconds=0.3, quizzes=40, sign_ins=10, repeats=2, connections=(8, 32))
SMALL: Final = 200
LARGE: Final = 20_000
PORTS: Final = 5


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure against a bare Flask view.")
    parser.add_argument("--quick", action="store_true", help="a short run, to see that everything works")
    parser.add_argument("--repeats", type=int, help="repeats of everything (default: 5, quick: 2)")
    parser.add_argument("--large", type=int, default=LARGE, help="learners in the large database; 0 leaves it out")
    parser.add_argument("--port", type=int, default=8400, help=f"the first of {PORTS} ports that are used")
    parser.add_argument(
        "--cache", type=Path, default=Path(tempfile.gettempdir()) / "rak-bench", help="filled databases"
    )
    parser.add_argument("--no-file", action="store_true", help="print only, write no file in benchmarks/results/")
    return parser.parse_args()


def main() -> int:
    """Measure and tell; 1 where something was not as it must be."""
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end with it
    for name in [each for each in os.environ if each.startswith("RAK_")]:
        del os.environ[name]  # this host's own settings are not what is measured
    try:
        report = measure(asked)
    except (BenchFault, Unexpected) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(report)
    if not asked.no_file:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{datetime.now(UTC):%Y-%m-%d}.md").write_text(report)
    return 0


def measure(asked: argparse.Namespace) -> str:
    """The run. Raises BenchFault and Unexpected."""
    extent = QUICK if asked.quick else FULL
    for port in range(asked.port, asked.port + PORTS):
        refuse_taken(port)
    courses = copy_courses(asked.cache / "courses")
    sizes = {"app": SMALL} | ({"large": asked.large} if asked.large else {})
    databases = {}
    for name, people in sizes.items():
        say(f"filling {name}: {people} learners")
        databases[name] = filled(asked.cache / str(people), courses, people)
    with ExitStack() as stack:
        bodies = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rak-bench-")))
        apps = {name: measured_app(asked.cache / str(people), courses) for name, people in sizes.items()}
        sites = {}
        for number, (name, app) in enumerate(apps.items()):
            put_back(app, databases[name])  # what a run that was broken off left
            server = stack.enter_context(real_server(name, app, asked.port + number, bodies / f"{name}.log"))
            sites[name] = Site.over(app, databases[name], server)
        bare = stack.enter_context(bare_servers(apps["app"], asked.port + 2, bodies))
        run = Run(sites["app"], sites.get("large"), bare, bodies, extent)
        run.keep_bodies()
        say("statements, starts")
        log = bodies / "beside.log"
        with real_server("statements", apps["app"], asked.port + 4, log, RAK_BENCH_STATEMENTS="1") as told_by:
            counted = statements(sites["app"], told_by.port)
        starts = _starts(sites["app"], asked.port + 4, log)
        run.warm_up()
        repeats = asked.repeats or extent.repeats
        for repeat in range(1, repeats + 1):
            say(f"repeat {repeat} of {repeats}")
            run.once()
        memory = sites["app"].server.memory_megabytes()
        weights = first_visit(sites["app"])
        people = {name: (len(each.learners), each.answers) for name, each in databases.items()}
        return told(run.results, Aside(machine(repeats), people, counted, weights, memory, starts))


def _starts(site: Site, port: int, log: Path) -> dict[str, float]:
    alone, whole = "the server, started by itself", "flask serve, all up to date"
    found: dict[str, list[float]] = {alone: [], whole: []}
    for _ in range(3):
        with real_server(alone, site.app, port, log) as server:
            found[alone].append(server.started_in)
        with whole_start(site.app, port, log) as server:
            found[whole].append(server.started_in)
    return {name: median(each) for name, each in found.items()}


def machine(repeats: int) -> str:
    """Where and when this was measured."""
    day = datetime.now(UTC)
    return f"{day:%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, Python {platform.python_version()}, {repeats} repeats."


def say(sentence: str) -> None:
    """Tell how far the run is, beside the report."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
