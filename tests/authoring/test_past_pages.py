"""The history of a course through the app: what differs, an old version taken up again, two saves that met."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.models import Revision
from app.catalogue.operations import Change, Parted, Publication, Saved, publish_draft, save_draft, sync
from app.catalogue.queries import get_published, get_workspace, get_workspace_at
from app.catalogue.rules import RESOLVED
from app.people.operations import grant, revoke
from app.people.permissions import Grant, Role, Scope, ScopeKind
from tests.catalogue.writing import LATER, retitle
from tests.ground.cast import NOW, Cast, post
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import read, valid_html

ALL = Scope(1, everything=True)
SLUG = "contoh"
MODULE = "01-dasar.yaml"
AUTHOR = "Rahmat Hidayat"
PAGES = f"/authoring/{SLUG}"


@pytest.fixture
def start() -> Start:
    """There is a course."""
    return PUBLISHED


def save(*changes: tuple[str, str], base: int | None = None) -> Saved | Parted:
    """Save the first module with some texts changed, as from a form that began with `base` (None: the workspace)."""
    began = get_workspace(SLUG, within=ALL) if base is None else get_workspace_at(SLUG, base, within=ALL)
    text = began.files[MODULE].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    change = Change(
        slug=SLUG, base=began.revision_id, files={MODULE: text.encode()}, message="", person_id=1, author=AUTHOR
    )
    return save_draft(change, now=LATER)


def module(revision_id: int | None = None) -> str:
    """The first module as it is worked on, or as a revision has it."""
    held = get_workspace(SLUG, within=ALL) if revision_id is None else get_workspace_at(SLUG, revision_id, within=ALL)
    return held.files[MODULE].decode()


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the form of choices."""
    form = page.partition('action="/authoring/contoh/parted/')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def picks(page: str) -> list[str]:
    """The names of what is to be chosen."""
    return list(dict.fromkeys(re.findall(r'name="(pick-[0-9a-f]+)"', page)))


@pytest.fixture
def met(cast: Cast, db: SQLAlchemy) -> Parted:
    """Another trainer saved a pass mark; Rahmat's form began before that."""
    served = get_published(SLUG).revision_id
    save(("pass: 60", "pass: 66"))
    done = save(("pass: 60", "pass: 80"), ("preset: practice", "preset: test"), base=served)
    assert isinstance(done, Parted)
    return done


def test_the_history_tells_saves_and_versions_with_their_authors_and_what_they_changed(
    rahmat: FlaskClient, db: SQLAlchemy
) -> None:
    first = get_published(SLUG).revision_id
    saved = save(("pass: 60", "pass: 80"))
    assert isinstance(saved, Saved)
    page = read(rahmat, f"{PAGES}/history")
    assert re.search(r"<strong>Draf</strong>.*draf sekarang.*oleh Rahmat Hidayat.*Kuis diubah: 1", page, re.DOTALL)
    assert re.search(r"<strong>Versi 1</strong>.*dilihat peserta sekarang.*dari folder kursus", page, re.DOTALL)
    assert f'href="{PAGES}/changes/{first}/{saved.revision_id}"' in page
    told = read(rahmat, f"{PAGES}/changes/{first}/{saved.revision_id}")
    assert "Batas lulus" in told and "Latihan dasar" in told
    assert re.search(r"<del>.*60</del><ins>.*80</ins>", told)
    assert "pass:" not in told


def test_an_old_version_is_shown_against_the_draft_and_is_worked_on_again(rahmat: FlaskClient, db: SQLAlchemy) -> None:
    first = get_published(SLUG).revision_id
    saved = save(("pass: 60", "pass: 80"))
    assert isinstance(saved, Saved)
    for revision_id, was, now in ((first, "80", "60"), (saved.revision_id, "60", "80")):
        path = f"{PAGES}/history/{revision_id}"
        assert re.search(rf"<del>.*{was}</del><ins>.*{now}</ins>", read(rahmat, path))
        assert post(rahmat, path, page=path).status_code == 303
        db.session.rollback()
        assert f"pass: {now}" in module()
    assert get_workspace(SLUG, within=ALL).is_draft
    assert get_published(SLUG).revision_id == first, "learners see nothing of it"


def test_two_saves_that_met_are_shown_side_by_side_and_joined_as_chosen(
    rahmat: FlaskClient, met: Parted, db: SQLAlchemy
) -> None:
    assert "menunggu pilihan Anda" in read(rahmat, f"{PAGES}/history")
    page = read(rahmat, f"{PAGES}/parted/{met.side_id}")
    assert "Batas lulus" in page and "Jenis kuis" in page.partition("tanpa perlu dipilih")[2]
    (name,) = picks(page)
    path = f"{PAGES}/parted/{met.side_id}"
    refused = rahmat.post(path, data=fields(page))
    assert refused.status_code == 409 and "Pilih satu untuk setiap bagian." in refused.get_data(as_text=True)
    own = {name: "own", name.replace("pick", "own"): "  "}
    again = rahmat.post(path, data={**fields(page), **own})
    assert again.status_code == 409
    valid_html(again.get_data(as_text=True))
    assert re.search(r'value="own" checked', again.get_data(as_text=True)), "what was chosen is still chosen"
    done = rahmat.post(path, data={**fields(page), name: "mine"})
    assert done.status_code == 303
    db.session.rollback()
    assert "pass: 80" in module() and "preset: test" in module()
    assert db.session.get(Revision, met.side_id).state == RESOLVED
    assert "menunggu pilihan Anda" not in read(rahmat, f"{PAGES}/history")
    assert rahmat.get(path).status_code == 303, "nothing is left to choose"


@pytest.mark.parametrize(("pick", "text", "mark"), [("theirs", "", "66"), ("own", "75", "75")])
def test_theirs_or_a_text_of_ones_own_may_be_chosen_as_well(
    rahmat: FlaskClient, met: Parted, db: SQLAlchemy, pick: str, text: str, mark: str
) -> None:
    page = read(rahmat, f"{PAGES}/parted/{met.side_id}")
    (name,) = picks(page)
    chosen = {name: pick, name.replace("pick", "own"): text}
    assert rahmat.post(f"{PAGES}/parted/{met.side_id}", data={**fields(page), **chosen}).status_code == 303
    db.session.rollback()
    assert f"pass: {mark}" in module() and "preset: test" in module()


def test_leaving_the_page_loses_nothing_and_what_was_saved_meanwhile_is_joined_too(
    rahmat: FlaskClient, met: Parted, db: SQLAlchemy
) -> None:
    assert "pass: 80" in module(met.side_id)
    page = read(rahmat, f"{PAGES}/parted/{met.side_id}")
    save(("Latihan dasar", "Latihan pertama"))
    (name,) = picks(page)
    assert rahmat.post(f"{PAGES}/parted/{met.side_id}", data={**fields(page), name: "mine"}).status_code == 303
    db.session.rollback()
    assert "pass: 80" in module() and "Latihan pertama" in module()


def test_a_draft_that_met_the_folder_is_joined_with_what_is_served_and_then_published(
    rahmat: FlaskClient, db: SQLAlchemy, app: Flask
) -> None:
    folder = app.extensions["settings"].courses
    saved = save(("id: Modul dasar", "id: Modul kita"))
    assert isinstance(saved, Saved)
    retitle(folder, new="Modul pertama")
    sync(folder, now=LATER)
    wanted = Publication(slug=SLUG, revision_id=saved.revision_id, person_id=1, author="Rahmat")
    parted = publish_draft(wanted, folder=folder, now=LATER)
    assert isinstance(parted, Parted)
    page = read(rahmat, f"{PAGES}/parted/{parted.side_id}")
    assert "Modul pertama" in page and "Modul kita" in page
    (name,) = picks(page)
    assert rahmat.post(f"{PAGES}/parted/{parted.side_id}", data={**fields(page), name: "mine"}).status_code == 303
    db.session.rollback()
    now = get_workspace(SLUG, within=ALL)
    again = Publication(slug=SLUG, revision_id=now.revision_id, person_id=1, author="Rahmat")
    assert not isinstance(publish_draft(again, folder=folder, now=LATER), Parted), "nothing is asked twice"
    assert get_published(SLUG).course.modules[0].title.id == "Modul kita"


def test_what_lies_outside_a_trainers_courses_or_is_no_such_save_is_not_found(
    rahmat: FlaskClient, cast: Cast, met: Parted, db: SQLAlchemy
) -> None:
    first = get_published(SLUG).revision_id
    read(rahmat, f"{PAGES}/parted/{first}", 404)
    read(rahmat, f"/authoring/tertutup/changes/{first}/{met.side_id}", 404)
    read(rahmat, f"{PAGES}/changes/{first}/999999", 404)
    assert post(rahmat, f"{PAGES}/parted/{met.side_id}").status_code == 400
    revoke(cast.rahmat, Grant(Role.TRAINER))
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), now=NOW)
    for path in ("history", f"changes/{first}/{met.side_id}", f"history/{first}", f"parted/{met.side_id}"):
        read(rahmat, f"{PAGES}/{path}", 404)
    assert post(rahmat, f"{PAGES}/history/{first}").status_code == 404
    assert post(rahmat, f"{PAGES}/parted/{met.side_id}", base=str(first)).status_code == 404
