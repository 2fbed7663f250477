"""Regrading through the app: what the trainer sees before and after, and what the learner is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.marking.operations.finishing import finish_attempt
from app.people.operations import grant, revoke
from app.people.permissions import Grant, Role, Scope, ScopeKind
from app.quizzes.queries import Sheet
from tests.ground.cast import NOW, Cast, form_token, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html
from tests.marking.regrades import HARD, QUIZ, SLUG, correct_key
from tests.quizzes.cast import begin, give_all, sheet
from tests.quizzes.content import minute

ATTEMPTS = f"/teaching/courses/{SLUG}/attempts/{QUIZ}"
REGRADE = f"{ATTEMPTS}/regrade"
PREVIEW = f"{REGRADE}/preview"
REASON = "Kuncinya <salah> & diganti."
ESCAPED = "Kuncinya &lt;salah&gt; &amp; diganti."


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


@pytest.fixture
def taken(cast: Cast, db: SQLAlchemy) -> Sheet:
    """Siti passed the exam."""
    work = begin(cast.siti, QUIZ)
    give_all(work, right=True)
    finish_attempt(work.id, within=Scope(cast.siti), now=minute(5))
    db.session.rollback()
    return work


def read(client: FlaskClient, path: str, status: int = 200, **values: object) -> str:
    answer = client.get(path, query_string=values)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    valid_html(text)
    return text


def hidden(page: str) -> dict[str, str]:
    """The fields that confirming sends."""
    form = page.partition('<form method="post"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def confirm(client: FlaskClient, page: str, **others: str):  # type: ignore[no-untyped-def]  # werkzeug's test response
    fields = {**hidden(page), "reason": REASON, **others}
    return client.post(REGRADE, data=fields)


def test_a_trainer_looks_at_what_would_move_confirms_it_and_undoes_it(
    app: Flask, rahmat: FlaskClient, cast: Cast, taken: Sheet, db: SQLAlchemy, courses_folder: Path
) -> None:
    version = correct_key(courses_folder)
    assert f'href="{REGRADE}"' in read(rahmat, ATTEMPTS)
    form = read(rahmat, REGRADE)
    assert f'<option value="{version}">Versi 2' in form
    assert f'<option value="{HARD}">tersulit: Siapa pemilik katalog?</option>' in form
    page = read(rahmat, PREVIEW, what="version", version=version, reason=REASON)
    assert "Nilai soal berubah pada 1 percobaan; nilai akhir 0 naik dan 1 turun." in page
    assert "Perhatian: 1 percobaan yang sudah lulus menjadi belum lulus." in page
    assert "100,0 · lulus" in page and "66,7 · belum lulus" in page and ESCAPED in page
    assert sheet(taken.id, cast.siti).fact.passed, "nothing moved yet"
    answer = confirm(rahmat, page)
    assert answer.status_code == 303
    again = confirm(rahmat, page)
    assert again.location == answer.location, "a second click leads to the same regrade"
    made = read(rahmat, answer.location)
    assert "Nilai sudah diperbarui." in made and "oleh Rahmat Hidayat" in made and "Siti Aminah" in made

    siti = app.test_client()
    sign_in(siti, "siti")
    result = read(siti, f"/attempts/{taken.id}/result")
    assert f": {ESCAPED}<br>" in result and "Nilai lama 100,0, nilai baru 66,7." in result
    assert ESCAPED in read(rahmat, f"/teaching/attempts/{taken.id}")

    undone = rahmat.post(f"{answer.location}/undo", data={"form_token": form_token(made)})
    assert undone.status_code == 303
    page = read(rahmat, answer.location)
    assert "Dibatalkan" in page and "/undo" not in page
    assert "Nilai diperbarui" not in read(siti, f"/attempts/{taken.id}/result")
    assert "dibatalkan" in read(rahmat, REGRADE)


def test_a_preview_that_is_out_of_date_is_shown_anew_and_changes_nothing(
    rahmat: FlaskClient, cast: Cast, taken: Sheet, db: SQLAlchemy
) -> None:
    page = read(rahmat, PREVIEW, what="left_out", question=HARD, reason=REASON)
    work = begin(cast.noor, QUIZ)
    give_all(work, right=False)
    finish_attempt(work.id, within=Scope(cast.noor), now=minute(9))
    db.session.rollback()
    answer = confirm(rahmat, page)
    shown = answer.get_data(as_text=True)
    valid_html(shown)
    assert answer.status_code == 409
    assert "Ada yang berubah sejak pratinjau tadi" in shown and "2 percobaan diperiksa" in shown
    assert confirm(rahmat, shown).status_code == 303


def test_the_learner_sees_which_questions_do_not_count(
    app: Flask, rahmat: FlaskClient, cast: Cast, db: SQLAlchemy
) -> None:
    work = begin(cast.siti, "latihan")
    give_all(work, right=False)
    finish_attempt(work.id, within=Scope(cast.siti), now=minute(5))
    db.session.rollback()
    siti = app.test_client()
    sign_in(siti, "siti")
    for place, decision in enumerate(["left_out", "everybody_right", "left_out", "left_out", "left_out"]):
        regrade = REGRADE.replace(QUIZ, "latihan")
        question = f"{SLUG}/latihan/{['tunggal', 'ganda', 'isian', 'angka', 'benar-salah'][place]}"
        page = read(rahmat, f"{regrade}/preview", what=decision, question=question, reason=REASON)
        assert rahmat.post(regrade, data=hidden(page)).status_code == 303
        if place == 1:
            result = read(siti, f"/attempts/{work.id}/result")
            assert "· Tidak dihitung</h3>" in result and "· Dianggap benar</h3>" in result
            assert "benar 1 dari 4 soal" in result and "2,0 dari 2,0 poin" in result
    undone = rahmat.post("/teaching/regrades/2/undo", data={"form_token": form_token(read(rahmat, "/account"))})
    assert undone.status_code == 303
    page = read(rahmat, f"{regrade}/preview", what="left_out", question=f"{SLUG}/latihan/ganda", reason=REASON)
    assert "tanpa nilai" in page
    rahmat.post(regrade, data=hidden(page))
    assert "percobaan ini tidak punya nilai" in read(siti, f"/attempts/{work.id}/result")
    assert "tanpa nilai" in read(siti, f"/courses/{SLUG}/latihan")
    assert "Sudah dinilai" in read(rahmat, ATTEMPTS.replace(QUIZ, "latihan"))


def test_what_is_missing_is_told_on_the_form_with_what_was_chosen(
    rahmat: FlaskClient, taken: Sheet, courses_folder: Path
) -> None:
    page = read(rahmat, PREVIEW, 409, what="left_out", question=HARD, reason=" ")
    assert "Tulis alasannya." in page and f'<option value="{HARD}" selected>' in page
    page = read(rahmat, PREVIEW, 409, what="left_out", question="", reason=REASON)
    assert "Pilih versi kunci, atau soal dan keputusannya." in page and ESCAPED in page
    assert read(rahmat, PREVIEW, 404, what="left_out", question="bukan", reason=REASON)
    assert read(rahmat, PREVIEW, 404, what="version", version="99999", reason=REASON)


def test_undoing_out_of_turn_says_what_to_undo_first(rahmat: FlaskClient, taken: Sheet, courses_folder: Path) -> None:
    version = correct_key(courses_folder)
    made = []
    for chosen in ({"what": "version", "version": version}, {"what": "left_out", "question": HARD}):
        made.append(confirm(rahmat, read(rahmat, PREVIEW, reason=REASON, **chosen)).location)
    token = form_token(read(rahmat, made[0]))
    refused = rahmat.post(f"{made[0]}/undo", data={"form_token": token})
    assert refused.status_code == 409
    page = refused.get_data(as_text=True)
    valid_html(page)
    assert "Batalkan dahulu penilaian ulang yang lebih baru." in page


def test_only_who_has_the_whole_course_regrades_it(
    app: Flask, rahmat: FlaskClient, cast: Cast, taken: Sheet, db: SQLAlchemy
) -> None:
    page = read(rahmat, PREVIEW, what="left_out", question=HARD, reason=REASON)
    made = confirm(rahmat, page).location
    place = str(cast.organisation)
    revoke(cast.rahmat, Grant(Role.TRAINER))
    for given, status in [
        (Grant(Role.TRAINER, ScopeKind.ORGANISATIONS, place), 404),
        (Grant(Role.TRAINER, ScopeKind.COURSES, "tertutup"), 404),
        (Grant(Role.TRAINER, ScopeKind.COURSES, SLUG), 200),
    ]:
        grant(cast.rahmat, given, now=NOW)
        db.session.rollback()
        for path in (REGRADE, made):
            assert rahmat.get(path).status_code == status, (given, path)
        assert (f'href="{REGRADE}"' in rahmat.get(ATTEMPTS).get_data(as_text=True)) is (status == 200)
