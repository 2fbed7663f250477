"""A small HTTP client that costs far less than the server it drives: one process, many kept-alive sockets.

What a visitor does is a generator: it yields an Ask and is handed the Reply. `drive` runs as many of them at a time as
there are connections. Each status is checked; a reply that was not expected ends the run with what it said.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import quote_plus

READ: Final = 262_144  # bytes asked of a socket at a time
PATIENCE: Final = 60.0  # seconds without any reply before the run is given up


class Unexpected(Exception):
    """A reply that the measurement cannot count: a wrong status, a broken connection, silence."""


class Ask(NamedTuple):
    """One request as it goes over the wire, what it is counted under, and the status it must get."""

    data: bytes
    label: str
    status: int = 200


class Reply(NamedTuple):
    """One answer. `seconds` from the first byte sent to the last received; `head` is the status line and headers."""

    status: int
    head: bytes
    body: bytes
    seconds: float

    def header(self, name: str) -> str | None:
        """A header's value; None where it was not sent."""
        start = self.head.lower().find(b"\r\n" + name.lower().encode() + b":")
        if start < 0:
            return None
        return self.head[start + len(name) + 3 : self.head.find(b"\r\n", start + 2)].decode().strip()

    def cookies(self) -> str:
        """What a browser would send back: the name and value of each cookie that was set."""
        lines = (line.partition(b":") for line in self.head.split(b"\r\n"))
        return "; ".join(
            value.strip().partition(b";")[0].decode() for name, _, value in lines if name.lower() == b"set-cookie"
        )

    @property
    def size(self) -> int:
        """Bytes over the wire."""
        return len(self.head) + len(self.body)


Visit = Generator[Ask, Reply, None]


@dataclass(slots=True)
class Tally:
    """What a drive saw: per label the seconds of each reply and the bytes of one, and the whole of it."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    took: float = 0.0  # seconds from the first request to the last reply
    client_cpu: float = 0.0  # seconds of this process
    statements: dict[str, int] = field(default_factory=dict)  # SQL statements of the last reply, where the server tells

    @property
    def count(self) -> int:
        """Replies in all."""
        return sum(map(len, self.seconds.values()))


def get(path: str, cookie: str = "", encoding: str = "identity") -> bytes:
    """A GET request."""
    return _head("GET", path, cookie, encoding) + b"\r\n"


def post(
    path: str, fields: Mapping[str, str | Sequence[str]], cookie: str = "", encoding: str = "identity", more: str = ""
) -> bytes:
    """A POST request of a form; `more` are further header lines."""
    pairs = ((name, each) for name, value in fields.items() for each in ([value] if isinstance(value, str) else value))
    body = "&".join(f"{quote_plus(name)}={quote_plus(each)}" for name, each in pairs).encode()
    lines = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    return _head("POST", path, cookie, encoding) + (more + lines).encode() + body


def _head(method: str, path: str, cookie: str, encoding: str) -> bytes:
    sent = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\n{sent}".encode()


class _Connection:
    """A socket, the visit it carries, and what has arrived of the reply."""

    __slots__ = ("ask", "buffer", "sent_at", "socket", "visit")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        self.visit: Visit | None = None
        self.ask = Ask(b"", "")
        self.sent_at = 0.0

    def send(self, ask: Ask) -> None:
        self.ask = ask
        self.buffer.clear()
        self.sent_at = time.perf_counter()
        self.socket.sendall(ask.data)

    def receive(self) -> Reply | None:
        """The reply, once it is whole. Raises Unexpected where the server hangs up or answers with another status."""
        arrived = self.socket.recv(READ)
        if not arrived:
            raise Unexpected(f"{self.ask.label}: the server closed the connection")
        self.buffer += arrived
        reply = whole_reply(self.buffer, self.sent_at)
        if reply is not None and reply.status != self.ask.status:
            first_line = self.ask.data.split(b"\r\n", 1)[0].decode()
            raise Unexpected(
                f"{self.ask.label}: {first_line} was answered {reply.status}, not {self.ask.status}:\n"
                f"{reply.head.decode()}{reply.body[:2000].decode(errors='replace')}"
            )
        return reply


def whole_reply(buffer: bytearray, sent_at: float) -> Reply | None:
    """What has arrived, once it is all of an answer to a request of the moment `sent_at` (of `time.perf_counter`)."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(buffer[: end + 4])
    small = head.lower()
    status = int(head[9:12])
    place = small.find(b"\r\ncontent-length:")
    if place >= 0:
        length = int(small[place + 17 : small.find(b"\r\n", place + 2)])
        if len(buffer) < end + 4 + length:
            return None
        body = bytes(buffer[end + 4 : end + 4 + length])
    elif b"\r\ntransfer-encoding: chunked" in small:
        if not buffer.endswith(b"0\r\n\r\n"):
            return None
        body = _unchunked(bytes(buffer[end + 4 :]))
    else:
        body = b""
    return Reply(status, head, body, time.perf_counter() - sent_at)


def _unchunked(data: bytes) -> bytes:
    body = bytearray()
    while True:
        line, _, data = data.partition(b"\r\n")
        length = int(line.split(b";")[0], 16)
        if length == 0:
            return bytes(body)
        body += data[:length]
        data = data[length + 2 :]


def drive(port: int, visits: Iterable[Visit], connections: int) -> Tally:
    """Run the visits, `connections` at a time, each on one kept-alive socket. Raises Unexpected."""
    waiting = iter(visits)
    tally = Tally()
    ready = selectors.DefaultSelector()
    open_sockets = [_Connection(port) for _ in range(connections)]
    began, cpu = time.perf_counter(), time.process_time()
    busy = 0
    try:
        for connection in open_sockets:
            ready.register(connection.socket, selectors.EVENT_READ, connection)
            busy += _begin(connection, waiting)
        while busy:
            events = ready.select(PATIENCE)
            if not events:
                raise Unexpected(f"no reply for {PATIENCE:.0f} s")
            for key, _ in events:
                reply = key.data.receive()
                if reply is not None and not _go_on(key.data, reply, tally, waiting):
                    busy -= 1
                    ready.unregister(key.data.socket)
    finally:
        tally.took, tally.client_cpu = time.perf_counter() - began, time.process_time() - cpu
        ready.close()
        for connection in open_sockets:
            connection.socket.close()
    return tally


def _begin(connection: _Connection, waiting: Iterator[Visit]) -> bool:
    """Give the connection its next visit that asks for something; False where there is none."""
    for visit in waiting:
        first = next(visit, None)
        if first is not None:
            connection.visit = visit
            connection.send(first)
            return True
    return False


def _go_on(connection: _Connection, reply: Reply, tally: Tally, waiting: Iterator[Visit]) -> bool:
    """Count the reply and send what the visit, or the next one, asks for; False where all is done."""
    label = connection.ask.label
    tally.seconds.setdefault(label, []).append(reply.seconds)
    tally.sizes[label] = reply.size
    statements = reply.header("x-statements")
    if statements is not None:
        tally.statements[label] = max(tally.statements.get(label, 0), int(statements))
    if connection.visit is None:
        return False
    try:
        connection.send(connection.visit.send(reply))
    except StopIteration:
        return _begin(connection, waiting)
    return True


def repeat_until(visits: Iterable[Visit], deadline: float) -> Iterator[Visit]:
    """Visits until the moment `deadline` of `time.perf_counter`, at which no further one begins."""
    for visit in visits:
        if time.perf_counter() >= deadline:
            return
        yield visit
