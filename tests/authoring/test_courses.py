"""The list of courses to work on: who sees which, in what state, and who begins a new one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.operations import Change, Parted, save_draft, sync
from app.catalogue.queries import draft_reading, get_workspace
from app.content.activities import Lesson
from app.people.operations import grant, revoke
from app.people.permissions import Grant, Role, Scope, ScopeKind
from tests.catalogue.writing import LATER, NOW, spoil
from tests.ground.cast import Cast, post, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html

ALL = Scope(1, everything=True)
SLUG, MODULE = "contoh", "01-dasar.yaml"
DRAFTED = "Kalimat yang baru ada di draf"


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def save(cast: Cast, old: str, new: str, name: str = "Rahmat Hidayat") -> None:
    """A text of the first module replaced in the draft."""
    began = get_workspace(SLUG, within=ALL)
    assert old.encode() in began.files[MODULE]
    files = {MODULE: began.files[MODULE].replace(old.encode(), new.encode())}
    change = Change(slug=SLUG, base=began.revision_id, files=files, message="", person_id=cast.rahmat, author=name)
    assert not isinstance(save_draft(change, now=LATER), Parted)


def only(cast: Cast, slug: str) -> None:
    """Rahmat trains this course alone."""
    revoke(cast.rahmat, Grant(Role.TRAINER))
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, slug), now=NOW)


def test_the_list_tells_what_is_draft_what_is_published_and_what_must_be_mended(
    client: FlaskClient, cast: Cast, db: SQLAlchemy
) -> None:
    sign_in(client, "rahmat")
    page = client.get("/authoring/").get_data(as_text=True)
    valid_html(page)
    assert "Kursus Contoh" in page and "dari folder kursus" in page
    assert "Draf, belum terlihat peserta" not in page
    save(cast, "title: {id: Modul dasar", "titel: {id: Modul dasar")
    page = client.get("/authoring/").get_data(as_text=True)
    valid_html(page)
    assert "Draf, belum terlihat peserta" in page and "oleh Rahmat Hidayat" in page
    assert "1 hal harus dibetulkan sebelum terbit" in page
    assert 'aria-current="page">Susun kursus' in page


def test_a_trainer_of_one_course_finds_nothing_of_another(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    save(cast, "Modul dasar", DRAFTED)
    only(cast, "tertutup")
    sign_in(client, "rahmat")
    page = client.get("/authoring/").get_data(as_text=True)
    assert "Kursus Contoh" not in page and "Kursus baru" not in page
    assert client.get("/authoring/new").status_code == 404
    assert post(client, "/authoring/new", title="Kursus lain").status_code == 404
    for place in ("pads/lessons/x", "presence/lessons/x", "dropped-pads/lessons/x"):
        assert post(client, f"/authoring/{SLUG}/{place}", body="x").status_code == 404
        assert post(client, f"/authoring/tertutup/{place}", body="x").status_code < 400


def test_the_list_tells_the_faults_of_folders_with_the_way_to_their_line(
    client: FlaskClient, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    spoil(courses_folder)
    new = courses_folder / "baru"
    new.mkdir()
    (new / "course.yaml").write_text("title: 'Kursus\nmodules: []\n")
    sync(courses_folder, now=NOW)
    sign_in(client, "rahmat")
    page = client.get("/authoring/").get_data(as_text=True)
    valid_html(page)
    assert "/authoring/contoh/yaml/01-dasar.yaml?at=4&amp;source=folder" in page
    assert "<code>01-dasar.yaml:4</code>" in page and "<code>course.yaml:1</code>" in page
    taken = post(client, "/authoring/baru/taken-folder")
    assert (taken.status_code, taken.location) == (303, "/authoring/baru/yaml/course.yaml?at=1")
    assert "title: &#39;Kursus" in client.get(taken.location).get_data(as_text=True)
    assert "sudah diambil ke draf" in client.get("/authoring/").get_data(as_text=True)
    assert post(client, "/authoring/baru/taken-folder").status_code == 404, "it has a draft now"
    assert post(client, "/authoring/contoh/taken-folder").status_code == 404
    assert get_workspace("baru", within=ALL).files["course.yaml"] == (new / "course.yaml").read_bytes()


def test_a_trainer_of_one_course_is_told_of_its_folder_alone(
    client: FlaskClient, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    spoil(courses_folder)
    (courses_folder / "baru").mkdir()
    (courses_folder / "baru/course.yaml").write_text("title: Kursus\n")
    sync(courses_folder, now=NOW)
    sign_in(client, "rahmat")
    for slug, told in ((SLUG, True), ("tertutup", False)):
        only(cast, slug)
        page = client.get("/authoring/").get_data(as_text=True)
        assert ("01-dasar.yaml:4" in page) == told and "course.yaml:1" not in page
        revoke(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, slug))
        grant(cast.rahmat, Grant(Role.TRAINER), now=NOW)
    only(cast, "baru")
    assert post(client, "/authoring/baru/taken-folder").status_code == 404


@pytest.mark.parametrize("name", ["siti", "noor"])
def test_who_trains_nobody_has_no_place_here(client: FlaskClient, cast: Cast, name: str) -> None:
    sign_in(client, name)
    assert client.get("/authoring/").status_code == 403
    assert client.get("/authoring/new").status_code == 403
    assert post(client, f"/authoring/{SLUG}/pads/lessons/x", body="x").status_code == 403


def test_a_draft_is_on_no_page_of_learners(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    course = draft_reading(get_workspace(SLUG, within=ALL)).course
    lesson = next(each for module in course.modules for each in module.activities if isinstance(each, Lesson))
    save(cast, "Modul dasar", DRAFTED)
    save(cast, lesson.title.id, DRAFTED)
    sign_in(client, "siti")
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        page = answer.get_data(as_text=True)
        assert DRAFTED not in page, path
        waiting += re.findall(r'href="(/(?!static|media)[^"#?]*)"', page) if answer.status_code == 200 else []
    assert any(path.endswith(lesson.id) for path in seen), sorted(seen)


def test_a_course_begun_in_the_browser_is_a_draft_under_an_address_of_its_own(
    app: Flask, client: FlaskClient, cast: Cast, db: SQLAlchemy
) -> None:
    sign_in(client, "rahmat")
    valid_html(client.get("/authoring/new").get_data(as_text=True))
    fields = {"title": "Merawat Buku", "title_en": "Caring for Books", "hours": "3", "track": "service", "code": "LP-9"}
    for slug in ("merawat-buku", "merawat-buku-2"):
        answer = post(client, "/authoring/new", **fields)
        assert (answer.status_code, answer.location) == (303, f"/authoring/{slug}")
        workspace = get_workspace(slug, within=ALL)
        assert (workspace.is_draft, workspace.published_id, workspace.saved_by) == (True, None, "Rahmat Hidayat")
    told = {str(each.message) for each in draft_reading(workspace).faults}
    assert len(told) == 2, told  # a summary and a module are still missing, and nothing else
    learner = app.test_client()
    sign_in(learner, "siti")
    assert learner.get("/courses/merawat-buku").status_code == 404


@pytest.mark.parametrize(
    ("fields", "field"), [({"title": "  "}, "title"), ({"title": "A", "hours": "tiga"}, "hours"), ({}, "title")]
)
def test_a_course_that_cannot_be_begun_is_told_at_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, cast: Cast, fields: dict[str, str], field: str
) -> None:
    sign_in(client, "rahmat")
    answer = post(client, "/authoring/new", summary="Sudah diketik", **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in page and "Sudah diketik" in page
    valid_html(page)
