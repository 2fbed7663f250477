"""One app for many tests: made once per process and place, given to each test as it was when it was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.catalogue.models import Revision
from app.catalogue.rules import SHARED
from app.catalogue.store import init_store
from app.content.course import Course
from app.db import db
from tests.ground.application import close, make_app


@dataclass(frozen=True)
class Made:
    """An app, and what it was when it was made."""

    app: Flask
    extensions: dict[str, Any]
    config: dict[str, Any]
    names: dict[str, Any]
    views: dict[str, Any]

    @classmethod
    def of(cls, app: Flask) -> Made:
        return cls(app, {**app.extensions}, {**app.config}, {**app.jinja_env.globals}, {**app.view_functions})

    def as_new(self) -> Flask:
        """The app as it was, knowing nothing of what is published."""
        app = self.app
        for there, then in (
            (app.extensions, self.extensions),
            (app.config, self.config),
            (app.jinja_env.globals, self.names),
            (app.view_functions, self.views),
        ):
            there.clear()
            there.update(then)
        init_store(app)
        return app


_made: Final[dict[tuple[object, ...], Made]] = {}
_compiled: Final[dict[tuple[object, ...], Course]] = {}  # by what the database says of their revisions


@contextmanager
def lent_app(database_url: str, instance: Path, **settings: Any) -> Iterator[Flask]:
    """An app over these places, made once per process: making one costs as much as ten requests."""
    instance.mkdir(exist_ok=True)
    key = (database_url, instance, *sorted(settings.items()))
    if key not in _made:
        _made[key] = Made.of(make_app(database_url, instance, **settings))
    app = _made[key].as_new()
    with keeping_courses(app):
        yield app
    close(app)


@contextmanager
def keeping_courses(app: Flask) -> Iterator[None]:
    """Courses that were compiled by an earlier test from the same files need not be compiled again."""
    store = app.extensions["catalogue"]
    with app.app_context():
        known = _revisions()
    store.courses.update((each, _compiled[key]) for each, key in known.items() if key in _compiled)
    yield
    _compiled.update((key, store.courses[each]) for each, key in known.items() if each in store.courses)


def _revisions() -> dict[int, tuple[object, ...]]:
    """What was published when the test began: the revisions, each with the files it was compiled from."""
    shared = aliased(Revision)
    rows = db.session.execute(
        select(Revision.id, Revision.slug, Revision.sha256, shared.sha256).outerjoin(
            shared, shared.id == Revision.shared_id
        )
    ).all()
    db.session.remove()
    return {row[0]: tuple(row[1:]) for row in rows if row.slug != SHARED}
