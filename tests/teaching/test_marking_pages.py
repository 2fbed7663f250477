"""Marking by hand through the app: from the learner's essay to the learner's result, and who sees which attempt."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.marking.queries.history import history_of
from app.people.operations import add_cohort, enrol, grant, revoke
from app.people.permissions import Grant, Role, ScopeKind
from app.quizzes.queries import Sheet
from app.quizzes.rules.starting import AttemptState
from tests.ground.cast import Cast, form_token, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import read, valid_html
from tests.ground.statements import statements
from tests.learn.walker import Walker
from tests.marking.essays import BLIND, EXAM, GRADED, PLAIN, QUIZ, RUBRIC, SLUG, STORY, TEXT, handed_in, publish_essays
from tests.quizzes.cast import sheet

ATTACK = '<script>alert("1")</script>'
ESCAPED = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;"
QUEUE = f"/teaching/marking/{SLUG}/{QUIZ}"


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


@pytest.fixture
def publish(db: SQLAlchemy, courses_folder: Path) -> Callable[..., None]:
    """Publish the course with essays."""

    def published(preset: str = "test") -> None:
        publish_essays(courses_folder, preset=preset)
        db.session.rollback()

    return published


@pytest.fixture
def waiting(publish: Callable[..., None], cast: Cast, db: SQLAlchemy) -> Sheet:
    """Siti's attempt, handed in."""
    publish()
    work = handed_in(cast.siti)
    db.session.rollback()
    return work


def page_of(work: Sheet, slot: int) -> str:
    return f"/teaching/attempts/{work.id}/slots/{slot}"


def save(client: FlaskClient, path: str, status: int = 303, **fields: str) -> str:
    """Fill the marking page in and press its button; where that leads, or the page that says why not."""
    page = client.get(path).get_data(as_text=True)
    seen = re.search(r'name="seen" value="(\d+)"', page)
    data = {"form_token": form_token(page), "seen": seen[1] if seen else "0", "go": "next", **fields}
    answer = client.post(path, data=data)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.headers.get("Location", "").partition("#")[0] or answer.get_data(as_text=True)


def test_from_the_essay_to_the_result(
    app: Flask, publish: Callable[..., None], cast: Cast, rahmat: FlaskClient, db: SQLAlchemy
) -> None:
    publish()
    siti = Walker.of(app)
    siti.open(f"/courses/{SLUG}/{QUIZ}")
    siti.send(f"/courses/{SLUG}/{QUIZ}/attempts")
    assert "Soal 1 dari 5" in siti.html
    siti.answer(1, {"choice": "true"}, go="next")
    assert "Bagian kedua." in siti.html
    siti.answer(TEXT, {}, go="next")
    siti.answer(RUBRIC, {"text": STORY}, go="next")
    siti.answer(PLAIN, {"text": "Senang."}, go="next")
    assert "Teks untuk dibaca" in siti.answer(5, {}, go="next")
    assert "Masih ada 1 soal yang belum dijawab" in siti.html, "a survey may be answered, a text cannot"
    siti.send("/attempts/1/finish")
    assert "menunggu dinilai" in siti.main() and 'class="result"' not in siti.html
    assert "rahasiakunci" not in siti.html
    for path in (f"/courses/{SLUG}/{QUIZ}", f"/courses/{SLUG}", "/"):
        assert "menunggu dinilai" in siti.open(path), path

    assert "2 jawaban menunggu" in read(rahmat, "/teaching/marking")
    assert "Siti Aminah" in read(rahmat, QUEUE)
    page = read(rahmat, "/teaching/attempts/1/slots/3")
    assert "lalu &lt;b&gt;meminjam&lt;/b&gt; buku &amp; pulang." in page and "Lengkap" in page
    assert "Jawaban peserta" in page and "Jawaban Anda" not in page.partition("</main>")[0]
    there = save(
        rahmat, "/teaching/attempts/1/slots/3", **{"level-isi": "0", "level-bahasa": "1", "comment": f"Bagus {ATTACK}"}
    )
    assert there == "/teaching/attempts/1/slots/4"
    assert save(rahmat, there, points="0,5", comment="Singkat.") == QUEUE
    assert "Tidak ada lagi jawaban yang menunggu" in read(rahmat, QUEUE)
    assert "Tidak ada jawaban yang menunggu Anda nilai." in read(rahmat, "/teaching/marking")

    result = siti.open("/attempts/1/result")
    assert re.search(r'class="result">75<', result)  # 1 + 2 · 3/4 + 0,5 of 4
    assert f"Bagus {ESCAPED}" in result and ATTACK not in result and "Singkat." in result
    assert "1,5 dari 2,0 poin" in result and "0,5 dari 1,0 poin" in result
    assert "Rahmat" not in result
    assert "Sudah dinilai" in siti.open(f"/courses/{SLUG}/{QUIZ}")
    assert "menunggu dinilai" not in siti.open("/")


def test_the_history_of_a_mark_is_shown_to_whoever_opens_it(rahmat: FlaskClient, waiting: Sheet, app: Flask) -> None:
    path = page_of(waiting, PLAIN)
    assert save(rahmat, path, points="0,25", comment="Kurang.", go="stay") == path
    assert 'value="0,25"' in read(rahmat, path), "the page begins with the mark that may be corrected"
    assert save(rahmat, path, points="1", go="stay", comment="Ternyata cukup.") == path
    admin = app.test_client()
    sign_in(admin, "admin")
    page = read(admin, path)
    assert "Riwayat nilai" in page and page.index("Ternyata cukup.") < page.rindex("Kurang.")
    assert page.count("Rahmat Hidayat") == 2


@pytest.mark.parametrize(
    ("slot", "fields", "words"),
    [
        (PLAIN, {"points": "1,5"}, "dari 0 sampai 1"),
        (PLAIN, {"points": "-1"}, "dari 0 sampai 1"),
        (PLAIN, {"points": "banyak"}, "dari 0 sampai 1"),
        (PLAIN, {}, "dari 0 sampai 1"),
        (RUBRIC, {"level-isi": "0"}, "setiap kriteria"),
        (RUBRIC, {"level-isi": "0", "level-bahasa": "2"}, "setiap kriteria"),
        (RUBRIC, {"level-isi": "0", "level-bahasa": "x", "points": "2"}, "setiap kriteria"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_and_what_was_typed_stays(
    rahmat: FlaskClient, waiting: Sheet, db: SQLAlchemy, slot: int, fields: dict[str, str], words: str
) -> None:
    page = save(rahmat, page_of(waiting, slot), 409, comment=f"Tetap {ATTACK}", **fields)
    valid_html(page)
    assert words in page and f"Tetap {ESCAPED}" in page and ATTACK not in page
    db.session.rollback()
    assert history_of(waiting.id, slot) == ()


def test_a_page_that_is_out_of_date_overwrites_nothing(
    app: Flask, rahmat: FlaskClient, waiting: Sheet, db: SQLAlchemy
) -> None:
    path = page_of(waiting, PLAIN)
    admin = app.test_client()
    sign_in(admin, "admin")
    save(admin, path, points="1", comment="Baik sekali.")
    page = save(rahmat, path, 409, points="0", seen="0")
    assert "sudah dinilai orang lain" in page and "Baik sekali." in page
    db.session.rollback()
    assert [each.fraction for each in history_of(waiting.id, PLAIN)] == [1.0]
    save(rahmat, path, points="0")  # with the history read
    db.session.rollback()
    assert [each.fraction for each in history_of(waiting.id, PLAIN)] == [1.0, 0.0]


def test_a_blind_quiz_names_nobody_until_all_is_marked(
    app: Flask, publish: Callable[..., None], cast: Cast, rahmat: FlaskClient, db: SQLAlchemy
) -> None:
    publish()
    work = handed_in(cast.siti, BLIND)
    paths = (f"/teaching/marking/{SLUG}/{BLIND}", page_of(work, 1), f"/teaching/attempts/{work.id}",
             f"/teaching/courses/{SLUG}/attempts/{BLIND}")  # fmt: skip
    for path in paths:
        page = read(rahmat, path)
        assert "Siti" not in page and "disembunyikan" in page.lower(), path
    save(rahmat, page_of(work, 1), points="0,5", comment="Dari Rahmat.")
    assert "Tidak ada jawaban" in read(rahmat, paths[0]), "whoever marked is not asked again"
    admin = app.test_client()
    sign_in(admin, "admin")
    assert "Dari Rahmat." in read(admin, page_of(work, 1)), "who decides may read it first"
    save(admin, page_of(work, 1), points="1")
    db.session.rollback()
    assert sheet(work.id, cast.siti).fact.fraction == 1.0
    for path in paths[1:]:
        assert "Siti Aminah" in read(rahmat, path), path


def test_the_second_trainer_does_not_see_the_first_ones_mark(
    app: Flask, publish: Callable[..., None], cast: Cast, rahmat: FlaskClient, db: SQLAlchemy
) -> None:
    publish()
    work = handed_in(cast.siti, BLIND)
    grant(cast.noor, Grant(Role.TRAINER), now=work.fact.started_at)
    save(rahmat, page_of(work, 1), points="0,4", comment="Dari Rahmat.")
    noor = app.test_client()
    sign_in(noor, "noor")
    for path in (page_of(work, 1), f"/teaching/attempts/{work.id}"):
        assert "Rahmat" not in read(noor, path), path
    save(noor, page_of(work, 1), points="0,8")
    assert "Dari Rahmat." in read(noor, page_of(work, 1))
    db.session.rollback()
    assert sheet(work.id, cast.siti).fact.fraction == pytest.approx(0.6)


def test_the_queue_is_one_cohorts_and_marking_stays_in_it(
    publish: Callable[..., None], cast: Cast, rahmat: FlaskClient, db: SQLAlchemy
) -> None:
    publish()
    first, second = handed_in(cast.siti), handed_in(cast.noor)
    cohort = add_cohort("Angkatan I")
    enrol(cohort, [cast.noor])
    page = read(rahmat, f"{QUEUE}?cohort={cohort}")
    assert "Noor Jannah" in page and "Siti Aminah" not in page and "2 jawaban menunggu" in page
    there = save(rahmat, f"{page_of(second, RUBRIC)}?cohort={cohort}", **{"level-isi": "1", "level-bahasa": "0"})
    assert there == f"{page_of(second, PLAIN)}?cohort={cohort}"
    assert first.id != second.id
    for odd in ("x", "0", "9" * 30, ""):
        read(rahmat, f"{QUEUE}?cohort={odd}")


def test_attempts_of_a_quiz_are_listed_with_state_time_and_mark(
    rahmat: FlaskClient, waiting: Sheet, cast: Cast
) -> None:
    page = read(rahmat, f"/teaching/courses/{SLUG}/attempts/{QUIZ}")
    assert "Siti Aminah" in page and "Sudah dikumpulkan, menunggu dinilai" in page
    assert "22 November 2026, 10.24 WITA" in page
    save(rahmat, page_of(waiting, RUBRIC), **{"level-isi": "0", "level-bahasa": "0"})
    save(rahmat, page_of(waiting, PLAIN), points="1")
    assert "100,0 · lulus" in read(rahmat, f"/teaching/courses/{SLUG}/attempts/{QUIZ}")
    for page_number in ("2", "0", "-1", "x", "9" * 30):
        read(rahmat, f"/teaching/courses/{SLUG}/attempts/{QUIZ}?page={page_number}")


def test_an_attempt_is_told_step_by_step(rahmat: FlaskClient, waiting: Sheet) -> None:
    save(rahmat, page_of(waiting, PLAIN), points="0,5", comment=ATTACK)
    page = read(rahmat, f"/teaching/attempts/{waiting.id}")
    assert page.count("<td>Menyimpan</td>") == 3
    assert "Dikumpulkan" in page and "Dinilai 0,50 dari 1,0 poin oleh Rahmat Hidayat" in page
    assert ESCAPED in page and ATTACK not in page
    assert "&lt;b&gt;meminjam&lt;/b&gt;" in page and "<b>meminjam</b>" not in page
    assert f'href="{page_of(waiting, RUBRIC)}"' in page and f'href="{page_of(waiting, GRADED)}"' not in page


def test_an_exam_shows_the_comment_and_the_total_and_nothing_else(
    app: Flask, publish: Callable[..., None], cast: Cast, rahmat: FlaskClient, db: SQLAlchemy
) -> None:
    publish()
    work = handed_in(cast.siti, EXAM)
    save(rahmat, page_of(work, 1), points="0,5", comment=f"Cermat {ATTACK}")
    page = Walker.of(app).open(f"/attempts/{work.id}/result")
    assert re.search(r'class="result">50<', page) and f"Cermat {ESCAPED}" in page
    assert "Tulislah lagi." not in page and ATTACK not in page


def test_in_a_practice_an_essay_has_no_check_and_waits(
    app: Flask, publish: Callable[..., None], cast: Cast, db: SQLAlchemy
) -> None:
    publish("practice")
    siti = Walker.of(app)
    siti.open(f"/courses/{SLUG}/{QUIZ}")
    siti.send(f"/courses/{SLUG}/{QUIZ}/attempts")
    assert 'value="check"' in siti.html
    for slot in (TEXT, RUBRIC, PLAIN, 5):
        assert 'value="check"' not in siti.open(f"/attempts/1?slot={slot}"), slot
    siti.open(f"/attempts/1?slot={RUBRIC}")
    siti.answer(RUBRIC, {"text": STORY}, action="check")
    assert "rahasiakunci" not in siti.html
    db.session.rollback()
    siti.open("/attempts/1/overview")
    siti.send("/attempts/1/finish")
    assert sheet(1, cast.siti).fact.state is AttemptState.SUBMITTED


def test_what_a_grant_does_not_reach_is_not_found(
    rahmat: FlaskClient, waiting: Sheet, cast: Cast, db: SQLAlchemy
) -> None:
    revoke(cast.rahmat, Grant(Role.TRAINER))
    grant(cast.rahmat, Grant(Role.TRAINER, ScopeKind.COURSES, "contoh"), now=waiting.fact.started_at)
    for path in (QUEUE, page_of(waiting, PLAIN), f"/teaching/attempts/{waiting.id}",
                 f"/teaching/courses/{SLUG}/attempts/{QUIZ}"):  # fmt: skip
        read(rahmat, path, 404)
    assert "Tidak ada jawaban" in read(rahmat, "/teaching/marking")
    page = rahmat.get("/account").get_data(as_text=True)
    refused = rahmat.post(page_of(waiting, PLAIN), data={"form_token": form_token(page), "points": "1"})
    assert refused.status_code == 404
    db.session.rollback()
    assert history_of(waiting.id, PLAIN) == ()


def test_what_is_no_quiz_or_is_marked_by_no_person_has_no_page(rahmat: FlaskClient, waiting: Sheet) -> None:
    for path in (
        f"/teaching/marking/{SLUG}/tiada",
        "/teaching/marking/tiada/tiada",
        f"/teaching/courses/{SLUG}/attempts/tiada",
        page_of(waiting, GRADED),
        page_of(waiting, TEXT),
        page_of(waiting, 99),
    ):
        read(rahmat, path, 404)


def test_the_marking_pages_ask_the_database_little_however_many_wait(
    app: Flask, publish: Callable[..., None], cast: Cast, rahmat: FlaskClient, db: SQLAlchemy
) -> None:
    publish()
    works = [handed_in(each) for each in (cast.siti, cast.noor, cast.admin)]
    bounds = {
        "/teaching/marking": 4,
        QUEUE: 5,
        page_of(works[0], RUBRIC): 8,
        f"/teaching/courses/{SLUG}/attempts/{QUIZ}": 6,
        f"/teaching/attempts/{works[0].id}": 8,
    }
    for path, most in bounds.items():
        rahmat.get(path)
        app.extensions["catalogue"].forget_heads()
        with statements(app) as sent:
            read(rahmat, path)
        assert len(sent) <= most, f"{path}: {len(sent)}\n" + "\n".join(sent)
