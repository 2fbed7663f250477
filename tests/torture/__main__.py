"""`python -m tests.torture`: every planned run that is not in the results yet, one after the other.

The results are a file of JSON lines, one a run, with the fingerprint of the code it was run on: what was done on the
same code is not done again, so a run that was broken off goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from tests.ground.folder import ROOT
from tests.torture import faults
from tests.torture.scenarios import Bears, Grounds, Plan, Result, befallen, grounds, load

RESULTS: Final = ROOT / "tests" / "torture" / "results" / "runs.jsonl"
DATABASES: Final = ("sqlite", "postgresql")
CROWDS: Final = {100: 90.0, 500: 150.0, 1000: 300.0}  # learners: seconds until the bell
PARTS: Final = ("everything",) * 7 + ("supervisor", "server", "a worker")  # one of them at each kill
P95_LIMIT: Final = 250.0  # ms of a save, at 100 learners


def plans() -> Iterator[Plan]:
    """All that is run, the quick ones first."""
    for database in DATABASES:
        for scenario in ("disk full", "read-only", "held by another"):
            yield Plan(scenario, database, learners=8, seconds=12)
        yield Plan("clock moved", database, learners=8, seconds=6)
        yield Plan("clock moved, timed", database, learners=8, seconds=6)
        yield Plan("server killed", database, learners=100, seconds=120, kills=10, parts=PARTS)
        if database == "postgresql":
            yield Plan("database killed", database, learners=100, seconds=120, kills=10)
    for learners, seconds in CROWDS.items():
        for database in DATABASES:
            yield Plan("load", database, learners, seconds)


def run(plan: Plan) -> Result:
    """One run on fresh grounds."""
    if plan.scenario == "load" or plan.kills:
        with grounds(plan.database, plan.learners) as where:
            return load(plan, where)
    if plan.scenario.startswith("clock"):
        with grounds(plan.database, plan.learners, clocked=True) as where:
            bears = Bears(ends=True) if plan.scenario.endswith("timed") else Bears(refuses=False)
            return befallen(plan, where, faults.clock_moved, bears)
    mounted = plan.scenario == "disk full" and faults.may_mount()
    with grounds(plan.database, plan.learners, mounted=mounted) as where:
        return befallen(plan, where, *_fault(plan, where, mounted=mounted))


def _fault(plan: Plan, where: Grounds, *, mounted: bool) -> tuple[faults.Fault, Bears]:
    if plan.scenario == "disk full":
        return (faults.filled(where.data) if mounted else faults.no_file_may_grow), Bears()
    if where.postgres is None:
        every = {"read-only": (faults.only_to_be_read, Bears(settles=6)), "held by another": (faults.held, Bears())}
    else:
        every = {
            "read-only": (faults.refuses_to_write(where.postgres), Bears()),
            "held by another": (faults.table_held(where.postgres), Bears()),
        }
    return every[plan.scenario]


def main() -> int:
    """Run what is missing; 1 where something was not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Load, kills and faults.")
    parser.add_argument("--only", default="", help="only runs whose name holds this, as `load` or `sqlite`")
    parser.add_argument("--again", action="store_true", help="also what was run on this code before")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end with it
    for name in [each for each in os.environ if each.startswith("RAK_")]:
        del os.environ[name]
    code, done = fingerprint(), set() if asked.again else finished(fingerprint())
    wrong = 0
    for plan in plans():
        if asked.only not in plan.name or json.dumps(asdict(plan)) in done:
            continue
        print(f"{plan.name} …", file=sys.stderr, flush=True)
        result = run(plan)
        found = list(result.faults)
        if plan.scenario == "load" and plan.learners == min(CROWDS) and result.figures["save p95 ms"] > P95_LIMIT:
            found.append(f"the 95th percentile of a save is over {P95_LIMIT:.0f} ms")
        wrong += bool(found)
        keep(plan, result, found, code)
    return 1 if wrong else 0


def keep(plan: Plan, result: Result, found: list[str], code: str) -> None:
    """Append a run to the results, and tell it."""
    entry: dict[str, Any] = {
        "plan": asdict(plan),
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load before": round(os.getloadavg()[2], 1),
        "commit": _git("rev-parse", "--short", "HEAD"),
        "code": code,
        "verdict": "bad" if found else "good",
        "faults": found[:50],
        "figures": dict(result.figures),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("a") as file:
        file.write(json.dumps(entry) + "\n")
    told = "\n".join(found[:10]) if found else "good"
    print(f"  {told}\n  {json.dumps(entry['figures'])}", file=sys.stderr, flush=True)


def finished(code: str) -> set[str]:
    """The plans that were run on this code, and came out well."""
    if not RESULTS.exists():
        return set()
    entries = [json.loads(line) for line in RESULTS.read_text().splitlines()]
    return {json.dumps(each["plan"]) for each in entries if each["code"] == code and each["verdict"] == "good"}


def fingerprint() -> str:
    """What a result depends on."""
    found = sha256()
    for folder in ("app", "migrations", "tests/torture"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not path.name.startswith("test_"):
                found.update(path.read_bytes())
    found.update((ROOT / "requirements.txt").read_bytes())
    return found.hexdigest()[:16]


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=False, capture_output=True, text=True)
    return done.stdout.strip() or "?"


if __name__ == "__main__":
    sys.exit(main())
