"""The run itself: windows of load, one after the other, the real app and the bare view in turns."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Final, NamedTuple

from flask import Flask

from benchmarks.client import Ask, Reply, Tally, Visit, drive, get, post, repeat_until
from benchmarks.content import COURSE, LESSON
from benchmarks.figures import Figures, figures_of
from benchmarks.filling import PASSWORD, Filled, put_back
from benchmarks.processes import Server
from benchmarks.quiz import Taken, finish, hall, look, review, save, start, whole_quiz
from benchmarks.servers import keep_body
from benchmarks.visitors import Visitor, readers, signing_in, stranger, visitor

BROWSER: Final = "gzip, deflate, br, zstd"  # what a browser accepts
PLAIN: Final = "identity"
PATHS: Final = {"shelf": "/", "lesson": f"/courses/{COURSE}/{LESSON}", "staff page": "/reports/competencies"}
STEPS: Final = ("quiz page", "answer save", "start", "finish", "result", "sign-in")
POSTS: Final = frozenset({"answer save", "start", "finish", "sign-in"})
PEOPLE: Final = 200  # visitors over each database


class Key(NamedTuple):
    """What a window measured. `target`: app, large (the same over the large database) or bare."""

    page: str
    connections: int
    compressed: bool
    target: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How long and how often."""

    seconds: float  # of a timed window
    quizzes: int  # attempts in a round of counted windows
    sign_ins: int
    repeats: int
    connections: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """The app over one database, its server, and visitors whose browsers are signed in."""

    app: Flask
    database: Filled
    server: Server
    learners: tuple[Visitor, ...]
    staff: Visitor

    @classmethod
    def over(cls, app: Flask, database: Filled, server: Server) -> Site:
        """A site with PEOPLE visitors from all over the database."""
        step = max(1, len(database.learners) // PEOPLE)
        chosen = islice(database.learners[::step], PEOPLE)
        return cls(app, database, server, tuple(visitor(app, each) for each in chosen), visitor(app, database.staff))

    def readers_of(self, page: str) -> Sequence[Visitor]:
        """Who opens this page."""
        return [self.staff] if page == "staff page" else self.learners


class Rush(NamedTuple):
    """A hall of people at the same moment: seconds to the last answer of the POST, and to the last page after it."""

    posted: float
    seen: float


@dataclass(slots=True)
class Results:
    """Everything measured, repeat by repeat."""

    windows: dict[Key, list[Figures]] = field(default_factory=lambda: defaultdict(list))
    # A whole quiz with the page's script and without: milliseconds of CPU, seconds from first request to last reply
    quiz_cpu: dict[bool, list[float]] = field(default_factory=lambda: defaultdict(list))
    quiz_seconds: dict[bool, list[float]] = field(default_factory=lambda: defaultdict(list))
    quiz_bare: dict[bool, list[float]] = field(default_factory=lambda: defaultdict(list))  # of a bare request beside it
    rushes: dict[tuple[str, str], list[Rush]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class Run:
    """One run over all sites. `bare` serves without (False) and with (True) compression."""

    small: Site
    large: Site | None
    bare: Mapping[bool, Server]
    bodies: Path
    extent: Extent
    results: Results = field(default_factory=Results)

    @property
    def sites(self) -> dict[str, Site]:
        """By the name of their target."""
        return {"app": self.small} | ({"large": self.large} if self.large else {})

    def keep_bodies(self) -> None:
        """Ask once for every page and keep it for the bare view."""
        site = self.small
        kept: list[tuple[str, Reply]] = []
        taken = Taken(site.learners[0])

        def all_of_it() -> Visit:
            for page, path in PATHS.items():
                kept.append((page, (yield Ask(get(path, site.readers_of(page)[0].cookie), page))))

        def recorded(visit: Visit) -> Visit:
            """The same visit, its last reply of each kind kept."""
            ask = next(visit)
            while True:
                reply = yield ask
                kept.append((ask.label, reply))
                try:
                    ask = visit.send(reply)
                except StopIteration:
                    return

        port = site.server.port
        drive(port, [all_of_it()], 1)
        drive(port, [recorded(start(taken))], 1)
        drive(port, [recorded(look(taken))], 1)
        taken.read_forms()
        for visit in (save(taken), finish(taken), review(taken), next(self._sign_ins(site))):
            drive(port, [recorded(visit)], 1)
        for page, reply in kept:
            keep_body(self.bodies, _name(page), reply)
        put_back(site.app, site.database)

    def warm_up(self) -> None:
        """Let every process see every page before anything counts: these are the figures of a warm cache."""
        for site in self.sites.values():
            for page, path in PATHS.items():
                people = readers(site.readers_of(page), path, page)
                drive(site.server.port, islice(people, 4 if page == "staff page" else 400), 8)

    def once(self) -> None:
        """Every window once, those that are compared next to each other."""
        for connections in self.extent.connections:
            for page in PATHS:
                for compressed in (False, True):
                    self._pages(page, connections, compressed)
            for target, site in self.sites.items():
                self._quiz_round(target, site, connections)
            for page in STEPS:
                self._bare(page, connections, False)
            self._bare("quiz page", connections, True)
        self._whole_quizzes()
        for target, site in self.sites.items():
            self._hall(target, site)

    def _pages(self, page: str, connections: int, compressed: bool) -> None:
        encoding = BROWSER if compressed else PLAIN
        for target, site in self.sites.items():
            people = readers(site.readers_of(page), PATHS[page], page, encoding)
            self._window(Key(page, connections, compressed, target), site.server, self._timed(people))
        self._bare(page, connections, compressed)

    def _bare(self, page: str, connections: int, compressed: bool) -> None:
        server = self.bare[compressed]
        encoding = BROWSER if compressed else PLAIN
        path = f"/{_name(page)}"
        data = post(path, {"choice": "1"}, "", encoding) if page in POSTS else get(path, "", encoding)
        asks = cycle([Ask(data, page, 303 if page in POSTS else 200)])
        self._window(Key(page, connections, compressed, "bare"), server, self._timed(map(_asking, asks)))

    def _quiz_round(self, target: str, site: Site, connections: int) -> None:
        taken = [Taken(who) for who in site.learners[: self.extent.quizzes]]
        measure = partial(self._counted, site.server, connections, target)
        measure("start", map(start, taken))
        measure("quiz page", map(look, taken))
        self._window(
            Key("quiz page", connections, True, target), site.server, (look(each, BROWSER) for each in list(taken))
        )
        drive(site.server.port, map(look, taken), connections)  # the pages again, uncompressed, to read their forms
        for each in taken:
            each.read_forms()
        measure("answer save", map(save, taken))
        measure("finish", map(finish, taken))
        measure("result", map(review, taken))
        measure("sign-in", islice(self._sign_ins(site), self.extent.sign_ins))
        put_back(site.app, site.database)

    def _sign_ins(self, site: Site) -> Iterator[Visit]:
        nobody = stranger(site.app)
        return (signing_in(nobody, name, PASSWORD) for name in cycle(site.database.user_names))

    def _whole_quizzes(self) -> None:
        site = self.small
        people = site.learners[: self.extent.quizzes // 2]
        for scripts in (True, False):
            bare = self._bare_cpu()
            before = site.server.cpu_seconds()
            tally = drive(site.server.port, map(partial(whole_quiz, scripts=scripts), people), 8)
            self.results.quiz_cpu[scripts].append(1000 * (site.server.cpu_seconds() - before) / len(people))
            waited = sum(sum(times) for times in tally.seconds.values())
            self.results.quiz_seconds[scripts].append(waited / len(people))
            self.results.quiz_bare[scripts].append((bare + self._bare_cpu()) / 2)
            put_back(site.app, site.database)

    def _bare_cpu(self) -> float:
        """Milliseconds of CPU of a bare request just now: these machines change their pace from minute to minute."""
        server = self.bare[False]
        before = server.cpu_seconds()
        asks = cycle([Ask(get("/quiz-page", "", PLAIN), "quiz page")])
        tally = drive(server.port, self._timed(map(_asking, asks)), 8)
        return 1000 * (server.cpu_seconds() - before) / tally.count

    def _hall(self, target: str, site: Site) -> None:
        started, finished = hall(site.server.port, site.learners[:100])
        for rush, label, tally in (("start", "start", started), ("hand-in", "finish", finished)):
            self.results.rushes[target, rush].append(Rush(max(tally.seconds[label]), tally.took))
        put_back(site.app, site.database)

    def _timed(self, visits: Iterable[Visit]) -> Iterator[Visit]:
        return repeat_until(visits, time.perf_counter() + self.extent.seconds)

    def _counted(self, server: Server, connections: int, target: str, page: str, visits: Iterable[Visit]) -> None:
        self._window(Key(page, connections, False, target), server, visits)

    def _window(self, key: Key, server: Server, visits: Iterable[Visit]) -> None:
        before = server.cpu_seconds()
        tally: Tally = drive(server.port, visits, key.connections)
        spent = server.cpu_seconds() - before
        self.results.windows[key].append(figures_of(tally, key.page, spent))


def _asking(ask: Ask) -> Visit:
    yield ask


def _name(page: str) -> str:
    return page.replace(" ", "-")
