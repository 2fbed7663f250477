"""`flask quizzes regrade`: the preview as a table, and nothing is changed without being told to."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.marking.operations.finishing import finish_attempt
from app.people.permissions import Scope
from tests.ground.cast import Cast
from tests.marking.regrades import HARD, QUIZ, SLUG, correct_key
from tests.quizzes.cast import begin, give_all, sheet
from tests.quizzes.content import minute


def test_the_preview_is_a_table_and_applying_it_needs_a_reason(
    app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path
) -> None:
    work = begin(cast.siti, QUIZ)
    give_all(work, right=True)
    finish_attempt(work.id, within=Scope(cast.siti), now=minute(5))
    correct_key(courses_folder)
    db.session.rollback()

    def run(*options: str) -> tuple[int, str]:
        done = app.test_cli_runner().invoke(args=["quizzes", "regrade", SLUG, QUIZ, *options])
        return done.exit_code, done.output

    assert run("--revision", "1") == (
        0,
        (
            "1 percobaan diperiksa, 0 berubah: 0 naik, 0 turun, 0 jadi lulus, 0 tidak lulus lagi; "
            "0 jawaban pertama dari soal yang dikerjakan ulang berubah\n"
        ),
    )
    for revision in ("2", "current"):
        status, shown = run("--revision", revision)
        assert (status, shown.splitlines()[0]) == (0, "Siti Aminah\t1\t100.0 lulus\t66.7 belum lulus")
    assert run("--leave-out", "tersulit", "--apply")[0] == 1
    both = ["--leave-out", "tersulit", "--everybody-right", HARD]
    for refused in (["--revision", "9"], ["--leave-out", "bukan"], both, []):
        assert run(*refused)[0] in (1, 2)
    assert sheet(work.id, cast.siti).fact.fraction == 1.0
    status, shown = run("--revision", "current", "--everybody-right", HARD, "--reason", "Soal buruk.", "--apply")
    assert (status, shown.splitlines()[-1]) == (0, "Nilai sudah diperbarui.")
    assert sheet(work.id, cast.siti).regraded
