"""Attempts whose time ran out are closed by the chores and at the shell, and grants are given there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from app import clock
from app.chores.runner import CLOSE_EVERY, Runner
from app.people.operations import add_cohort
from app.quizzes.models import Attempt
from tests.ground.cast import Cast
from tests.ground.database import PUBLISHED, Start
from tests.marking.test_time import settings
from tests.quizzes.cast import begin, sheet
from tests.quizzes.content import START, minute


@pytest.fixture
def start() -> Start:
    """There is something to learn."""
    return PUBLISHED


def state(db: SQLAlchemy) -> str:
    db.session.rollback()
    return str(db.session.scalar(select(Attempt.state)))


def run(app: Flask, *arguments: str, status: int = 0) -> str:
    done = app.test_cli_runner().invoke(args=["quizzes", *arguments])
    assert done.exit_code == status, done.output
    return done.output


def test_the_chores_close_what_is_overdue_every_few_seconds(siti: int, db: SQLAlchemy, courses_folder: Path) -> None:
    settings(courses_folder, "time_limit: 15 min")
    begin(siti, "tes")
    runner = Runner(courses_folder)
    runner.look(minute(15))
    assert state(db) == "in_progress"
    runner.look(minute(15) + CLOSE_EVERY / 2)
    soon = minute(16) + timedelta(seconds=1)
    runner.look(soon)
    assert state(db) == "finished"


def test_the_shell_closes_what_is_overdue(
    app: Flask, siti: int, db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(courses_folder, "time_limit: 15 min", "overdue: grace")
    begin(siti, "tes")
    db.session.rollback()
    for minutes, told, then in (
        (15, "0 percobaan", "in_progress"),
        (17, "1 percobaan", "overdue"),
        (16 + 25 * 60, "1 percobaan", "abandoned"),
        (16 + 25 * 60, "0 percobaan", "abandoned"),
    ):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: minute(minutes))
        assert told in run(app, "close-overdue")
        assert state(db) == then


def test_the_shell_grants_lists_and_takes_back(app: Flask, cast: Cast, db: SQLAlchemy, courses_folder: Path) -> None:
    settings(courses_folder, "time_limit: 15 min")
    add_cohort("Angkatan I")
    work = begin(cast.siti, "tes")
    db.session.rollback()
    assert run(app, "override", "contoh", "tes") == ""
    run(app, "override", "contoh", "tes", "--person", "siti", "--minutes", "30", "--attempts", "0")
    run(app, "override", "contoh", "tes", "--cohort", "Angkatan I", "--opens", "always", "--closes", "2026-12-01 16:00")
    assert run(app, "override", "contoh", "tes").splitlines() == [
        "angkatan Angkatan I\tdibuka tanpa batas, ditutup 2026-12-01 16:00",
        "siti\twaktu 30 menit, percobaan tanpa batas kali",
    ]
    limits = sheet(work.id, cast.siti).limits
    assert (limits.time_limit, limits.attempts) == (timedelta(minutes=30), None)
    db.session.rollback()
    assert "dicabut" in run(app, "override", "contoh", "tes", "--person", "siti", "--remove")
    assert "siti" not in run(app, "override", "contoh", "tes")
    assert sheet(work.id, cast.siti).limits.time_limit == timedelta(minutes=15)
    assert sheet(work.id, cast.siti).fact.started_at == START


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("contoh", "pengantar", "--person", "siti", "--minutes", "5"), "Tidak ada kuis contoh/pengantar"),
        (("contoh", "tes", "--person", "agus", "--minutes", "5"), "Tidak ada akun agus"),
        (("contoh", "tes", "--cohort", "Angkatan X", "--minutes", "5"), "Tidak ada angkatan"),
        (("contoh", "latihan", "--person", "siti", "--minutes", "5"), "Latihan tidak dibatasi waktunya"),
        (
            ("contoh", "tes", "--person", "siti", "--opens", "2026-12-01 16:00", "--closes", "2026-12-01 16:00"),
            "ditutup sebelum dibuka",
        ),
    ],
)
def test_what_cannot_be_granted_is_a_sentence_and_status_1(
    app: Flask, cast: Cast, arguments: tuple[str, ...], words: str
) -> None:
    assert words in run(app, "override", *arguments, status=1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--person", "siti"),
        ("--person", "siti", "--cohort", "Angkatan I", "--minutes", "5"),
        ("--person", "siti", "--closes", "besok"),
    ],
)
def test_what_is_written_wrongly_is_status_2(app: Flask, cast: Cast, arguments: tuple[str, ...]) -> None:
    run(app, "override", "contoh", "tes", *arguments, status=2)
