"""The ground itself: a check that cannot fail protects nobody."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages import Catalog
from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy

from app.db import db as handle
from tests.ground.database import KINDS
from tests.ground.html import page_faults, valid_fragment, valid_html
from tests.ground.order import pytest_collection_modifyitems
from tests.ground.translations import faults

GOOD = (
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Rak</title></head><body><main><h1>Rak</h1>'
    '<p id="a">Teks</p><label>Nama <input name="n"></label><label for="k">Kata</label><input id="k" name="k">'
    '<button aria-describedby="a">Simpan</button><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></main></body></html>'
)


def test_a_good_page_has_no_faults() -> None:
    valid_html(GOOD)
    valid_fragment("<p>Bagian halaman</p>")


@pytest.mark.parametrize(
    ("instead_of", "written", "fault"),
    [
        ("<!doctype html>", "", "DOCTYPE"),
        (' lang="id"', "", "language"),
        ("<title>Rak</title>", "", "title"),
        ("<title>Rak</title>", "<title> </title>", "title"),
        ("<h1>Rak</h1>", "", "h1"),
        ("<h1>Rak</h1>", "<h1>Rak</h1><h1>Dua</h1>", "h1"),
        ("<h1>Rak</h1>", "<h1>Rak</h1><h3>Tiga</h3>", "skips a level"),
        ("main>", "div>", "main"),
        ('<p id="a">', '<p id="k">', "stands 2 times"),
        ('id="a"', 'id="a b"', "space"),
        ('for="k"', 'for="x"', "a control without a label"),
        ("<label>Nama <input", "<label><input", "a control without a label"),
        ('aria-describedby="a"', 'aria-describedby="z"', "no element has the id 'z'"),
        ("Simpan", "", "nothing to read"),
        ("Teks", '<a href="#tak-ada">Teks</a>', "no element has the id 'tak-ada'"),
        ("Teks", '<img src="x.png">', "without alt"),
        ("<p ", '<p style="color:red" ', "style="),
        ("<p ", '<p onclick="x()" ', "onclick="),
        ("Teks", "<script>x()</script>", "a script inside the page"),
        ("Teks", "<div>Teks</div>", "1:"),  # a div closes the paragraph, whose own end is then too much
        ("Teks</p>", "Teks<b></p>", "1:"),
        ("Teks", "&tidakada;", "1:"),
    ],
)
def test_each_fault_of_a_page_is_named(instead_of: str, written: str, fault: str) -> None:
    assert instead_of in GOOD
    found = list(page_faults(GOOD.replace(instead_of, written)))
    assert any(fault in each for each in found), found


def catalogue(*entries: tuple[str | tuple[str, str], str | tuple[str, str]]) -> Catalog:
    made = Catalog(locale="en")
    for msgid, english in entries:
        made.add(msgid, english, locations=[("app/x.py", 1)])
    return made


@pytest.mark.parametrize(
    ("msgid", "english", "fault"),
    [
        ("Rak", None, "no English"),
        ("Rak", "", "empty"),
        (("%(num)s soal", "%(num)s soal"), ("%(num)s question", ""), "empty"),
        ("Hai %(name)s", "Hi %(nama)s", "other places"),
        ("Rak", "Shelf", None),
        (("%(num)s soal", "%(num)s soal"), ("%(num)s question", "%(num)s questions"), None),
    ],
)
def test_each_fault_of_a_translation_is_named(
    msgid: str | tuple[str, str], english: str | tuple[str, str] | None, fault: str | None
) -> None:
    wanted = catalogue((msgid, "" if isinstance(msgid, str) else ("", "")))
    written = catalogue((msgid, english)) if english is not None else catalogue()
    found = list(faults(wanted, written))
    assert len(found) == (1 if fault else 0)
    assert not fault or fault in found[0]


def test_a_fuzzy_translation_and_one_without_a_use_are_faults() -> None:
    doubtful = catalogue(("Rak", "Shelf"), ("Lama", "Old"))
    doubtful["Rak"].flags.add("fuzzy")
    found = list(faults(catalogue(("Rak", "")), doubtful))
    assert ["fuzzy" in each for each in found] == [True, False]
    assert "no longer said" in found[1]


def test_long_files_begin_then_those_with_the_most_tests_and_a_file_keeps_its_own_order() -> None:
    names = ["a/test_one.py", "a/test_two.py", "a/test_two.py", "house/test_all.py", "a/test_seen.py", "a/test_seen.py"]
    items: list[Any] = [
        SimpleNamespace(path=Path(name), number=number, fixturenames=["browser"] if "seen" in name else [])
        for number, name in enumerate(names)
    ]
    pytest_collection_modifyitems(items)
    assert [item.number for item in items] == [4, 5, 3, 1, 2, 0]


def test_a_test_over_the_database_runs_on_both_kinds(db: SQLAlchemy, request: pytest.FixtureRequest) -> None:
    kind = db.engine.dialect.name
    assert kind in KINDS
    assert kind in request.node.name


@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_finds_the_database_untouched(db: SQLAlchemy, time: str) -> None:
    db.session.execute(db.text("CREATE TABLE left_behind (id integer)"))
    db.session.commit()


def test_two_requests_share_nothing_even_in_an_open_context(fresh_app: Flask, db: SQLAlchemy) -> None:
    client = fresh_app.test_client()
    seen = []

    @fresh_app.before_request
    def look() -> None:
        seen.append((g.get("mark"), id(handle.session())))
        g.mark = "left by an earlier request"

    g.mark = "left by the test"
    mine = id(handle.session())
    client.get("/")
    client.get("/")
    assert [mark for mark, _ in seen] == [None, None]
    assert mine not in [session for _, session in seen]
