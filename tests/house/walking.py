"""One walk over every page as every role, on which several tests rest: what each page answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from flask import Flask
from flask.testing import FlaskClient

from app.web.languages import COOKIE
from tests.ground.statements import statements
from tests.house.tour import PAGES, ROLES, Page, places, visitor

COMPRESSED: Final = {"Accept-Encoding": "gzip"}  # the least that every phone takes
DOWNLOADS: Final = (
    "reports.competencies_file",
    "reports.competency_people_file",
    "reports.people_in_need_file",
    "reports.gain_file",
    "reports.survey_file",
    "teaching.analysis_file",
    "teaching.gradebook_file",
    "web.media",
    "web.upload",
    "learn.time_left",
)


@dataclass(frozen=True)
class Met:
    """What a role met at a page. Of what is read, downloads and pictures left out: `asked` holds the statements of a
    second look at it, `weight` the bytes that travelled for it, `html` the page by language, English on SQLite alone.
    """

    page: Page
    path: str
    role: str
    status: int
    asked: tuple[str, ...] = ()
    html: dict[str, str] = field(default_factory=dict)
    weight: int = 0

    @property
    def promised(self) -> int:
        """The status that the tour tells for this role."""
        return self.page.status[ROLES.index(self.role)]

    @property
    def is_read(self) -> bool:
        """Whether it is a page, and this role one of its readers."""
        return self.role in self.page.readers and self.page.endpoint not in DOWNLOADS


_walks: Final[dict[str, tuple[Met, ...]]] = {}


def walked(app: Flask) -> tuple[Met, ...]:
    """Every page as every role; the first who asks on a kind of database walks."""
    with app.app_context():
        kind = app.extensions["sqlalchemy"].engine.dialect.name
    if kind not in _walks:
        _walks[kind] = tuple(_walk(app, in_english=kind == "sqlite"))
    return _walks[kind]


def _walk(app: Flask, *, in_english: bool) -> Iterator[Met]:
    found = places(app)
    for role in ROLES:
        client = visitor(app, role)
        for page in PAGES:
            met = _met(app, client, page, page.path.format(**found), role)
            if met.is_read and in_english:
                met.html["en"] = _in_english(client, met.path)
            yield met


def _met(app: Flask, client: FlaskClient, page: Page, path: str, role: str) -> Met:
    with client.get(path, headers=COMPRESSED) as first:
        met = Met(page, path, role, first.status_code)
        if not met.is_read:
            return met
        weight = len(first.data)
    app.extensions["catalogue"].forget_heads()  # looking for new revisions is the page's, compiling them once is not
    with statements(app) as asked:
        second = client.get(path)
    return replace(met, asked=tuple(asked), weight=weight, html={"id": second.get_data(as_text=True)})


def _in_english(client: FlaskClient, path: str) -> str:
    client.set_cookie(COOKIE, "en")
    answer = client.get(path)
    client.delete_cookie(COOKIE)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)
