"""A trainer puts a course in order, looks at it, and gives it to learners."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.authoring.rules.outline import Outline, outline
from app.catalogue.operations.links import LINK_FOR, make_link
from app.catalogue.queries import get_workspace
from app.catalogue.queries.links import Link, get_link
from app.errors import NotFound
from app.people.operations import deactivate, grant, revoke
from app.people.permissions import Grant, Role, Scope, ScopeKind
from tests.ground.cast import NOW, Cast, sign_in
from tests.ground.database import ONE_DATABASE, PUBLISHED, Start
from tests.ground.html import valid_html
from tests.learn.walker import Walker

COURSE = "/authoring/contoh"
FIRST, QUIZ = "pengantar", "latihan"
EVERYWHERE = Scope(0, everything=True)


@pytest.fixture
def start() -> Start:
    """There is something to put in order."""
    return PUBLISHED


class Trainer:
    """Rahmat at his browser: what he presses, and what the draft is then."""

    def __init__(self, app: Flask, db: SQLAlchemy) -> None:
        self.walker, self.db = Walker.of(app, "rahmat"), db
        self.walker.open(COURSE)

    @property
    def client(self) -> FlaskClient:
        return self.walker.client

    def base(self) -> str:
        self.db.session.rollback()
        return str(get_workspace("contoh", within=EVERYWHERE).revision_id)

    def press(self, path: str, status: int = 200, **fields: str) -> str:
        return self.walker.send(f"{COURSE}{path}", {"base": self.base(), **fields}, status)

    def outline(self) -> Outline:
        self.db.session.rollback()
        return outline(get_workspace("contoh", within=EVERYWHERE).files)

    def ids(self) -> list[str]:
        return [each.id for each in self.outline().works]


@pytest.fixture
def rahmat(app: Flask, cast: Cast, db: SQLAlchemy) -> Trainer:
    return Trainer(app, db)


@ONE_DATABASE
def test_rahmat_moves_renames_hides_and_removes_and_takes_it_back(rahmat: Trainer, app: Flask) -> None:
    page = rahmat.walker.open(COURSE)
    assert "Sudah terbit" in page and "Draf, belum terlihat peserta" not in page
    before = rahmat.ids()
    page = rahmat.press(f"/activities/{before[0]}", do="down")
    assert rahmat.ids()[:2] == [before[1], before[0]] and "Draf, belum terlihat peserta" in page
    rahmat.press(f"/activities/{before[0]}", do="rename", title="Selamat datang")
    assert "Selamat datang" in rahmat.walker.html
    page = rahmat.press(f"/activities/{before[0]}", do="hide")
    assert "tersembunyi" in page
    page = rahmat.press(f"/activities/{before[0]}", do="remove")
    assert "“Selamat datang” dihapus." in page and before[0] not in rahmat.ids()
    kept = dict(re.findall(r'<input type="hidden" name="(before|activity)" value="([^"]+)"', page))
    rahmat.press(f"/activities/{before[1]}", do="rename", title="Sesudahnya")
    page = rahmat.press("/removed", **kept)
    assert "Sudah dikembalikan." in page
    assert [(work.id, work.title) for work in rahmat.outline().works[:2]] == [
        (before[1], "Sesudahnya"),
        (before[0], "Selamat datang"),
    ]
    siti = Walker.of(app)
    assert "Selamat datang" not in siti.open("/courses/contoh"), "learners see nothing of a draft"


@ONE_DATABASE
def test_what_is_added_needs_a_title_alone(rahmat: Trainer) -> None:
    page = rahmat.press("/modules", title="Menata rak")
    assert "Modul ini masih kosong" in page
    module = rahmat.outline().chapters[-1].name
    for kind in ("quiz", "survey"):
        page = rahmat.press("/activities", module=module, kind=kind, title="Uji diri")
        assert "Uji diri" in page and "Draf disimpan" in page
    assert [(each.kind, each.id) for each in rahmat.outline().chapters[-1].works] == [
        ("quiz", "uji-diri"),
        ("survey", "uji-diri-2"),
    ]
    rahmat.press("/activities/uji-diri", do="rename", title="Uji\x0bdiri\u2028\ufeffkita")
    assert rahmat.outline().works[-2].title == "Uji diri kita"
    page = rahmat.press("/activities", 409, module=module, kind="quiz", title=" ")
    assert "Tulis judulnya dahulu" in page
    page = rahmat.press(f"/modules/{module}", do="remove")
    assert "Modul “Menata rak” dihapus." in page
    kept = dict(re.findall(r'<input type="hidden" name="(before|module)" value="([^"]+)"', page))
    assert "Uji diri" in rahmat.press("/removed", before=kept["before"], module=module)


@ONE_DATABASE
def test_settings_are_kept_as_a_draft_and_their_faults_stand_beside_them(rahmat: Trainer) -> None:
    fields = {"title": "Contoh", "summary": "Ringkas.", "code": "C-1", "track": "it", "hours": "lima", "open": "true"}
    page = rahmat.press("/settings", **fields)
    assert 'value="lima"' in page and 'id="salah-hours-1"' in page
    page = rahmat.press("/settings", 409, **{**fields, "hours": "9" * 70_000, "code": "C-2"})
    assert 'value="C-2"' in page and 'role="alert"' in page, (
        "what no file can hold is said, and all that was typed stays"
    )
    pasted = {**fields, "title": "Contoh\x0bdari \ufeffWord", "hours": "5", "do": "publish"}
    page = rahmat.press("/settings", **pasted)
    assert "Terbitkan kursus ini?" in page and "Terbitkan sekarang" in page
    assert rahmat.outline().title == "Contoh dari Word"


def test_a_draft_is_published_by_one_button_that_says_whom_it_reaches(rahmat: Trainer, app: Flask, cast: Cast) -> None:
    rahmat.press(f"/activities/{FIRST}", do="rename", title="Selamat datang")
    page = rahmat.walker.open(f"{COURSE}/publish")
    assert "Yang berubah bagi peserta" in page and "4 orang yang punya akun" in page
    page = rahmat.press("/publish", message="Judul yang ramah")
    assert "Sudah terbit." in page
    assert "Selamat datang" in Walker.of(app).open("/courses/contoh")
    assert "Tidak ada yang perlu diterbitkan" in rahmat.walker.open(f"{COURSE}/publish")


@ONE_DATABASE
def test_a_second_press_of_a_button_finds_what_the_first_one_did(rahmat: Trainer) -> None:
    rahmat.press(f"/activities/{FIRST}", do="rename", title="Selamat datang")
    base = rahmat.base()
    rahmat.client.post(f"{COURSE}/publish", data=rahmat.walker.filled({"base": base}))
    page = rahmat.press("/publish", 409, base=base)
    assert "Sudah terbit." in page and "Tidak ada yang perlu diterbitkan" in page
    base = rahmat.base()
    rahmat.client.post(f"{COURSE}/activities/{FIRST}", data=rahmat.walker.filled({"base": base, "do": "hide"}))
    page = rahmat.press(f"/activities/{FIRST}", base=base, do="hide")
    assert page.count("Draf disimpan.") == 1
    base = rahmat.base()
    assert "Draf dibuang" in rahmat.press("/discarded", base=base)
    assert "Tidak ada yang perlu diterbitkan" in rahmat.press("/discarded", 409, base=base)


@ONE_DATABASE
def test_faults_stand_in_the_way_with_a_link_to_each_place(rahmat: Trainer, app: Flask) -> None:
    module = rahmat.outline().chapters[0].name
    rahmat.press("/activities", module=module, kind="quiz", title="Kuis kosong")
    page = rahmat.walker.open(f"{COURSE}/publish")
    assert "harus dibetulkan sebelum terbit" in page and f'href="{COURSE}/quizzes/kuis-kosong"' in page
    assert "Terbitkan sekarang" not in page
    page = rahmat.press("/publish", 409)
    assert "harus dibetulkan sebelum terbit" in page
    assert "Kuis kosong" not in Walker.of(app).open("/courses/contoh")
    assert "1 hal harus dibetulkan" in rahmat.walker.open(COURSE)
    page = rahmat.walker.open(f"{COURSE}/preview/kuis-kosong")
    assert "Yang harus dibetulkan dahulu" in page
    assert "Draf dibuang" in rahmat.press("/discarded")
    assert "kuis-kosong" not in rahmat.ids()


def test_a_draft_may_be_published_at_a_time_and_not_after_all(rahmat: Trainer) -> None:
    rahmat.press(f"/activities/{FIRST}", do="rename", title="Selamat datang")
    assert "Pilih tanggal dan jam" in rahmat.press("/due", 422, at="besok")
    rahmat.press("/due", 422, at="2001-01-01T08:00")
    page = rahmat.press("/due", at="2999-01-02T08:00")
    assert "Akan terbit 2 Januari 2999, 08.00 WITA" in page
    assert "Akan terbit 2 Januari 2999, 08.00 WITA" in rahmat.walker.open(COURSE)
    assert "Jadwal terbit dibatalkan" in rahmat.press("/due", do="cancel")


@ONE_DATABASE
def test_an_activity_is_previewed_with_its_keys_folded_and_without_ids(rahmat: Trainer) -> None:
    for work in rahmat.outline().works:
        page = rahmat.walker.open(f"{COURSE}/preview/{work.id}")
        assert 'class="phone"' in page and "<code>contoh/" not in page
    assert rahmat.client.get(f"{COURSE}/preview/tidak-ada").status_code == 404


def test_a_link_shows_a_draft_without_keys_to_whoever_has_it_until_it_is_withdrawn(rahmat: Trainer, app: Flask) -> None:
    rahmat.press(f"/activities/{QUIZ}", do="rename", title="Kuis percobaan")
    rahmat.walker.open(f"{COURSE}/preview/{QUIZ}")
    page = rahmat.press(f"/preview/{QUIZ}")
    (path,) = re.findall(r'value="http://localhost(/authoring/-/preview/[^"]+)"', page)
    agus = app.test_client()
    seen = agus.get(path)
    text = seen.get_data(as_text=True)
    valid_html(text)
    assert seen.status_code == 200 and seen.headers["X-Robots-Tag"] == "noindex" and "Kuis percobaan" in text
    assert "Kunci jawaban" not in text and "Pembahasan" not in text
    rahmat.press(f"/activities/{QUIZ}", do="rename", title="Nama berikutnya")
    assert "Kuis percobaan" in agus.get(path).get_data(as_text=True), "it shows the revision that it was made for"
    rahmat.press(f"/preview/{QUIZ}", do="withdraw", token=path.rpartition("/")[2])
    assert agus.get(path).status_code == 404


def test_a_link_shows_what_its_maker_may_write_and_nothing_once_he_may_not(
    rahmat: Trainer, app: Flask, cast: Cast
) -> None:
    rahmat.press("/preview/tidak-ada", 404)
    rahmat.press(f"/preview/{'x' * 300}", 404)
    (path,) = re.findall(r'value="http://localhost(/authoring/-/preview/[^"]+)"', rahmat.press(f"/preview/{QUIZ}"))
    agus = app.test_client()
    changes = (
        (lambda: revoke(cast.rahmat, Grant(Role.TRAINER)), 404),
        (lambda: grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), now=NOW), 404),
        (lambda: grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "contoh"), now=NOW), 200),
        (lambda: deactivate(cast.rahmat), 404),
    )
    for change, status in changes:
        change()
        rahmat.db.session.rollback()
        assert agus.get(path).status_code == status


def test_a_link_expires(db: SQLAlchemy, app: Flask) -> None:
    heads = get_workspace("contoh", within=EVERYWHERE).revision_id
    link = Link("t" * 32, heads, "contoh", QUIZ, 1, NOW + LINK_FOR)
    make_link(link, now=NOW)
    db.session.rollback()
    assert get_link(link.token, now=link.expires_at - timedelta(seconds=1)) == link
    with pytest.raises(NotFound):
        get_link(link.token, now=link.expires_at)


@ONE_DATABASE
def test_a_new_course_shows_three_steps_each_ticked_when_done(rahmat: Trainer) -> None:
    rahmat.walker.send("/authoring/new", {"title": "Perpustakaan ramah", "track": "service", "hours": "4"})
    course = rahmat.walker.path
    assert "Tiga langkah pertama" in rahmat.walker.html

    def press(path: str, **fields: str) -> None:
        rahmat.db.session.rollback()
        base = get_workspace(course.rpartition("/")[2], within=EVERYWHERE).revision_id
        rahmat.walker.send(f"{course}{path}", {"base": str(base), **fields})

    press("/modules", title="Mengenal ruang")
    assert rahmat.walker.html.count('class="done"') == 1
    press("/activities", module="01-mengenal-ruang", kind="quiz", title="Kuis pertama")
    assert rahmat.walker.open(course).count('class="done"') == 2
    assert "Tulis materi pertama" in rahmat.walker.html
    to, fold = 'href="#tambah-01-mengenal-ruang"', 'id="tambah-01-mengenal-ruang" open>'
    assert to in rahmat.walker.html and fold in rahmat.walker.html  # the step leads to a field, not to a closed fold


@ONE_DATABASE
def test_a_course_that_has_only_begun_is_named_and_not_scolded(rahmat: Trainer) -> None:
    """What is missing is told where it is put right, in the words of its form."""
    rahmat.walker.send("/authoring/new", {"title": "Perpustakaan ramah", "track": "service", "hours": "4"})
    course = rahmat.walker.path
    assert "harus dibetulkan" not in rahmat.walker.html
    assert ">Perpustakaan ramah<" in rahmat.walker.open("/authoring/")
    told = rahmat.walker.open(f"{course}/publish")
    assert "Kunci" not in told and "&#34;Ringkasan&#34; belum diisi." in told and "belum punya modul" in told
    settings = rahmat.walker.open(f"{course}/settings")
    assert settings.index('name="summary"') < settings.index("&#34;Ringkasan&#34; belum diisi.")


def test_a_trainer_of_another_course_finds_nothing(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    revoke(cast.rahmat, Grant(Role.TRAINER))
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), now=NOW)
    db.session.rollback()
    client = app.test_client()
    sign_in(client, "rahmat")
    for path in ("", "/settings", "/publish", f"/preview/{FIRST}"):
        assert client.get(f"{COURSE}{path}").status_code == 404, path
    valid_html(client.get("/authoring/tertutup").get_data(as_text=True))
