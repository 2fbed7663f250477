"""Databases for tests: made once per run, then copied for every test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import URL

from tests.ground import postgres
from tests.ground.commands import PASSWORD
from tests.ground.folder import ROOT, made_once, run_folder

KINDS: Final = ("sqlite", "postgresql")
# The mark of a test whose question has nothing to do with the kind of database.
ONE_DATABASE: Final = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
_NUMBERS: Final = itertools.count(1)


@dataclass(frozen=True)
class Start:
    """What a database holds when a test begins: what an earlier one holds, and what these commands add to it.

    `courses` are those that the commands read.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    courses: Path
    demo: bool = False
    earlier: Start | None = None  # None: nothing at all
    with_cast: bool = False  # the four of tests.ground.cast have their accounts

    def peopled(self) -> Start:
        """The same, and the four have their accounts."""
        return replace(self, name=f"{self.name}_cast", commands=(), earlier=self, with_cast=True)


_UPGRADE: Final = ("db", "upgrade")
_SYNC: Final = ("courses", "sync")
SAMPLE_COURSES: Final = ROOT / "tests" / "courses"
COURSES_OF_MODES: Final = ROOT / "tests" / "courses_of_modes"
COURSES_OF_KINDS: Final = ROOT / "tests" / "courses_of_kinds"
EMPTY: Final = Start("empty", (_UPGRADE,), SAMPLE_COURSES)
PUBLISHED: Final = Start("published", (_SYNC,), SAMPLE_COURSES, earlier=EMPTY)
MODES: Final = Start("modes", (_SYNC,), COURSES_OF_MODES, earlier=EMPTY)  # quizzes with hints, and with certainty
KINDS_TO_POINT_AT: Final = Start("kinds", (_SYNC,), COURSES_OF_KINDS, earlier=EMPTY)  # questions for fingers and mice
# what attempts can be
ATTEMPTS: Final = Start("attempts", (_SYNC,), ROOT / "tests" / "courses_of_attempts", earlier=EMPTY)
DEMONSTRATION: Final = Start("demonstration", (_SYNC, ("demo", "fill")), ROOT / "courses", demo=True, earlier=EMPTY)


@dataclass(frozen=True)
class Databases:
    """Makes databases of one kind. `worker` keeps the names of parallel processes apart."""

    kind: str
    worker: str

    def copy(self, start: Start, name: str = "") -> URL:
        """A database of one's own that holds what `start` says; without a name, one of a name of its own."""
        return self._copied(self._template(start), self._url(f"{self.worker}_{name or next(_NUMBERS)}"))

    def drop(self, url: URL) -> None:
        """Delete a copy."""
        if self.kind == "sqlite":
            for ending in ("", "-wal", "-shm"):
                Path(f"{url.database}{ending}").unlink(missing_ok=True)
        else:
            postgres.drop_database(postgres.server_url(), str(url.database))

    def _template(self, start: Start) -> URL:
        """The database that is copied, filled by the first process that asks. Nobody stays connected to it."""
        url = self._url(f"template_{start.name}")
        with made_once(f"{self.kind}-{start.name}") as instance:
            if instance:
                self.drop(url)  # what an earlier try left
                self._copied(self._template(start.earlier) if start.earlier else None, url)
                _fill(url, instance, start)
        return url

    def _copied(self, template: URL | None, url: URL) -> URL:
        """A database at `url` that holds what the template holds; None: nothing."""
        if self.kind == "postgresql":
            names = {} if template is None else {"template": str(template.database)}
            postgres.create_database(postgres.server_url(), str(url.database), **names)
        elif template is not None:
            shutil.copyfile(str(template.database), str(url.database))
        return url

    def _url(self, name: str) -> URL:
        if self.kind == "sqlite":
            return URL.create("sqlite", database=str(run_folder() / f"{name}.db"))
        return postgres.server_url().set(database=f"{run_folder().name}_{name}".replace("-", "_"))


def _fill(url: URL, instance: Path, start: Start) -> None:
    """Run the commands in this process: one of their own would load the app once for each."""
    from tests.ground.application import app_over  # here, because tests of pure packages never load them
    from tests.ground.cast import make_cast

    settings = {"courses": start.courses, "demo": start.demo, "demo_password": PASSWORD if start.demo else ""}
    with app_over(written(url), instance, **settings) as app:
        for each in start.commands:
            done = app.test_cli_runner().invoke(args=each)
            assert done.exit_code == 0, f"flask {' '.join(each)} failed:\n{done.output}"
        if start.with_cast:
            make_cast(app)


def written(url: URL) -> str:
    """The address as a setting, its password included."""
    return url.render_as_string(hide_password=False)


def is_watched(request: pytest.FixtureRequest) -> bool:
    """Whether a browser takes part: what it still asks for when the test is over must reach no later test."""
    return request.node.get_closest_marker("browser") is not None


@pytest.fixture(scope="session", params=KINDS)
def databases(request: pytest.FixtureRequest, worker_id: str) -> Databases:
    """Each test that needs a database runs once per kind."""
    return Databases(request.param, worker_id)


@pytest.fixture
def start() -> Start:
    """What `app`'s database holds. A test file that wants another start defines a fixture of this name."""
    return EMPTY


@pytest.fixture
def database_url(databases: Databases, start: Start, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database of the test's own, with the accounts of the four where the test asks for `cast`."""
    name = "" if is_watched(request) else "test"
    url = databases.copy(start.peopled() if "cast" in request.fixturenames else start, name)
    yield written(url)
    databases.drop(url)
