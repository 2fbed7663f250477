"""The trainer's courses: versions, faults, suggestions, and who sees which."""

from __future__ import annotations

import re
from gettext import NullTranslations
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.catalogue.operations import sync
from app.people.operations import choose_language, grant, revoke
from app.people.permissions import Grant, Role, ScopeKind
from app.web import languages
from tests.catalogue.writing import LATER, MODULE, NOW, retitle, spoil
from tests.ground.cast import Cast, sign_in
from tests.ground.html import read


def look(app: Flask, folder: Path, again: bool = False) -> None:
    with app.app_context():
        sync(folder, now=LATER if again else NOW)


def test_the_list_names_each_course_with_its_version_and_when_it_was_published(
    app: Flask, rahmat: FlaskClient, courses_folder: Path
) -> None:
    look(app, courses_folder)
    retitle(courses_folder)
    look(app, courses_folder, again=True)
    page = read(rahmat, "/teaching/courses")
    assert page.index("Yang dipakai semua kursus") < page.index("Kursus Contoh")
    assert "versi 2" in page
    assert "Terbit 22 November 2026, 10.25 WITA dari folder kursus" in page


def test_faults_are_shown_with_file_line_and_column_while_the_last_version_is_served(
    app: Flask, rahmat: FlaskClient, courses_folder: Path
) -> None:
    look(app, courses_folder)
    spoil(courses_folder)
    look(app, courses_folder, again=True)
    assert "1 hal harus dibetulkan" in read(rahmat, "/teaching/courses")
    page = read(rahmat, "/teaching/courses/contoh")
    assert f"<code>courses/{MODULE}:4:1</code></a>: " in page
    assert "Peserta tetap melihat versi di atas" in page
    assert "Ditemukan 22 November 2026, 10.25 WITA" in page


class Marked(NullTranslations):
    """An English catalogue whose every sentence begins with a mark."""

    def gettext(self, msgid: str) -> str:
        return f"EN {msgid}"

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return f"EN {singular}"


def test_faults_are_told_in_the_readers_language(
    app: Flask, cast: Cast, rahmat: FlaskClient, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(app, courses_folder)
    spoil(courses_folder)
    look(app, courses_folder, again=True)
    assert "</code></a>: Kunci &#34;titel&#34; tidak dikenal" in read(rahmat, "/teaching/courses/contoh")
    with app.app_context():
        choose_language(cast.rahmat, "en")
    monkeypatch.setattr(languages, "catalogue", lambda language: Marked())
    page = read(rahmat, "/teaching/courses/contoh")
    assert "</code></a>: EN EN Kunci &#34;titel&#34; tidak dikenal" in page  # a sentence around a sentence


def test_a_course_that_was_never_whole_has_a_page_with_its_faults_only(
    app: Flask, rahmat: FlaskClient, courses_folder: Path
) -> None:
    spoil(courses_folder)
    look(app, courses_folder)
    page = read(rahmat, "/teaching/courses/contoh")
    assert "Belum pernah terbit" in page
    assert "/preview/" not in page


def test_the_page_of_a_course_lists_its_activities_its_suggestions_and_its_history(
    app: Flask, rahmat: FlaskClient, courses_folder: Path
) -> None:
    look(app, courses_folder)
    retitle(courses_folder)
    look(app, courses_folder, again=True)
    page = read(rahmat, "/teaching/courses/contoh")
    assert 'href="/teaching/courses/contoh/preview/pengantar"' in page
    assert page.index("Versi 2") < page.index("Versi 1")
    assert page.count("sedang dipakai") == 1


def test_what_all_courses_share_has_a_page_of_its_own(app: Flask, rahmat: FlaskClient, courses_folder: Path) -> None:
    look(app, courses_folder)
    (courses_folder / "glossary.yaml").write_text("terms: [\n")
    look(app, courses_folder, again=True)
    page = read(rahmat, "/teaching/courses/@shared")
    assert "courses/glossary.yaml:1:" in page
    (link,) = re.findall(r'href="(/authoring/@shared/yaml/glossary.yaml[^"]*)"', page)
    assert "terms: [" in read(rahmat, unescape(link))


def test_an_empty_list_says_what_will_be_there(rahmat: FlaskClient) -> None:
    assert "Belum ada kursus" in read(rahmat, "/teaching/courses")


PATHS = (
    "/teaching/courses",
    "/teaching/courses/contoh",
    "/teaching/courses/contoh/preview/pengantar",
    "/teaching/courses/contoh/preview/latihan",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("name", "status"), [("siti", 403), ("noor", 403), ("rahmat", 200), ("admin", 200)])
def test_only_trainers_and_admins_see_them(
    app: Flask, cast: Cast, client: FlaskClient, courses_folder: Path, path: str, name: str, status: int
) -> None:
    look(app, courses_folder)
    sign_in(client, name)
    assert client.get(path).status_code == status


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_asked_to_sign_in(app: Flask, client: FlaskClient, courses_folder: Path, path: str) -> None:
    look(app, courses_folder)
    assert client.get(path).status_code == 401


def test_a_trainer_of_one_course_finds_no_other(
    app: Flask, cast: Cast, client: FlaskClient, courses_folder: Path
) -> None:
    look(app, courses_folder)
    with app.app_context():
        grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), now=NOW)
        revoke(cast.rahmat, Grant(Role.TRAINER))
    sign_in(client, "rahmat")
    page = read(client, "/teaching/courses")
    assert "/teaching/courses/tertutup" in page
    assert "/teaching/courses/contoh" not in page
    assert "@shared" not in page
    for path in ("", "/preview/pengantar", "/preview/latihan"):
        assert client.get(f"/teaching/courses/contoh{path}").status_code == 404
    assert client.get("/teaching/courses/@shared").status_code == 404
    assert client.get("/teaching/courses/tertutup").status_code == 200
