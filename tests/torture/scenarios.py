"""One run each: bring the site up, let the learners come, let befall what is planned, and compare."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import quantiles
from threading import Thread
from time import sleep
from typing import Any, Final

from tests.ground.html import valid_html
from tests.torture import faults
from tests.torture.crowd import Crowd, Heard
from tests.torture.journal import Sheet, verdict
from tests.torture.learners import LOOK, SAVES, Learner, Pace
from tests.torture.paper import QUIZ, TIMED_QUIZ
from tests.torture.postgres import Postgres, postgres
from tests.torture.sites import Site, site

RUSH: Final = 5.0  # seconds in which all begin, and in which all hand in
BEFORE: Final = 2.0  # seconds of peace, before the fault
AFTER: Final = 6.0  # and after it, the first of which may still show it
RECOVERED: Final = 3.0
WELL: Final = frozenset({200, 303})
UNAVAILABLE: Final = 503
WORDS: Final = "Ada gangguan pada sistem"


@dataclass(frozen=True)
class Plan:
    """What is to be run. `seconds`: until the bell, or how long a fault lasts."""

    scenario: str
    database: str  # sqlite | postgresql
    learners: int
    seconds: float
    kills: int = 0
    seed: int = 1
    parts: tuple[str, ...] = ("everything",)  # that may be killed, of faults.PARTS

    @property
    def name(self) -> str:
        """As it is told."""
        return f"{self.scenario}, {self.database}, {self.learners} learners"

    @property
    def troubled(self) -> bool:
        """Whether anything but load befalls the site."""
        return self.scenario != "load"


@dataclass(frozen=True)
class Bears:
    """How a fault must be borne: it refuses answers, shows pages (`reads`), both from `settles` seconds on.

    `ends`: instead, every attempt is over afterwards, and its learner was told.
    """

    refuses: bool = True
    reads: bool = True
    settles: float = 0.5
    ends: bool = False


@dataclass(frozen=True)
class Result:
    """What came of it. `faults` empty: all was as it must be."""

    figures: Mapping[str, Any]
    faults: Sequence[str]


@dataclass(frozen=True)
class Grounds:
    """A site, and the PostgreSQL server below it where it has one."""

    site: Site
    postgres: Postgres | None
    data: Path  # where the database's files lie


@contextmanager
def grounds(database: str, learners: int, *, mounted: bool = False, clocked: bool = False) -> Iterator[Grounds]:
    """A fresh site in a folder of its own.

    `mounted`: the database's files are on a small file system of their own; `clocked`: its clock may be moved.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rak-torture-")))
        folder.chmod(0o755)
        data = folder / ("postgres" if database == "postgresql" else "instance")
        data.mkdir()
        if mounted:
            stack.enter_context(faults.small_file_system(data, faults.SMALL[database]))
        server, url = None, f"sqlite:///{data / 'rak.db'}"
        if database == "postgresql":
            server = stack.enter_context(postgres(data))
            url = server.url
        clock = faults.clock_file(folder) if clocked else None
        yield Grounds(stack.enter_context(site(folder, url, learners, clock)), server, data)


def of_these(where: Grounds, turn: int, count: int) -> Grounds:
    """The same site for the next so many of its learners only, so that several runs may share it."""
    visitors = where.site.visitors[turn * count : (turn + 1) * count]
    return replace(where, site=replace(where.site, visitors=visitors))


def load(plan: Plan, where: Grounds) -> Result:
    """Everybody takes the exam, while the planned number of kills falls upon the server or its database."""
    crowd, chance = where.site.crowd(), Random(plan.seed)
    people = _people(where.site, crowd, plan)
    moments = sorted(chance.uniform(3, plan.seconds) for _ in range(plan.kills))
    killer = None
    if plan.scenario == "server killed":
        killer = faults.kill_now_and_then(where.site.server, moments, crowd, chance, plan.parts)
    elif plan.scenario == "database killed":
        assert where.postgres
        killer = faults.kill_now_and_then(where.postgres.kept, moments, crowd, chance, ("everything",))
    pace = Pace.over(plan.seconds, rush=min(RUSH, plan.seconds / 4))
    done = crowd.run([each.exam(pace) for each in people], limit=4 * plan.seconds + 60)
    if killer:
        killer.join()
    found = [] if done else ["not everybody came to an end"]
    return _result(plan, where, crowd, people, found)


def befallen(plan: Plan, where: Grounds, fault: faults.Fault, bears: Bears) -> Result:
    """Some go on answering while a fault comes and goes."""
    crowd = where.site.crowd()
    people = _people(where.site, crowd, plan, TIMED_QUIZ if bears.ends else QUIZ)
    span: list[float] = []
    starts = where.site.server.starts

    def befall() -> None:
        while not all(each.slot for each in people):
            sleep(0.05)
        sleep(BEFORE)
        with fault(where.site):
            span.append(crowd.now())
            sleep(plan.seconds)
            span.append(crowd.now())

    thread = Thread(target=befall, daemon=True)
    thread.start()

    def going() -> bool:
        return len(span) < 2 or crowd.now() < span[1] + AFTER

    done = crowd.run([each.practise(going, scripts=n % 2 == 0) for n, each in enumerate(people)], plan.seconds + 90)
    thread.join()
    found = [] if done else ["somebody still waits"]
    if where.site.server.starts != starts:
        found.append("the server was started again")
    if bears.ends:
        found += ["an attempt went on" for each in people if not each.sheet.timed_out]
    else:
        found += _borne(crowd.heard, span, bears)
    found += [fault for each in people for fault in _clear(each)]
    return _result(plan, where, crowd, people, found)


def _people(where: Site, crowd: Crowd, plan: Plan, quiz: str = QUIZ) -> list[Learner]:
    return [
        Learner(who, Sheet(who.person_id), crowd, Random(f"{plan.seed} {who.person_id}"), quiz)
        for who in where.visitors[: plan.learners]
    ]


def _borne(heard: Sequence[Heard], span: Sequence[float], bears: Bears) -> Iterator[str]:
    """What was not borne as it must be: before, while and after the fault."""
    begun, ended = span
    calm = [each for each in heard if each.at < begun or each.at - each.seconds > ended + RECOVERED]
    yield from (
        f"{each.label} was answered {each.status} at {each.at:.1f} s" for each in calm if each.status not in WELL
    )
    if not any(each.label in SAVES and each.at > ended + RECOVERED for each in heard):
        yield "nothing was saved afterwards"
    within = [each for each in heard if begun + bears.settles <= each.at - each.seconds and each.at <= ended]
    if bears.refuses and not any(each.label in SAVES and each.status == UNAVAILABLE for each in within):
        yield "no answer was refused: the fault was none"
    if not bears.refuses:
        yield from (f"{each.label} was answered {each.status}" for each in within if each.status not in WELL)
    looks = [each for each in within if each.label == LOOK]
    if bears.reads and not looks:
        yield "no page was shown meanwhile"
    if bears.reads:
        yield from (
            f"a page was answered {each.status} at {each.at:.1f} s" for each in looks if each.status not in WELL
        )


def _clear(person: Learner) -> Iterator[str]:
    """What is wrong with what the learner was told: it must be in our words, on a proper page."""
    for reply in person.told:
        text = reply.body.decode()
        if WORDS not in text or reply.status != UNAVAILABLE or not reply.header("retry-after"):
            yield f"{reply.status}: {text[:300]}"
        elif text.startswith("<!doctype"):
            valid_html(text)


def _result(plan: Plan, where: Grounds, crowd: Crowd, people: Sequence[Learner], found: list[str]) -> Result:
    """The figures of a run, and all that is not as it must be."""
    if where.postgres:
        where.postgres.wait()
    where.site.wait()
    told = verdict([each.sheet for each in people], where.site.stored())
    statuses = Counter(each.status for each in crowd.heard)
    bad = {
        each: times for each, times in statuses.items() if each >= 500 and (each != UNAVAILABLE or not plan.troubled)
    }
    if bad:
        found.append(f"answered with {bad}")
    if plan.scenario == "load" and statuses[0]:
        found.append(f"{statuses[0]} requests were not answered")
    figures = {
        "acknowledged": told.acknowledged,
        "unacknowledged": told.unacknowledged,
        "rows": told.rows,
        "finished": told.finished,
        "requests": len(crowd.heard),
        "unanswered": statuses[0],
        "unavailable": statuses[UNAVAILABLE],
        "server starts": where.site.server.starts,
        "seconds": round(crowd.now(), 1),
        "driver cpu seconds": round(crowd.cpu, 1),
        **_milliseconds(crowd.heard),
    }
    return Result(figures, [*found, *told.faults])


def _milliseconds(heard: Sequence[Heard]) -> dict[str, float]:
    """Median, 95th percentile and the longest of what was answered well, by kind of request."""
    kinds = {"save": SAVES, "start": {"start"}, "finish": {"finish"}, "look": {LOOK}}
    figures: dict[str, float] = {}
    for name, labels in kinds.items():
        seconds = sorted(each.seconds for each in heard if each.label in labels and each.status in WELL)
        if len(seconds) > 1:
            cut = quantiles(seconds, n=20, method="inclusive")
            figures |= {f"{name} p50 ms": cut[9], f"{name} p95 ms": cut[18], f"{name} max ms": seconds[-1]}
    return {name: round(1000 * value, 1) for name, value in figures.items()}
