"""The application inside the test's own process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.engine.default import DefaultDialect
from werkzeug.routing import Rule

from tests.ground.commands import SECRET
from tests.ground.database import Start, is_watched
from tests.ground.folder import run_folder

_compile_builder: Final = Rule._compile_builder
_builders: Final[dict[tuple[object, ...], Any]] = {}


def _kept_builder(rule: Rule, append_unknown: bool = True) -> Any:
    """What builds the address of a route, compiled once per process instead of once per app: half of making an app.

    It depends on nothing but what the key names: the app's own converters are asked for when an address is built.
    """
    key = (rule.rule, *rule._trace, *sorted((rule.defaults or {}).items()), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


Rule._compile_builder = _kept_builder  # type: ignore[method-assign,assignment]

# Statements are composed once per process and database instead of once per app. Dialects of one class are alike here:
# every engine of a run talks to the same release of the same server.
DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[assignment,method-assign]
DefaultDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[assignment,method-assign]
_composed: Final[dict[Any, Any]] = {}


class Visitor(FlaskClient):
    """A client whose every request has an app context of its own, even while the test holds one open.

    Without this, Flask would lend the test's context to the request, and whoever signed in first would stay signed in.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **kwargs)


def make_app(database_url: str, instance: Path, **settings: Any) -> Flask:
    """The application over one database; `settings` as in app/settings.py. The caller closes it."""
    from app import create_app  # here, because tests of pure packages never load it

    instance.mkdir(exist_ok=True)
    app = create_app({"instance": instance, "secret_key": SECRET, **settings, "database_url": database_url})
    app.testing = True
    app.test_client_class = Visitor
    keep_templates(app)
    keep_statements(app)
    return app


def keep_templates(app: Flask) -> None:
    """Compile each template once per run and language, not once per test."""
    for language, environment in app.extensions["environments"].items():
        folder = run_folder() / f"templates-{language}"
        folder.mkdir(exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def keep_statements(app: Flask) -> None:
    """Let all apps of this process share the statements that SQLAlchemy has composed."""
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.update_execution_options(compiled_cache=_composed)


@contextmanager
def app_over(database_url: str, instance: Path, **settings: Any) -> Iterator[Flask]:
    """`make_app`, closed afterwards."""
    app = make_app(database_url, instance, **settings)
    yield app
    close(app)


def close(app: Flask) -> None:
    """Let go of the database, so that it can be dropped."""
    with app.app_context():
        handle: SQLAlchemy = app.extensions["sqlalchemy"]
        handle.session.remove()
        for engine in handle.engines.values():
            engine.dispose()


@pytest.fixture
def own_folder(worker_id: str) -> Path:
    """An empty folder, at the same place for every test of this process."""
    folder = run_folder() / f"own-{worker_id}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@pytest.fixture
def courses_folder(start: Start, own_folder: Path) -> Path:
    """A copy of the courses that the test may change."""
    return Path(shutil.copytree(start.courses, own_folder / "courses"))


@pytest.fixture
def app(
    database_url: str, courses_folder: Path, start: Start, own_folder: Path, request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """The application over a database and a courses folder of the test's own.

    Where no browser takes part, its objects are those of earlier tests of this process, put back as they were when they
    were made. Routes and hooks cannot be added to it: ask for `fresh_app`.
    """
    from tests.ground.lending import lent_app  # here, because tests of pure packages never load it

    over = app_over if is_watched(request) else lent_app
    with over(database_url, own_folder / "instance", courses=courses_folder, demo=start.demo) as made:
        yield made


@pytest.fixture
def fresh_app(database_url: str, courses_folder: Path, start: Start, own_folder: Path) -> Iterator[Flask]:
    """An application over the same database that nobody has used yet: routes and hooks can be added to it."""
    with app_over(database_url, own_folder / "instance", courses=courses_folder, demo=start.demo) as made:
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor nobody knows yet. `app.test_client()` makes more of them."""
    return app.test_client()


@pytest.fixture
def db(app: Flask) -> Iterator[SQLAlchemy]:
    """The database handle, in an app context of the test's own; `db.session.rollback()` shows what others wrote."""
    with app.app_context():
        yield app.extensions["sqlalchemy"]
