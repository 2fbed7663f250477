"""A trainer's pages about attempts: changed with a reason, limits granted, watched while they are worked on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app import clock
from app.marking.queries.overrides import overrides_at
from app.people.operations import add_cohort, grant, revoke, set_courses
from app.people.permissions import Grant as Right
from app.people.permissions import Role, Scope, ScopeKind
from app.quizzes.events import events_of
from app.quizzes.queries import Sheet
from app.quizzes.rules.limits import NEVER, Grant
from tests.ground.cast import Cast, form_token
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import read, valid_fragment, valid_html
from tests.ground.statements import statements
from tests.learn.walker import Walker
from tests.marking.test_operations import hand_in
from tests.quizzes.cast import begin, give, give_all, sheet
from tests.quizzes.content import START, minute

ATTACK = '<script>alert("1")</script>'
ESCAPED = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;"
LIST = "/teaching/courses/contoh/attempts/tes"
LIMITS = "/teaching/courses/contoh/overrides/tes"
LIVE = "/teaching/courses/contoh/live/tes"
EVERYWHERE = Scope(0, everything=True)


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


@pytest.fixture
def work(siti: int, db: SQLAlchemy) -> Sheet:
    """Siti's test, handed in."""
    made = begin(siti, "tes")
    give_all(made, right=True)
    made = hand_in(made, 5)
    db.session.rollback()
    return made


def fields_of(page: str) -> dict[str, str]:
    """What the first form of a page's main part sends by itself."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.partition("<main")[2]))


def send(client: FlaskClient, path: str, fields: dict[str, str], status: int = 303) -> str:
    answer = client.post(path, data=fields)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    if status != 303:
        valid_html(text)
    return text


def change(client: FlaskClient, work: Sheet, kind: str, status: int = 303, **fields: str) -> str:
    """Press a button of the attempt's page of changes, twice where it is taken."""
    path = f"/teaching/attempts/{work.id}/changes"
    sent = {**fields_of(read(client, path)), "kind": kind, "reason": "Salah tekan", **fields}
    to = f"/teaching/attempts/{work.id}/time" if kind == "extra_time" else path
    text = send(client, to, sent, status)
    return send(client, to, sent) if status == 303 else text


def test_from_a_hand_in_by_mistake_to_the_second_one(
    app: Flask, rahmat: FlaskClient, work: Sheet, db: SQLAlchemy
) -> None:
    assert "Ubah percobaan ini" in read(rahmat, f"/teaching/attempts/{work.id}")
    change(rahmat, work, "reopened", reason=f"Salah {ATTACK}")
    db.session.rollback()
    assert len(events_of(work.id)) == 1, "pressed twice, done once"
    page = read(rahmat, f"/teaching/attempts/{work.id}")
    assert "Dibuka lagi oleh Rahmat Hidayat" in page and f"Salah {ESCAPED}" in page and ATTACK not in page
    assert "Pesertanya dapat melanjutkan sekarang." in page
    siti = Walker.of(app)
    assert "Lanjutkan kuis" in siti.open("/courses/contoh/tes")
    siti.open(f"/attempts/{work.id}/overview")
    siti.send(f"/attempts/{work.id}/finish")
    assert 'class="result"' in siti.html
    assert read(rahmat, f"/teaching/attempts/{work.id}").count("<td>Dikumpulkan</td>") == 2


def test_the_learner_reads_why_an_attempt_was_deleted_and_it_comes_back(
    app: Flask, rahmat: FlaskClient, work: Sheet
) -> None:
    change(rahmat, work, "deleted", reason=f"Orang lain {ATTACK}")
    siti = Walker.of(app)
    for path in ("/courses/contoh/tes", f"/attempts/{work.id}", f"/attempts/{work.id}/result"):
        page = siti.open(path)
        assert f"Orang lain {ESCAPED}" in page and ATTACK not in page, path
    assert "Sisa kesempatan 3 kali" in siti.open("/courses/contoh/tes")
    assert "Dihapus" in read(rahmat, LIST) and "Dihapus" in read(rahmat, f"{LIST}?state=deleted")
    assert "Tidak ada percobaan seperti itu." in read(rahmat, f"{LIST}?state=finished")
    page = read(rahmat, f"/teaching/attempts/{work.id}/changes")
    assert "Buka lagi" not in page
    change(rahmat, work, "restored")
    assert "100,0 · lulus" in read(rahmat, f"{LIST}?state=finished")
    assert 'class="result"' in siti.open(f"/attempts/{work.id}/result")


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("reopened", {"reason": "  "}, "Tuliskan alasannya."),
        ("reopened", {"minutes": "0"}, "Tuliskan berapa menit"),
        ("reopened", {"minutes": "banyak"}, "Tuliskan berapa menit"),
        ("deleted", {"seen": "7"}, "sudah berubah sejak halaman ini dibuka"),
        ("deleted", {"state": "in_progress"}, "sudah berubah sejak halaman ini dibuka"),
        ("restored", {}, "sudah berubah sejak halaman ini dibuka"),
        ("extra_time", {"minutes": "5"}, "sudah berubah sejak halaman ini dibuka"),
    ],
)
def test_what_cannot_be_done_is_told_and_what_was_typed_stays(
    rahmat: FlaskClient, work: Sheet, db: SQLAlchemy, kind: str, fields: dict[str, str], words: str
) -> None:
    page = change(rahmat, work, kind, 409, **fields)
    assert words in page
    assert kind in ("restored", "extra_time") or "reason" in fields or 'value="Salah tekan"' in page
    db.session.rollback()
    assert events_of(work.id) == () and sheet(work.id, work.person_id).finished


def test_further_minutes_are_given_to_an_attempt_under_way(
    rahmat: FlaskClient, siti: int, db: SQLAlchemy, cast: Cast
) -> None:
    now = clock.now()
    made = begin(siti, "tes", now=now)
    db.session.rollback()
    assert "Tambah waktu" not in read(rahmat, f"/teaching/attempts/{made.id}/changes"), "it has no end"
    limit(rahmat, login="siti", minutes="30")
    assert "Tambah waktu" in read(rahmat, f"/teaching/attempts/{made.id}/changes")
    change(rahmat, made, "extra_time", minutes="15")
    db.session.rollback()
    assert sheet(made.id, siti).fact.own_end == now + timedelta(minutes=45)
    assert "Diberi tambahan 15 menit oleh Rahmat Hidayat" in read(rahmat, f"/teaching/attempts/{made.id}")


def limit(client: FlaskClient, status: int = 303, **fields: str) -> str:
    """Fill in the form for other limits."""
    return send(client, LIMITS, {"form_token": form_token(read(client, LIMITS)), **fields}, status)


def test_limits_are_granted_changed_and_taken_back(rahmat: FlaskClient, siti: int, db: SQLAlchemy) -> None:
    assert "tanpa batas waktu · 3 kali" in read(rahmat, LIMITS)
    for _ in range(2):
        limit(rahmat, login="siti", minutes="40", attempts="0", opens="2026-11-22T08:00", never="1")
    db.session.rollback()
    (found,) = overrides_at("contoh", "tes", EVERYWHERE)
    opens = START.replace(hour=0, minute=0)  # 08.00 WITA
    assert found.grant == Grant(opens, NEVER, timedelta(minutes=40), 0)
    page = read(rahmat, LIMITS)
    assert "40 menit · boleh diulang kapan saja · dibuka 22 November 2026, 08.00 WITA · tidak ditutup" in page
    assert "sudah punya kelonggaran" in limit(rahmat, 409, login="siti", minutes="50")
    one = f"/teaching/overrides/{found.id}"
    page = read(rahmat, one)
    assert 'value="40"' in page and 'value="2026-11-22T08:00"' in page
    assert 'name="never" value="1" checked' in page and 'name="always" value="1" checked' not in page
    shown = fields_of(page)
    for _ in range(2):
        send(rahmat, one, {**shown, "minutes": "60"})
    assert "sudah diubah orang lain" in send(rahmat, one, {**shown, "minutes": "70"}, 409)
    shown = fields_of(read(rahmat, one))
    for _ in range(2):
        send(rahmat, LIMITS, {**shown, "person": str(siti), "remove": "1"})
    db.session.rollback()
    assert overrides_at("contoh", "tes", EVERYWHERE) == ()
    read(rahmat, one, 404)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Pilih satu peserta atau satu angkatan."),
        ({"login": "siti", "person": "1"}, "Pilih satu peserta atau satu angkatan."),
        ({"login": f"tiada{ATTACK}", "minutes": "5"}, "Tidak ada peserta"),
        ({"login": "siti"}, "Isi sekurangnya satu"),
        ({"login": "siti", "minutes": "banyak"}, "Batas waktu harus bilangan"),
        ({"login": "siti", "attempts": "101"}, "Batas waktu harus bilangan"),
        ({"login": "siti", "closes": "besok"}, "Tanggal dan jam ditulis seperti"),
        ({"login": "siti", "opens": "2026-11-22T08:00", "closes": "2026-11-22T08:00"}, "ditutup sebelum dibuka"),
        ({"login": "rahmat", "minutes": "5"}, "oleh orang lain"),
    ],
)
def test_limits_that_cannot_be_are_refused_and_what_was_typed_stays(
    rahmat: FlaskClient, cast: Cast, fields: dict[str, str], words: str
) -> None:
    page = limit(rahmat, 409, **fields)
    assert words in page and ATTACK not in page
    assert all(f'value="{fields[name]}"' in page for name in ("minutes", "closes") if name in fields)


def test_a_cohort_is_chosen_from_those_that_learn_the_course(rahmat: FlaskClient, db: SQLAlchemy) -> None:
    db.session.rollback()
    cohort, other = add_cohort("Angkatan I"), add_cohort("Angkatan II")
    set_courses(cohort, ["contoh"], has_path=False)
    page = read(rahmat, LIMITS)
    assert "Angkatan I</option>" in page and "Angkatan II" not in page
    limit(rahmat, cohort=str(cohort), closes="2026-12-01T16:00")
    assert "Angkatan: Angkatan I" in read(rahmat, LIMITS)
    assert limit(rahmat, 404, cohort="999", minutes="5") and other


def test_the_live_page_tells_who_is_how_far_and_its_script_only_what_changed(
    rahmat: FlaskClient, cast: Cast, db: SQLAlchemy
) -> None:
    now = clock.now() - timedelta(minutes=2)
    hand_in(begin(cast.noor, "tes"), 5)
    made = begin(cast.siti, "tes", now=now)
    for slot, right in ((2, True), (1, True), (2, False)):
        give(made, slot, right=right, now=now + timedelta(seconds=slot))
    db.session.rollback()
    limit(rahmat, login="siti", minutes="30")
    page = read(rahmat, LIVE)
    assert "Siti Aminah" in page and "Noor" not in page
    assert "2 dari 5" in page and "soal 2" in page and "28 menit" in page
    version = re.search(r'data-version="(\w+)"', page)
    assert version and rahmat.get(f"{LIVE}?seen={version[1]}").status_code == 204
    give(made, 3, right=True, now=clock.now())
    part = rahmat.get(f"{LIVE}?seen={version[1]}")
    assert part.status_code == 200 and part.headers["X-Version"] != version[1]
    text = part.get_data(as_text=True)
    valid_fragment(text)
    assert "3 dari 5" in text and "<main" not in text
    db.session.rollback()


def test_the_live_page_costs_the_same_however_many_there_are(
    app: Flask, rahmat: FlaskClient, cast: Cast, db: SQLAlchemy
) -> None:
    for each in (cast.siti, cast.noor, cast.admin):
        give_all(begin(each, "tes", now=clock.now()), right=True, now=clock.now())
    db.session.rollback()
    read(rahmat, LIVE)
    app.extensions["catalogue"].forget_heads()
    with statements(app) as sent:
        read(rahmat, LIVE)
    assert len(sent) <= 4, "\n".join(sent)


def test_the_list_shows_one_cohorts_attempts(rahmat: FlaskClient, work: Sheet, cast: Cast, db: SQLAlchemy) -> None:
    hand_in(begin(cast.noor, "tes"), 5)
    db.session.rollback()
    cohort = add_cohort("Angkatan I")
    set_courses(cohort, ["contoh"], has_path=False)
    assert "Siti Aminah" in read(rahmat, LIST)
    page = read(rahmat, f"{LIST}?cohort={cohort}&state=finished")
    assert "Siti Aminah" not in page and "Tidak ada percobaan seperti itu." in page
    for odd in ("?cohort=x", "?state=tiada", "?page=99&state=finished", f"?cohort={'9' * 30}"):
        assert "Siti Aminah" in read(rahmat, f"{LIST}{odd}"), odd


def test_what_a_grant_does_not_reach_is_not_found(rahmat: FlaskClient, work: Sheet, cast: Cast, db: SQLAlchemy) -> None:
    limit(rahmat, login="siti", minutes="30")
    db.session.rollback()
    override = overrides_at("contoh", "tes", EVERYWHERE)[0].id
    shown = fields_of(read(rahmat, f"/teaching/overrides/{override}"))
    revoke(cast.rahmat, Right(Role.TRAINER))
    grant(cast.rahmat, Right(Role.TRAINER, ScopeKind.COURSES, "lain"), now=minute(9))
    for path in (f"/teaching/attempts/{work.id}/changes", LIMITS, f"/teaching/overrides/{override}", LIVE, LIST):
        read(rahmat, path, 404)
    for path in (f"/teaching/attempts/{work.id}/changes", f"/teaching/attempts/{work.id}/time", LIMITS,
                 f"/teaching/overrides/{override}"):  # fmt: skip
        send(rahmat, path, {**shown, "kind": "deleted", "reason": "x", "minutes": "5", "login": "siti"}, 404)
    db.session.rollback()
    assert events_of(work.id) == () and len(overrides_at("contoh", "tes", EVERYWHERE)) == 1


def test_ones_own_attempt_has_no_buttons(app: Flask, cast: Cast, rahmat: FlaskClient, db: SQLAlchemy) -> None:
    mine = hand_in(begin(cast.rahmat, "tes"), 5)
    db.session.rollback()
    page = read(rahmat, f"/teaching/attempts/{mine.id}/changes")
    assert "percobaan Anda sendiri" in page and "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert "Ubah percobaan ini" not in read(rahmat, f"/teaching/attempts/{mine.id}")
