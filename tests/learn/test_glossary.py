"""The glossary through a browser without scripts: all terms, a search, and a practice of which nothing is kept."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.content.compile import NOTHING_SHARED
from app.learn import term_pages
from app.quizzes.models import Answer
from tests.learn.walker import Walker


def words(walker: Walker) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", walker.main()).split())


def test_siti_finds_the_glossary_on_every_page_and_looks_terms_up(app: Flask, siti: int) -> None:
    walker = Walker.of(app)
    assert 'href="/glossary"' in walker.open("/")
    walker.open("/glossary")
    assert "2 istilah perpustakaan" in words(walker)
    assert "katalog (catalogue) Daftar yang menunjukkan letak sebuah buku." in words(walker)
    assert 'id="istilah-rak"' in walker.main()
    for wanted, found in (("lemari", "rak buku"), ("BOOKSHELF", "rak buku"), ("letak", "katalog")):
        walker.open(f"/glossary?q={wanted}")
        assert f"1 istilah memuat “{wanted}”." in words(walker)
        assert re.findall(r"<dt>([^<]*?)(?: <|<)", walker.main()) == [found]
    walker.open("/glossary?q=%3Cb%3Ekapal&other=1")
    assert "Tidak ada istilah yang memuat “&lt;b&gt;kapal”." in words(walker)


def test_an_answer_is_told_at_once_and_nothing_of_it_is_kept(app: Flask, siti: int, db: SQLAlchemy) -> None:
    walker = Walker.of(app)
    walker.open("/glossary/practice")
    assert re.fullmatch(r"/glossary/practice\?draw=\d+", walker.path)
    assert "Kunci jawaban" not in walker.main()
    said = set()
    for draw in range(8):
        for choice in (0, 1):
            walker.open(f"/glossary/practice?draw={draw}")
            assert "Kunci jawaban" not in walker.main() and "Pembahasan" not in walker.main()
            walker.open(f"/glossary/practice?draw={draw}&choice={choice}&check=1")
            assert "Kunci jawaban" in walker.main() and "Pembahasan" in walker.main()
            assert f'href="/glossary/practice?draw={draw + 1}"' in walker.main()
            said.add(re.search(r'role="status"><strong>(\w+)', walker.main())[1])  # type: ignore[index]
    assert said == {"Benar", "Salah"}
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 0


def test_who_checks_without_an_answer_or_with_nonsense_loses_nothing(app: Flask, siti: int) -> None:
    walker = Walker.of(app)
    walker.open("/glossary/practice?draw=3&check=1")
    assert "Pilih satu jawaban dulu." in words(walker) and 'name="draw" value="3"' in walker.main()
    walker.open("/glossary/practice?draw=3&choice=9&check=1")
    assert "Kunci jawaban" in walker.main()
    walker.open("/glossary/practice?draw=kapal")
    assert re.fullmatch(r"/glossary/practice\?draw=\d+", walker.path)
    assert walker.open(f"/glossary/practice?draw=-{'9' * 40}")


def test_a_glossary_without_terms_says_so_and_asks_nothing(
    app: Flask, siti: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term_pages, "shared_now", lambda: NOTHING_SHARED)
    walker = Walker.of(app)
    walker.open("/glossary")
    assert "Daftar istilah belum diisi." in words(walker)
    assert "/glossary/practice" not in walker.main()
    walker.open("/glossary/practice?draw=1", status=404)
