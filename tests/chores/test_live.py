"""The real server with its chores beside it: an author saves a file, and its readers see it."""

from __future__ import annotations

import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.catalogue.writing import MODULE, retitle, spoil
from tests.ground.application import close, make_app
from tests.ground.cast import PASSWORD, make_cast
from tests.ground.commands import environment
from tests.ground.server import Server, serving


class Visitor:
    """Somebody at a browser that keeps cookies."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        return self._open(path, None)

    def sign_in(self, name: str) -> None:
        token = re.search(r'name="form_token" value="([^"]+)"', self.get("/sign-in"))
        assert token
        fields = {"form_token": token[1], "login": name, "password": PASSWORD}
        self._open("/sign-in", urllib.parse.urlencode(fields).encode())

    def _open(self, path: str, data: bytes | None) -> str:
        with self.opener.open(self.server.url + path, data, timeout=60) as answer:
            text: str = answer.read().decode()
            return text


def until(true: Callable[[], bool]) -> None:
    """Wait; a bound on hanging only."""
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen")


@pytest.fixture
def rahmat(database_url: str, courses_folder: Path, tmp_path: Path) -> Iterator[Visitor]:
    """Rahmat, a trainer, signed in at a server of two workers."""
    settings = environment(database_url, tmp_path / "instance", courses_folder, demo=False)
    app = make_app(database_url, tmp_path / "instance", courses=courses_folder)
    make_cast(app)
    close(app)
    with serving(settings, tmp_path / "server.log") as server:
        visitor = Visitor(server)
        visitor.sign_in("rahmat")
        yield visitor


def test_a_saved_file_is_served_by_every_process_and_a_broken_one_is_told_and_changes_nothing(
    rahmat: Visitor, courses_folder: Path
) -> None:
    page = "/teaching/courses/contoh"
    assert "Modul dasar" in rahmat.get(page)

    retitle(courses_folder)
    until(lambda: "Modul pertama" in rahmat.get(page))
    time.sleep(1)  # by then the other worker asks for the heads again
    assert all("Modul pertama" in rahmat.get(page) for _ in range(20))

    spoil(courses_folder)
    until(lambda: f"courses/{MODULE}:4:1" in rahmat.get(page))
    assert "Modul pertama" in rahmat.get(page)
