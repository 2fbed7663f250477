"""Many browsers in one process, each with its own connection and its own pace, that outlive whatever the server does.

What a person does is a generator: it yields an Ask or a Pause; to an Ask it is handed the Reply, or None where none
came (refused, broken off, or silent for too long). It is for the person to try again.
"""

from __future__ import annotations

import heapq
import selectors
import socket
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, NamedTuple

from benchmarks.client import READ, Reply, whole_reply

SILENCE: Final = 20.0  # seconds without a reply after which a page's script gives up


class Ask(NamedTuple):
    """One request as it goes over the wire, and what it is counted under."""

    data: bytes
    label: str


class Pause(NamedTuple):
    """Do nothing for so many seconds."""

    seconds: float


class Heard(NamedTuple):
    """A reply, or that there was none (status 0); `at` and `seconds` in seconds, of the run and of the request."""

    at: float
    label: str
    status: int
    seconds: float


Person = Generator[Ask | Pause, "Reply | None", None]


@dataclass(eq=False)
class _Browser:
    person: Person
    connection: socket.socket | None = None
    buffer: bytearray = field(default_factory=bytearray)
    ask: Ask | None = None  # that is under way
    sent_at: float = 0.0


@dataclass
class Crowd:
    """People at one server, and all that each of them heard from it."""

    port: int
    began: float = field(default_factory=time.perf_counter)
    heard: list[Heard] = field(default_factory=list)
    cpu: float = 0.0  # seconds that this process itself took

    def __post_init__(self) -> None:
        self._ready = selectors.DefaultSelector()
        self._timers: list[tuple[float, int, Callable[[], Any]]] = []
        self._numbers = count()
        self._busy = 0

    def now(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self.began

    def run(self, people: Iterable[Person], limit: float) -> bool:
        """Let everybody do what they do; whether all came to their end within `limit` seconds."""
        used = time.process_time()
        for person in people:
            self._busy += 1
            self._later(0.0, self._going_on(_Browser(person), None))
        while self._busy and self.now() < limit:
            self._turn()
        self._ready.close()
        self.cpu += time.process_time() - used
        return not self._busy

    def _turn(self) -> None:
        wait = max(0.0, self._timers[0][0] - self.now()) if self._timers else 1.0
        if self._ready.get_map():
            for key, _ in self._ready.select(min(wait, 1.0)):
                self._receive(key.data)
        else:
            time.sleep(min(wait, 1.0))
        while self._timers and self._timers[0][0] <= self.now():
            heapq.heappop(self._timers)[2]()

    def _later(self, seconds: float, what: Callable[[], Any]) -> None:
        heapq.heappush(self._timers, (self.now() + seconds, next(self._numbers), what))

    def _going_on(self, browser: _Browser, reply: Reply | None) -> Callable[[], None]:
        return lambda: self._go_on(browser, reply)

    def _go_on(self, browser: _Browser, reply: Reply | None) -> None:
        try:
            wanted = browser.person.send(reply)
        except StopIteration:
            self._busy -= 1
            self._hang_up(browser)
            return
        if isinstance(wanted, Pause):
            self._later(wanted.seconds, self._going_on(browser, None))
        else:
            self._send(browser, wanted)

    def _send(self, browser: _Browser, ask: Ask) -> None:
        browser.ask, browser.sent_at = ask, self.now()
        browser.buffer.clear()
        try:
            if browser.connection is None:
                self._connect(browser)
            assert browser.connection
            browser.connection.sendall(ask.data)
        except OSError:
            self._no_reply(browser)
            return
        self._later(SILENCE, lambda: self._no_reply(browser) if browser.ask is ask else None)

    def _connect(self, browser: _Browser) -> None:
        browser.connection = socket.create_connection(("127.0.0.1", self.port), timeout=SILENCE)
        browser.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ready.register(browser.connection, selectors.EVENT_READ, browser)

    def _receive(self, browser: _Browser) -> None:
        assert browser.connection
        arrived = b""
        with suppress(OSError):
            arrived = browser.connection.recv(READ)
        if not arrived:
            if browser.ask is None:
                self._hang_up(browser)  # between two requests: the next one connects anew
            else:
                self._no_reply(browser)
            return
        browser.buffer += arrived
        reply = whole_reply(browser.buffer, 0.0)
        if reply is not None and browser.ask is not None:
            self._note(browser, reply.status)
            self._go_on(browser, reply)

    def _no_reply(self, browser: _Browser) -> None:
        self._hang_up(browser)
        self._note(browser, 0)
        self._later(0.0, self._going_on(browser, None))

    def _note(self, browser: _Browser, status: int) -> None:
        assert browser.ask
        moment = self.now()
        self.heard.append(Heard(moment, browser.ask.label, status, moment - browser.sent_at))
        browser.ask = None

    def _hang_up(self, browser: _Browser) -> None:
        if browser.connection is not None:
            self._ready.unregister(browser.connection)
            browser.connection.close()
            browser.connection = None
