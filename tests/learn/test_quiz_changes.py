"""What a learner is told of questions that changed since the attempt, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.catalogue.operations import sync
from app.catalogue.queries import get_published
from app.content.differences.renewed import renewed
from app.marking.operations.finishing import finish_attempt
from app.people.permissions import Scope
from tests.content.samples import compiled, course_files
from tests.ground.cast import Cast
from tests.ground.statements import statements
from tests.learn.walker import Walker
from tests.marking.regrades import correct_key
from tests.quizzes.cast import begin, give_all
from tests.quizzes.content import minute

NOTICE = "Ada soal yang diperbarui sejak Anda mengerjakan kuis ini."
CHANGES: dict[str, list[tuple[str, str]]] = {  # quiz -> what the trainer changes in one of its questions
    "latihan": [
        ("Mana yang dicari lebih dahulu?", "Apa yang dibuka lebih dahulu?"),
        ("Katalog menunjukkan letaknya", "Katalog memberi tahu letaknya"),
    ],
    "tes": [("Buku kembali ke mana?", "Ke mana buku dikembalikan?"), ("Ke raknya semula", "Ke rak asalnya")],
}


def handed_in(person_id: int, quiz: str, *, right: bool = False) -> int:
    work = begin(person_id, quiz)
    give_all(work, right=right)
    finish_attempt(work.id, within=Scope(person_id), now=minute(5))
    return work.id


def changed(folder: Path, quiz: str) -> None:
    """The trainer edits a question of the quiz and publishes."""
    for file in (folder / "contoh").glob("*.yaml"):
        text = file.read_text("utf-8")
        for old, new in CHANGES[quiz]:
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
    assert sync(folder, now=minute(50)).published == ["contoh"]


def test_siti_reads_what_changed_in_a_practice_whose_key_she_has_seen(
    app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    attempt = handed_in(cast.siti, "latihan")
    walker = Walker.of(app)
    assert NOTICE not in walker.open(f"/attempts/{attempt}/result"), "nothing changed yet"
    assert "Tidak ada soal Anda yang berubah." in walker.open(f"/attempts/{attempt}/changes")
    changed(courses_folder, "latihan")
    assert NOTICE in walker.open(f"/attempts/{attempt}/result")
    assert f'href="/attempts/{attempt}/changes"' in walker.html
    page = walker.open(f"/attempts/{attempt}/changes")
    assert "Mana yang dicari lebih dahulu?" in page and "Apa yang dibuka lebih dahulu?" in page
    assert "Katalog memberi tahu letaknya" in page


def test_before_the_key_may_be_seen_it_is_only_said_that_a_question_changed(
    app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    attempt = handed_in(cast.siti, "tes")
    changed(courses_folder, "tes")
    walker = Walker.of(app)
    page = walker.open(f"/attempts/{attempt}/changes")
    assert "Soal ini sudah diperbarui." in page
    assert "Ke mana buku dikembalikan?" not in page and "Ke rak asalnya" not in page


def test_a_quiz_that_shows_no_questions_tells_none_of_their_changes(
    app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    attempt = handed_in(cast.siti, "ujian", right=True)
    correct_key(courses_folder)
    walker = Walker.of(app)
    page = walker.open(f"/attempts/{attempt}/result")
    assert NOTICE in page and f"/attempts/{attempt}/changes" not in page
    walker.open(f"/attempts/{attempt}/changes", status=404)


def test_a_practice_that_became_an_exam_does_not_give_its_new_key_away(
    app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    attempt = handed_in(cast.siti, "latihan", right=True)
    changed(courses_folder, "latihan")
    module = courses_folder / "contoh" / "01-dasar.yaml"
    module.write_text(module.read_text("utf-8").replace("preset: practice", "preset: exam"), "utf-8")
    assert sync(courses_folder, now=minute(55)).published == ["contoh"]
    page = Walker.of(app).open(f"/attempts/{attempt}/changes")
    assert "Soal ini sudah diperbarui." in page and "Apa yang dibuka lebih dahulu?" not in page


def test_changes_are_ones_own_and_of_finished_attempts_alone(app: Flask, cast: Cast, db: SQLAlchemy) -> None:
    attempt = handed_in(cast.siti, "latihan")
    Walker.of(app, "rahmat").open(f"/attempts/{attempt}/changes", status=404)
    again = begin(cast.siti, "latihan")
    walker = Walker.of(app)
    walker.open(f"/attempts/{again.id}/changes")
    assert "Soal 1 dari" in walker.html, "it is still under way"


def test_a_result_asks_the_database_no_more_for_it(
    app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    attempt = handed_in(cast.siti, "latihan")
    walker = Walker.of(app)
    walker.open(f"/attempts/{attempt}/result")
    app.extensions["catalogue"].forget_heads()
    with statements(app) as before:
        walker.open(f"/attempts/{attempt}/result")
    changed(courses_folder, "latihan")
    get_published("contoh")
    walker.open(f"/attempts/{attempt}/result")
    app.extensions["catalogue"].forget_heads()
    with statements(app) as after:
        walker.open(f"/attempts/{attempt}/result")
    assert len(after) == len(before)


@pytest.mark.parametrize(
    ("path", "old", "new", "found"),
    [
        ("01-kelas.yaml", "Nomor cerita rakyat?", "Nomor dongeng?", [(1, True)]),
        ("01-kelas.yaml", "competency: F2.klasifikasi", "competency: F2.deskripsi", []),
        ("bank/ddc.yaml", "answer: true", "answer: false", [(2, True)]),
        ("bank/ddc.yaml", "tags: [dasar]", "tags: [lain]", []),
        ("01-kelas.yaml", "      - draw: 2\n        from: ddc\n", "      - use: ddc/jumlah\n", [(2, False)]),
    ],
)
def test_what_changed_for_a_learner_is_told_and_what_only_authors_see_is_not(
    path: str, old: str, new: str, found: list[tuple[int, bool]]
) -> None:
    files = course_files()
    text = files[path].decode()
    assert old in text
    was, now = compiled(files), compiled({**files, path: text.replace(old, new).encode()})
    asked = ("ddc/kuis-ddc/dongeng", "ddc/ddc/benar-salah", "ddc/ddc/jumlah")
    assert [(each.place, each.now is not None) for each in renewed(was, now, "kuis-ddc", asked)] == found
