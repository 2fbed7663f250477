"""Surveys through the app, without scripts: one page to fill in, thanks, and what the office reads of it."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from werkzeug.datastructures import MultiDict

from app.people.operations import add_cohort, enrol, grant, revoke
from app.people.permissions import Grant, Role, ScopeKind
from tests.ground.cast import NOW, Cast, sign_in
from tests.ground.html import valid_html
from tests.learn.walker import Walker
from tests.surveys.cast import (
    ANONYMOUS,
    FORMULA,
    MODULE,
    NAMED,
    SLUG,
    add_takers,
    evaluation,
    hand_in,
    needs,
    publish_surveys,
)

PAGE = f"/courses/{SLUG}/{ANONYMOUS}"
NAMED_PAGE = f"/courses/{SLUG}/{NAMED}"
RESULTS = f"/reports/surveys/{SLUG}/{ANONYMOUS}"
NAMED_RESULTS = f"/reports/surveys/{SLUG}/{NAMED}"
ATTACK = '<script>alert("1")</script>'


def opened(siti: Walker, path: str) -> str:
    """Open a survey; the revision its form names."""
    found = re.search(r'name="revision" value="(\d+)"', siti.open(path))
    assert found
    return found[1]


def read(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    text = answer.get_data(as_text=True)
    if "html" in answer.content_type:
        valid_html(text)
    return text


def visitor(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, name)
    return client


def sheet(client: FlaskClient, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.content_type.startswith("text/csv")
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_siti_fills_in_an_anonymous_survey_and_is_thanked_once(app: Flask, surveys: Cast, db: SQLAlchemy) -> None:
    siti = Walker.of(app)
    revision = opened(siti, PAGE)
    assert "Survei ini anonim." in siti.main() and "5 orang" in siti.main()
    assert "<strong>terima kasih</strong>" in siti.main() and "wajib diisi" in siti.main()
    siti.send(f"{PAGE}/survey", {**evaluation(4, 2, "Lanjutkan."), "revision": revision})
    assert siti.path == PAGE and "jawaban Anda sudah kami terima" in siti.main()
    assert "Lanjutkan." not in siti.html, "what was answered is nobody's any more"
    assert "sudah diisi" in siti.open(f"/courses/{SLUG}")
    again = siti.send(f"{PAGE}/survey", {**evaluation(0, 0), "revision": revision})
    assert "sudah kami terima" in again


def test_who_answered_under_their_name_sees_what_they_answered(app: Flask, surveys: Cast) -> None:
    siti = Walker.of(app)
    revision = opened(siti, NAMED_PAGE)
    assert "Survei ini memakai nama." in siti.main()
    siti.send(f"{NAMED_PAGE}/survey", {**needs(3, f"Metadata {ATTACK}"), "revision": revision})
    assert "Sering" in siti.main() and "Saya memberi nomor kelas." in siti.main()
    assert "Metadata &lt;script&gt;" in siti.main() and ATTACK not in siti.html
    assert "Saya memberi nomor kelas.<br><strong" in siti.main() and "Seberapa sering?" in siti.main()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"materi.statement-0": "4", "saran.text": "Tetap di sini."}, "Nilai setiap pernyataan di sini."),
        ({"alat.choice": "1", "saran.text": "Tetap di sini."}, "Pertanyaan ini wajib diisi."),
        (
            {**evaluation(4, 4), "alat.choice": "9", "saran.text": "Tetap di sini."},
            "Jawaban ini tidak dapat dibaca. Pilih lagi.",
        ),
    ],
)
def test_nothing_typed_is_lost_where_something_is_wanting(
    app: Flask, surveys: Cast, fields: dict[str, str], sentence: str
) -> None:
    siti = Walker.of(app)
    revision = opened(siti, PAGE)
    siti.send(f"{PAGE}/survey", {**fields, "revision": revision}, status=422)
    assert sentence in siti.main() and "Tetap di sini." in siti.main() and "belum terkirim" in siti.main()
    assert siti.main().count(" checked") == len([name for name, given in fields.items() if given in "014"])
    siti.send(f"{PAGE}/survey", {**fields, **evaluation(1, 1), "alat.choice": "1", "revision": revision})
    assert "sudah kami terima" in siti.main()


def test_nothing_typed_is_lost_where_the_session_ended(app: Flask, surveys: Cast) -> None:
    siti = Walker.of(app)
    fields = {**evaluation(4, 2, "Masih di sini."), "waktu.choice": ["0", "2"], "revision": opened(siti, PAGE)}
    form = siti.filled(fields)
    siti.client.delete_cookie("rak_session")
    refused = siti.client.post(f"{PAGE}/survey", data=form)
    assert refused.status_code == 401
    page = refused.get_data(as_text=True)
    kept = dict(re.findall(r'<input[^>]* name="(form_token|held)"[^>]* value="([^"]*)"', page.partition("</form>")[0]))
    offered = siti.client.post("/sign-in", data={**kept, "login": "siti", "password": surveys.password})
    assert "Masih di sini." in offered.get_data(as_text=True)
    again = MultiDict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', offered.get_data(as_text=True))
    )
    assert again.getlist("waktu.choice") == ["0", "2"]
    assert siti.client.post(f"{PAGE}/survey", data=again).status_code == 303
    assert "sudah kami terima" in siti.open(PAGE)


def test_an_empty_survey_is_not_handed_in(app: Flask, surveys: Cast, courses_folder: Path) -> None:
    publish_surveys(courses_folder, MODULE.replace("        required: true\n", ""))
    siti = Walker.of(app)
    revision = opened(siti, PAGE)
    siti.send(f"{PAGE}/survey", {"revision": revision}, status=422)
    assert "belum ada yang diisi" in siti.main()


def test_a_survey_that_changed_while_it_was_filled_in_is_shown_anew_with_what_was_typed(
    app: Flask, surveys: Cast, courses_folder: Path
) -> None:
    siti = Walker.of(app)
    revision = opened(siti, PAGE)
    publish_surveys(courses_folder, MODULE.replace("{text: HP}", "{text: Tablet}"))
    siti.send(
        f"{PAGE}/survey", {**evaluation(4, 4, "Masih ada."), "alat.choice": "0", "revision": revision}, status=409
    )
    assert "baru diperbarui" in siti.main() and "Masih ada." in siti.main() and "Tablet" in siti.main()


def test_results_are_shown_from_five_answers_up(app: Flask, surveys: Cast, db: SQLAlchemy) -> None:
    takers = add_takers(5)
    for number, person in enumerate(takers[:4]):
        hand_in(person, ANONYMOUS, evaluation(number, 4, f"Saran {ATTACK}"))
    db.session.rollback()
    noor = visitor(app, "noor")
    page = read(noor, RESULTS)
    assert "4 jawaban; hasil tampil mulai 5 jawaban." in page
    assert "Saran" not in page.partition("<main")[2] and "<svg class" not in page.partition("<main")[2]
    assert "5 jawaban" in read(noor, f"{RESULTS}.csv", 409)

    hand_in(takers[4], ANONYMOUS, evaluation(4, 0, FORMULA))
    db.session.rollback()
    page = read(noor, RESULTS)
    assert "Rata-rata 3,0 dari 5" in page and "Nilai tengah (median): Netral" in page  # 1 2 3 4 5
    assert "Rata-rata 4,2 dari 5" in page  # 5 5 5 5 1
    assert "Saran &lt;script&gt;" in page and ATTACK not in page
    assert "Peserta 1" not in page
    rows = sheet(noor, f"{RESULTS}.csv")
    assert rows[0] == ["Pertanyaan", "Pernyataan", "Jawaban", "Jumlah"]
    assert ["Seberapa setuju Anda?", "Waktunya cukup.", "Sangat setuju", "4"] in rows
    assert ["Apa saran Anda?", "", f"'{FORMULA}", "1"] in rows
    assert "Laptop" not in str(rows), "nobody answered that question"


def test_named_answers_have_their_names_and_cohorts_their_own_five(app: Flask, surveys: Cast, db: SQLAlchemy) -> None:
    takers = add_takers(7)
    first, second = (add_cohort(name) for name in ("Angkatan I", "Angkatan II"))
    enrol(first, takers[:5])
    enrol(second, takers[5:])
    for number, person in enumerate(takers):
        hand_in(person, NAMED, needs(number % 5, FORMULA if number == 6 else f"Harapan {number}"))
    db.session.rollback()
    rahmat = visitor(app, "rahmat")
    page = read(rahmat, NAMED_RESULTS)
    assert "7 jawaban" in page and "Harapan 3" in page and "Peserta 4" in page
    assert "Harapan 5" not in read(rahmat, f"{NAMED_RESULTS}?cohort={first}")
    assert "2 jawaban; hasil tampil mulai 5 jawaban." in read(rahmat, f"{NAMED_RESULTS}?cohort={second}")
    assert rahmat.get(f"{NAMED_RESULTS}.csv?cohort={second}").status_code == 409
    rows = sheet(rahmat, f"{NAMED_RESULTS}.csv")
    head = ["Nama", "Dikirim", "Seberapa sering?: Saya memberi nomor kelas.", "Pelatihan apa yang Anda perlukan?"]
    assert rows[0] == head and len(rows) == 8
    assert rows[1] == ["Peserta 1", "2026-11-22 10:24", "Tidak pernah", "Harapan 0"]
    assert rows[7][3] == f"'{FORMULA}"


def test_a_changed_scale_is_counted_by_itself_and_says_so(
    app: Flask, surveys: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    takers = add_takers(11)
    for person in takers[:5]:
        hand_in(person, ANONYMOUS, evaluation(4, 4))
    publish_surveys(courses_folder, MODULE.replace("- id: materi\n", "- id: materi\n        scale: satisfaction-5\n"))
    for person in takers[5:9]:
        hand_in(person, ANONYMOUS, evaluation(0, 0))
    db.session.rollback()
    noor = visitor(app, "noor")
    page = read(noor, RESULTS).partition("<main")[2]
    assert "Bentuk lama" in page and "Sangat setuju" in page
    assert "4 jawaban; hasil tampil mulai 5 jawaban." in page and "Sangat tidak puas" not in page
    for person in takers[9:]:
        hand_in(person, ANONYMOUS, evaluation(0, 0))
    db.session.rollback()
    page = read(noor, RESULTS)
    assert page.index("Sangat tidak puas") < page.index("Bentuk lama") < page.index("Sangat tidak setuju")


@pytest.mark.parametrize(
    ("given", "anonymous", "named"),
    [
        (Grant(Role.TRAINER, ScopeKind.COURSES, "contoh"), 404, 404),
        (Grant(Role.TRAINER, ScopeKind.COURSES, SLUG), 200, 200),
        (Grant(Role.STAFF, ScopeKind.ORGANISATIONS, "1"), 404, 200),  # Siti's: no sums that others are part of
    ],
    ids=["another course", "this course", "one organisation"],
)
def test_results_beyond_a_grant_are_not_found(
    app: Flask, surveys: Cast, db: SQLAlchemy, given: Grant, anonymous: int, named: int
) -> None:
    for person in [surveys.siti, *add_takers(5)]:
        hand_in(person, NAMED, needs(1, f"Harapan {person == surveys.siti}"))
        hand_in(person, ANONYMOUS, evaluation(1, 1))
    revoke(surveys.rahmat, Grant(Role.TRAINER))
    grant(surveys.rahmat, given, now=NOW)
    db.session.rollback()
    rahmat = visitor(app, "rahmat")
    listed = read(rahmat, "/reports/surveys")
    for path, title, status in ((RESULTS, "Evaluasi", anonymous), (NAMED_RESULTS, "Kebutuhan", named)):
        assert (title in listed) is (status == 200)
        read(rahmat, path, status)
    everybody = given.scope_kind is ScopeKind.COURSES
    assert rahmat.get(f"{NAMED_RESULTS}.csv").status_code == (named if everybody else 409), "Siti's alone are too few"
    assert rahmat.get(f"{RESULTS}.csv").status_code == anonymous


def test_a_survey_that_is_not_there_is_not_found(app: Flask, surveys: Cast) -> None:
    noor, siti = visitor(app, "noor"), Walker.of(app)
    for path in (f"/reports/surveys/{SLUG}/lain", "/reports/surveys/lain/evaluasi", "/reports/surveys/contoh/latihan"):
        read(noor, path, 404)
    siti.open(PAGE)
    siti.send("/courses/contoh/latihan/survey", {"revision": "1"}, status=404)


def test_a_trainer_sees_the_survey_as_learners_do(app: Flask, surveys: Cast) -> None:
    page = read(visitor(app, "rahmat"), f"/teaching/courses/{SLUG}/preview/{ANONYMOUS}")
    assert "tanpa nama" in page and "Kapan Anda belajar?" in page and RESULTS in page
    assert "Survei" in read(visitor(app, "rahmat"), f"/teaching/courses/{SLUG}")
