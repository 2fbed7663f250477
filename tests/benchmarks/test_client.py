"""The benchmark's own instruments: they refuse what would make a figure a lie."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.client import Ask, Reply, Tally, Unexpected, Visit, drive, get, post
from benchmarks.figures import figures_of, markdown_table, medians, percentile
from benchmarks.processes import BenchFault, refuse_taken
from benchmarks.visitors import form_to


@contextmanager
def answering(*answers: bytes) -> Iterator[int]:
    """A server for one connection that gives these answers in turn, byte by byte where it may hurt; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                for answer in answers:
                    line.recv(65536)
                    line.sendall(answer[:25])
                    line.sendall(answer[25:])

        thread = threading.Thread(target=serve)
        thread.start()
        yield int(server.getsockname()[1])
        thread.join(10)


def asking(*asks: Ask, into: list[Reply]) -> Visit:
    for ask in asks:
        into.append((yield ask))


SIZED = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Statements: 3\r\n\r\nhalo!"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhal\r\n2\r\no!\r\n0\r\n\r\n"
MOVED = b"HTTP/1.1 303 SEE\r\nLocation: /Rak\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"


def test_replies_are_read_whole_however_they_come() -> None:
    replies: list[Reply] = []
    asks = (Ask(get("/"), "a"), Ask(get("/"), "b"), Ask(post("/", {"x": ["1", "2"]}), "c", 303))
    with answering(SIZED, CHUNKED, MOVED) as port:
        tally = drive(port, [asking(*asks, into=replies)], 1)
    assert [reply.body for reply in replies] == [b"halo!", b"halo!", b""]
    assert (replies[2].header("location"), replies[2].cookies()) == ("/Rak", "a=1; b=2")
    assert (tally.count, tally.statements) == (3, {"a": 3})
    assert tally.sizes["a"] == len(SIZED)


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 409 CONFLICT\r\nContent-Length: 4\r\n\r\ndua!", b"HTTP/1.1 500 OOPS\r\nContent-Length: 0\r\n\r\n", b""],
    ids=["a duplicate", "a fault", "silence"],
)
def test_a_reply_that_was_not_expected_ends_the_run(answer: bytes) -> None:
    with answering(answer) as port, pytest.raises(Unexpected, match="save"):
        drive(port, [asking(Ask(get("/"), "save"), into=[])], 1)


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(BenchFault, match="taken"):
        refuse_taken(other.getsockname()[1])


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (10, 1), (50, 5), (51, 6), (95, 10), (100, 10)], ids=str)
def test_a_percentile_is_a_value_that_was_measured(percent: float, expected: float) -> None:
    assert percentile(range(1, 11), percent) == expected


def test_figures_count_one_kind_of_request_in_its_own_window() -> None:
    tally = Tally({"shelf": [0.001, 0.003, 0.002, 0.004]}, {"shelf": 900}, took=2.0, client_cpu=0.5)
    figures = figures_of(tally, "shelf", cpu_seconds=0.008)
    assert (figures.requests_per_second, figures.cpu, figures.size, figures.client_share) == (2.0, 2.0, 900, 0.25)
    assert (figures.p50, figures.p95) == pytest.approx((2.0, 4.0))
    assert medians([figures, figures_of(tally, "shelf", 0.016), figures_of(tally, "shelf", 1.0)]).cpu == 4.0


def test_a_form_is_filled_with_what_its_page_offers() -> None:
    page = """<form action="/search"><input name="q"></form>
        <form method="post" action="/attempts/4/answers/2"><input type="hidden" name="seen" value="0">
        <input type="radio" name="choice" value="0"><input type="radio" name="choice" value="1">
        <button name="go" value="next">Berikutnya</button></form>"""
    form = form_to(page, "/answers/2")
    assert form.filled(0) == {"seen": "0", "choice": "0"}
    assert form.filled(3, ("go", "next")) == {"seen": "0", "choice": "1", "go": "next"}
    with pytest.raises(Unexpected):
        form_to(page, "/answers/3")


def test_a_table_is_markdown() -> None:
    assert markdown_table(["page", "ms"], [["shelf", "1"]]) == "| page | ms |\n|---|---:|\n| shelf | 1 |"
