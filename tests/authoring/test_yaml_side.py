"""The YAML side: what a trainer types in a file is checked on its lines, and saved as it is."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.authoring.rules.yaml_side import data_typed, doors, line_of, may_open, text_shown, told_of_file
from app.catalogue.operations import sync
from app.catalogue.queries import get_workspace
from app.content.faults import Fault
from app.content.reading import FILE_LIMIT
from app.errors import N_
from app.people.operations import grant, revoke
from app.people.permissions import Grant, Role, Scope, ScopeKind
from tests.authoring.questions import DDC, FILES, MODULE
from tests.catalogue.writing import spoil
from tests.ground.cast import NOW, Cast, post, sign_in
from tests.ground.database import ONE_DATABASE, PUBLISHED, Start
from tests.ground.html import valid_html

ALL = Scope(1, everything=True)
FILE = "01-dasar.yaml"
PAGE = f"/authoring/contoh/yaml/{FILE}"
CHECK = f"/authoring/contoh/checked-yaml/{FILE}"


# Rules


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (b"a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", b"a: 1\nb: 2\n"),
        (b"a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n", b"a: 1\r\nb: 3\r\n"),
        (b"\xef\xbb\xbfa: 1\n", "a: 2\r\n", b"\xef\xbb\xbfa: 2\n"),
        (b"a: 1\r\nb: 2\n", "a: 1\r\nb: 2\r\n", b"a: 1\r\nb: 2\n"),
        (b"a: 1", "a: 2", b"a: 2"),
        (b"a: 1\n", "", b""),
        (b"a: caf\xe9\n", "a: café\r\n", b"a: caf\xe9\n"),
        (b"a: caf\xe9\n", "a: café!\r\n", "a: café!\n".encode()),
    ],
)
def test_a_browsers_line_breaks_do_not_come_into_a_file(before: bytes, text: str, after: bytes) -> None:
    assert data_typed(before, text) == after
    assert "\r" not in text_shown(before)


def test_an_entry_is_found_on_its_line() -> None:
    lines = MODULE.splitlines()
    assert line_of(FILES, "01-kelas.yaml", "kuis-ddc") == lines.index("  - quiz: kuis-ddc") + 1
    assert line_of(FILES, "01-kelas.yaml", "kuis-ddc/dongeng") == lines.index("      - id: dongeng") + 1
    assert line_of(FILES, "bank/ddc.yaml", "bank/ddc/bahasa") == DDC.splitlines().index("  - id: bahasa") + 1
    assert line_of(FILES, "01-kelas.yaml", "bank/ddc/bahasa") is None
    assert line_of(FILES, "01-kelas.yaml", "tidak-ada/tidak-ada") is None


def test_each_entry_of_a_file_has_the_way_to_its_form() -> None:
    found = [(each.kind, each.id, each.holder) for each in doors("01-kelas.yaml", FILES["01-kelas.yaml"])]
    assert found[:3] == [("lesson", "mengapa-ddc", ""), ("quiz", "kuis-ddc", ""), ("question", "dongeng", "kuis-ddc")]
    assert {each.holder for each in doors("bank/ddc.yaml", FILES["bank/ddc.yaml"])} == {"bank/ddc"}
    assert doors("01-kelas.yaml", b"a: 'x") == ()


def test_only_what_authors_write_can_be_opened() -> None:
    files = {
        "course.yaml": b"",
        "01-a.yaml": b"",
        "bank/b.yaml": b"",
        "media/a.svg": b"",
        "x/y.yaml": b"",
        "a.txt": b"",
    }
    assert [each for each in files if may_open(each, files)] == ["course.yaml", "01-a.yaml", "bank/b.yaml"]
    assert not may_open("02-b.yaml", files)


def test_what_is_told_shows_its_line() -> None:
    here, there = (Fault(f"courses/x/{name}", 2, 4, N_("Salah.")) for name in ("a.yaml", "b.yaml"))
    found = told_of_file([here, there, here], "courses/x/a.yaml", "a: 1\n  b: 2\n")
    assert [(each.line, each.excerpt) for each in found] == [(2, "b: 2")] * 2


# Pages


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def saved() -> bytes:
    return get_workspace("contoh", within=ALL).files[FILE]


def page_of(client: FlaskClient, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    valid_html(page)
    return page


def box(page: str) -> str:
    """What stands in the box."""
    found = re.search(r"<textarea[^>]*>\n(.*)</textarea>", page, re.S)
    assert found
    return html.unescape(found[1])


def form(page: str, text: str, **more: str) -> dict[str, str]:
    return {"base": hidden(page, "base"), "text": text.replace("\n", "\r\n"), **more}


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


@ONE_DATABASE
def test_what_rahmat_types_is_saved_as_he_typed_it_with_its_faults_told(
    client: FlaskClient, cast: Cast, db: SQLAlchemy
) -> None:
    sign_in(client, "rahmat")
    page = page_of(client)
    before = saved()
    assert box(page) == before.decode()
    assert "Tidak ada kesalahan di file ini." in page
    text = box(page).replace("minutes: 5", "minutes: lima", 1)
    line = text[: text.index("minutes: lima")].count("\n") + 1
    checked = post(client, CHECK, **form(page, text)).get_data(as_text=True)
    valid_html(checked)
    assert box(checked) == text and saved() == before
    assert "1 hal harus dibetulkan di file ini" in checked and f'data-line="{line}"' in checked
    assert "<code>minutes: lima</code>" in checked
    part = post(client, CHECK, **form(page, text, part="1")).get_data(as_text=True)
    assert f'data-line="{line}"' in part and "<textarea" not in part
    answer = post(client, PAGE, **form(page, text, at=str(line)))
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?at={line}")
    assert saved() == text.encode()
    page = page_of(client, answer.location)
    assert "1 hal harus dibetulkan di file ini" in page and f'data-at="{line}"' in page
    answer = post(client, PAGE, **form(page, before.decode(), do="publish"))
    assert answer.location == "/authoring/contoh/publish"
    assert saved() == before


@ONE_DATABASE
def test_a_fault_in_one_file_is_counted_beside_another(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    sign_in(client, "rahmat")
    page = page_of(client)
    post(client, PAGE, **form(page, box(page).replace("minutes: 5", "minutes: lima", 1)))
    assert "1 hal harus dibetulkan di file lain" in page_of(client, "/authoring/contoh/yaml/course.yaml")


@ONE_DATABASE
def test_a_file_that_cannot_be_read_is_saved_and_told_where(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    sign_in(client, "rahmat")
    page = page_of(client)
    post(client, PAGE, **form(page, "title: 'Kelas\nactivities: []\n"))
    page = page_of(client)
    assert 'data-line="1"' in page and "Formulirnya terbuka lagi" in page
    assert saved().startswith(b"title: 'Kelas\n")


@ONE_DATABASE
def test_a_file_that_is_too_large_is_refused_and_still_there(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    sign_in(client, "rahmat")
    page = page_of(client)
    text = "# " + "é" * (FILE_LIMIT // 2) + "\n"
    answer = post(client, PAGE, **form(page, text))
    assert answer.status_code == 413
    assert box(answer.get_data(as_text=True)) == text
    assert "terlalu besar" in answer.get_data(as_text=True)


@ONE_DATABASE
def test_only_files_of_courses_within_reach_are_found(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    sign_in(client, "rahmat")
    for path in ("tidak-ada.yaml", "media/alur.svg", "../glossary.yaml", "bank/../course.yaml"):
        assert client.get(f"/authoring/contoh/yaml/{path}").status_code == 404
    revoke(cast.rahmat, Grant(Role.TRAINER))
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), now=NOW)
    assert client.get(PAGE).status_code == 404
    assert post(client, PAGE, base="1", text="x").status_code == 404
    assert post(client, CHECK, base="1", text="x").status_code == 404


@ONE_DATABASE
def test_a_bad_file_of_the_folder_opens_at_its_fault_and_what_is_published_then_is_written_over_it(
    client: FlaskClient, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    good = spoil(courses_folder)
    sync(courses_folder, now=NOW)
    sign_in(client, "rahmat")
    told = client.get("/teaching/courses/contoh").get_data(as_text=True)
    valid_html(told)
    link = re.search(r'href="(/authoring/contoh/yaml/[^"]*source=folder[^"]*)"', told)
    assert link
    page = page_of(client, html.unescape(link[1]))
    assert "\ntitel:" in box(page) and 'data-at="4"' in page and "Ini isi file di folder kursus" in page
    assert 'data-line="4"' in page
    assert box(page_of(client)) == good
    bank = courses_folder / "contoh/bank/kumpulan.yaml"
    bank.write_text(bank.read_text() + "# dari folder\n")
    mended = {**form(page, good.replace("minutes: 5", "minutes: 7", 1)), "folder": hidden(page, "folder")}
    moved = post(client, PAGE, **mended)
    again = moved.get_data(as_text=True)
    valid_html(again)
    assert moved.status_code == 409 and "Folder kursus berubah" in again and "minutes: 7" in box(again)
    saved_at = post(client, PAGE, **{**mended, "folder": hidden(again, "folder")})
    assert saved_at.status_code == 303 and "source" not in saved_at.location
    compared = re.search(r'href="(/authoring/contoh/changes/[^"]*)"', page_of(client, "/authoring/contoh/history"))
    assert compared and "Modul" in page_of(client, compared[1])
    post(client, "/authoring/contoh/publish", page="/authoring/contoh/publish", base=hidden(page_of(client), "base"))
    assert "minutes: 7" in (courses_folder / "contoh" / FILE).read_text()
    assert sync(courses_folder, now=NOW).faults == {}


@ONE_DATABASE
def test_the_page_asks_for_a_line_by_the_entrys_name(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    sign_in(client, "rahmat")
    page = page_of(client, f"{PAGE}?entry=pengantar")
    line = saved().decode().split("\n").index("  - lesson: pengantar") + 1
    assert f'data-at="{line}"' in page
    assert 'name="door" value="pengantar"' in page


@ONE_DATABASE
def test_changing_sides_takes_along_what_was_typed(client: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    sign_in(client, "rahmat")
    page = page_of(client)
    text = box(page).replace("minutes: 5", "minutes: 6", 1)
    answer = post(client, PAGE, **form(page, text, door="pengantar"))
    assert answer.location == "/authoring/contoh/lessons/pengantar" and saved() == text.encode()
    lesson = page_of(client, answer.location)
    typed = {"title_id": "Pengantar", "minutes": "7", "body_id": "Isi.", "body_en": "", "do": "yaml"}
    answer = post(client, answer.location, **form(lesson, "", **typed))
    assert answer.location == f"{PAGE}?entry=pengantar" and b"minutes: 7" in saved()
    settings = page_of(client, "/authoring/contoh/settings")
    answer = post(client, "/authoring/contoh/settings", **form(settings, "", title="Judul lain", do="yaml"))
    assert answer.location.startswith("/authoring/contoh/yaml/course.yaml")
    page = page_of(client, answer.location)
    assert "Judul lain" in box(page)
    answer = post(client, "/authoring/contoh/yaml/course.yaml", **form(page, box(page), do="form"))
    assert answer.location == "/authoring/contoh/settings"


@ONE_DATABASE
def test_what_stands_in_an_unreadable_file_is_opened_there_at_its_fault(
    client: FlaskClient, cast: Cast, db: SQLAlchemy
) -> None:
    sign_in(client, "rahmat")
    page = page_of(client)
    post(client, PAGE, **form(page, box(page) + "\tx: 1\n"))
    line = box(page).count("\n") + 1
    for path in ("lessons/pengantar", "quizzes/latihan", "quizzes/latihan/settings", "preview/latihan"):
        assert client.get(f"/authoring/contoh/{path}").location == f"{PAGE}?at={line}"
    assert "salah tulis di file ini" in page_of(client, f"{PAGE}?at={line}")
    post(client, PAGE, **form(page_of(client), box(page)))
    assert client.get("/authoring/contoh/lessons/tidak-ada").status_code == 404
