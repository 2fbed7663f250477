"""What is not measured by load: statements, the weight of a first visit, the start."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

from benchmarks.client import Ask, Reply, Tally, Visit, drive, get, post
from benchmarks.filling import PASSWORD, put_back
from benchmarks.measuring import BROWSER, PATHS, Site
from benchmarks.quiz import Taken, finish, look, review, save, start
from benchmarks.visitors import SAVED, form_to, readers, signing_in, stranger

LOADED: Final = re.compile(
    r'<link\b[^>]*\brel="(?:stylesheet|icon|manifest)"[^>]*>|<script\b[^>]*\bsrc=[^>]*>|<img\b[^>]*>'
)
ADDRESS: Final = re.compile(r'\b(?:href|src)="(/[^"]*)"')


class Weight(NamedTuple):
    """What one page cost a browser that keeps what it loaded before: bytes with heads, requests, bytes of images."""

    page: str
    bytes: int
    requests: int
    image_bytes: int


def statements(site: Site, port: int) -> dict[str, int]:
    """The most SQL statements that an answer of each kind took; `port` is a server that tells them.

    Pages are asked for more than once, over more than a second, so that the look at the served revisions is among them.
    """
    found: dict[str, int] = {}

    def note(visits: Iterable[Visit]) -> None:
        tally: Tally = drive(port, visits, 2)
        for label, count in tally.statements.items():
            found[label] = max(found.get(label, 0), count)

    for page, path in PATHS.items():
        note(islice(readers(site.readers_of(page), path, page), 800 if page != "staff page" else 40))
    taken = [Taken(who) for who in site.learners[:30]]
    note(map(start, taken))
    note(map(look, taken))
    for each in taken:
        each.read_forms()
    for step in (save, finish, review):
        note(map(step, taken))
    nobody = stranger(site.app)
    note(signing_in(nobody, name, PASSWORD) for name in site.database.user_names[:5])
    put_back(site.app, site.database)
    return found


def first_visit(site: Site) -> list[Weight]:
    """A browser with an empty cache: the sign-in page, the shelf after signing in, then a lesson."""
    weights: list[Weight] = []
    drive(site.server.port, [_browse(site, weights)], 1)
    return weights


def _browse(site: Site, weights: list[Weight]) -> Visit:
    kept: set[str] = set()
    page = yield Ask(get("/sign-in", "", BROWSER), "sign-in page")
    plain = yield Ask(get("/sign-in"), "sign-in page")
    yield from _with_what_it_loads("sign-in page", (page, plain), kept, weights)
    cookie = plain.cookies()
    form = form_to(plain.body.decode(), "/sign-in")
    fields = dict(form.hidden) | {"login": site.database.user_names[0], "password": PASSWORD}
    entered = yield Ask(post("/sign-in", fields, cookie), "sign-in", SAVED)
    cookie = entered.cookies()
    for name, path in (("shelf", "/"), ("lesson", PATHS["lesson"])):
        page = yield Ask(get(path, cookie, BROWSER), name)
        plain = yield Ask(get(path, cookie), name)
        yield from _with_what_it_loads(name, (page, plain), kept, weights)


def _with_what_it_loads(name: str, pages: tuple[Reply, Reply], kept: set[str], weights: list[Weight]) -> Visit:
    """Load what a page names and is not kept yet. `pages`: as a browser got it, and uncompressed to read it."""
    page, plain = pages
    size, requests, images = page.size, 1, 0
    for tag in LOADED.findall(plain.body.decode()):
        for path in ADDRESS.findall(tag):
            if path in kept:
                continue
            kept.add(path)
            part = yield Ask(get(path, "", BROWSER), f"{name}: {path}")
            size, requests = size + part.size, requests + 1
            images += part.size if tag.startswith("<img") else 0
    weights.append(Weight(name, size, requests, images))
