"""Item analysis as a trainer sees it: figures with their words, advice, one question opened, files, the bank."""

from __future__ import annotations

import csv
import re
from html import unescape
from io import BytesIO, StringIO

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from openpyxl import load_workbook

from app.marking.queries.item_figures import analysed, stamps_of
from app.marking.queries.item_marks import Asked, quiz_marks, revisions_of
from app.marking.rules.decisions import Decision
from app.marking.rules.item_choice import AttemptChoice
from app.people.operations import grant, revoke
from app.people.permissions import Grant as Right
from app.people.permissions import Role, ScopeKind
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_html
from tests.marking.regrades import regrade, wanted
from tests.quizzes.content import START
from tests.teaching.analysed import JUDGED, QUIZ, SINGLE, SLUG, TYPED, class_of, knows, people, took

PATH = f"/teaching/courses/{SLUG}/analysis/{QUIZ}"
ITEM = f"{PATH}/items/"
WRONG = {SINGLE: ({"choice": 0}, 0.0), JUDGED: ({"choice": True}, 0.0), TYPED: ({"text": "x"}, 0.0)}
RIGHT = {SINGLE: knows(SINGLE), JUDGED: knows(JUDGED), TYPED: knows(TYPED)}


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


def read(client: FlaskClient, path: str, status: int = 200) -> str:
    """A page's text, blanks joined, without its tags."""
    answer = client.get(path)
    assert answer.status_code == status, path
    text = answer.get_data(as_text=True)
    valid_html(text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_quiz_nobody_took_says_what_will_be_here(rahmat: FlaskClient) -> None:
    assert "Belum ada percobaan yang selesai dinilai." in read(rahmat, PATH)
    read(rahmat, f"{ITEM}{SINGLE}", 404)
    read(rahmat, f"/teaching/courses/{SLUG}/analysis/tidak-ada", 404)


def test_a_wrong_key_is_found_and_shown_in_figures_words_and_picture(rahmat: FlaskClient, db: SQLAlchemy) -> None:
    class_of(40)
    page = read(rahmat, PATH)
    assert "40 orang" in page and "masih indikatif" not in page
    # Wilson, 10 of 40 with z = 1.645: (0.25 + 0.0338 -+ 0.1176) / 1.0676
    assert "25% menjawab benar · sukar p = 0,25 perkiraan 0,16 sampai 0,38" in page
    assert "Peserta yang pandai justru banyak salah di soal ini. Periksa kuncinya." in page
    assert "Yang memilih A rata-rata lebih pandai daripada yang memilih kunci." in page
    assert "Hampir tidak ada yang memilih D." in page
    assert "Rata-rata 1,2 dari 3,0 poin (42%)" in page
    item = read(rahmat, f"{ITEM}{SINGLE}")
    for told in (
        "A. Rak buku 20 (50%)",
        "B. Katalog buku ✓ kunci 10 (25%)",
        "D. Meja baca 0 (0%)",
        "daya beda negatif",
    ):
        assert told in item
    assert "Sunting soal" in item and "Nilai ulang" in item
    raw = rahmat.get(f"{ITEM}{SINGLE}").get_data(as_text=True)
    assert f'href="/authoring/{SLUG}/questions/{QUIZ}/tunggal"' in raw
    assert raw.count('<path class="key"') == 1 and raw.count('<path class="other') == 3
    typed = read(rahmat, f"{ITEM}{TYPED}")
    assert "Jawaban yang paling sering" in typed and "rak" in typed and "Siapa menjawab benar" in typed
    assert "A. Benar 20 (50%)" in read(rahmat, f"{ITEM}{JUDGED}")


def test_files_hold_what_the_page_shows(rahmat: FlaskClient, db: SQLAlchemy) -> None:
    class_of(40)
    rows = list(csv.reader(StringIO(rahmat.get(f"{PATH}.csv").get_data().decode("utf-8-sig"))))
    head = next(place for place, row in enumerate(rows) if row[:1] == ["Nomor"])
    table = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]
    single = table[0]
    assert (single["Tingkat kesukaran (p)"], single["Golongan"]) == ("0.25", "sukar")
    assert float(single["Daya beda"]) < 0 and "daya beda negatif" in single["Perlu diperiksa"]
    page = read(rahmat, PATH)
    for row in table:
        assert row["Daya beda"].replace(".", ",") in page and row["Soal"] in page
    sheet = load_workbook(BytesIO(rahmat.get(f"{PATH}.xlsx").get_data())).active
    assert [cell.value for cell in sheet[head + 1]] == rows[head]
    assert sheet.cell(head + 2, 4).value == 0.25, "figures are typed"


def test_few_people_get_figures_and_no_advice(rahmat: FlaskClient, db: SQLAlchemy) -> None:
    class_of(4)
    page = read(rahmat, PATH)
    assert "Kurang dari 5 orang" in page and "Belum cukup orang untuk memberi saran." in page
    assert "25% menjawab benar" in page and "Periksa kuncinya" not in page


def test_which_attempts_count_is_chosen_and_told(rahmat: FlaskClient, db: SQLAlchemy) -> None:
    (siti,) = people(1)
    for number, given in enumerate((WRONG, RIGHT, {**RIGHT, SINGLE: WRONG[SINGLE]}), start=1):
        took(siti, given, number)
    took(siti, RIGHT, 4, state="submitted")
    took(siti, RIGHT, 5, state="abandoned")
    db.session.commit()
    means = {}
    for choice in AttemptChoice:
        found = analysed(Asked(SLUG, QUIZ, choice))
        means[choice.value] = (len(found.marks.attempts), found.analysis.test.mean)
    assert means == {"first": (1, 0.0), "all": (3, pytest.approx(5 / 3)), "last": (1, 2.0), "highest": (1, 3.0)}
    page = read(rahmat, f"{PATH}?attempts=all")
    assert "1 orang 3 percobaan" in page and "1 percobaan masih menunggu dinilai" in page
    read(rahmat, f"{PATH}?attempts=lain&version=999999")
    assert "Tidak ada percobaan seperti itu." in read(rahmat, f"{PATH}?version=999999")


def test_a_question_that_was_drawn_is_judged_by_those_who_had_it(rahmat: FlaskClient, db: SQLAlchemy) -> None:
    for place, person_id in enumerate(people(6)):
        given = RIGHT if place % 2 else {SINGLE: WRONG[SINGLE], JUDGED: knows(JUDGED)}
        took(person_id, given)
    db.session.commit()
    found = {each.item: each for each in analysed(Asked(SLUG, QUIZ)).analysis.items}
    assert (found[TYPED].n, found[TYPED].facility) == (3, 1.0) and found[SINGLE].n == 6
    assert "Bobot tidak dihitung" in read(rahmat, PATH)
    read(rahmat, f"{ITEM}{TYPED}")


def test_a_question_done_again_counts_by_its_first_answer_and_a_decided_one_not_at_all(
    rahmat: FlaskClient, db: SQLAlchemy
) -> None:
    from app.quizzes.models import Mark

    attempts = [took(person_id, RIGHT) for person_id in people(6)]
    mark = db.session.get(Mark, (attempts[0], 1))
    assert mark is not None
    mark.first_fraction = 0.0
    db.session.commit()
    assert quiz_marks(Asked(SLUG, QUIZ)).marks[:, 0].tolist() == [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    before = stamps_of([SLUG])
    regrade(wanted(decisions={JUDGED: Decision.EVERYBODY_RIGHT}, quiz=QUIZ))
    found = quiz_marks(Asked(SLUG, QUIZ))
    assert JUDGED not in found.items and found.decided == {JUDGED: Decision.EVERYBODY_RIGHT}
    assert stamps_of([SLUG]) != before, "the bank works its figures out anew"
    assert "Semua dianggap benar" in read(rahmat, PATH)


def test_the_bank_shows_and_finds_questions_by_what_answers_tell(rahmat: FlaskClient, db: SQLAlchemy) -> None:
    bank = f"/authoring/{SLUG}/banks"
    assert "Mutu menurut jawaban" not in read(rahmat, bank)
    class_of(40)
    page = read(rahmat, bank)
    assert "25% menjawab benar" in page and "daya beda -" in page and "40 orang" in page
    found = read(rahmat, f"{bank}?quality=check")
    assert "Mana yang dicari lebih dahulu?" in found and "Apa kata sandi rak ini?" not in found


def test_who_trains_another_course_finds_nothing(rahmat: FlaskClient, cast: Cast, db: SQLAlchemy) -> None:
    class_of(5)
    revoke(cast.rahmat, Right(Role.TRAINER))
    for elsewhere in (Right(Role.TRAINER, ScopeKind.COURSES, "tertutup"),
                      Right(Role.TRAINER, ScopeKind.ORGANISATIONS, str(cast.organisation))):  # fmt: skip
        grant(cast.rahmat, elsewhere, now=START)
        for path in (PATH, f"{ITEM}{SINGLE}", f"{PATH}.csv", f"{PATH}.xlsx"):
            assert rahmat.get(path).status_code == 404, path


def test_versions_are_counted(siti: int, db: SQLAlchemy) -> None:
    class_of(5)
    (counts,) = revisions_of(Asked(SLUG, QUIZ)).values()
    assert counts == (5, 5)
