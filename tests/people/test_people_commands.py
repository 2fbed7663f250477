"""The office at the shell."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.people.models import Person
from app.people.operations import Attempt, authenticate
from app.people.permissions import Role, Scope
from app.people.queries import cohort_named, get_cohort, get_person, person_named
from tests.ground.cast import NOW, Cast
from tests.ground.database import PUBLISHED, Start

EVERYBODY = Scope(0, everything=True)


@pytest.fixture
def start() -> Start:
    return PUBLISHED


def run(app: Flask, *arguments: str, typed: str = "", status: int = 0) -> str:
    done = app.test_cli_runner().invoke(args=list(arguments), input=typed)
    assert done.exit_code == status, done.output
    return done.output


def test_people_are_added_listed_reset_and_given_roles(app: Flask, cast: Cast) -> None:
    added = run(
        app, "people", "add", "Nor Hidayah", "--phone", "0813 3456 7890", "--organisation", "SMP Contoh 2",
        "--kind", "school", "--district", "Hulu", "--role", "learner", "--role", "trainer",
    )  # fmt: skip
    words = re.search(r"sementara \(tampil sekali\): (\w+ \w+ \w+)", added)
    assert words
    with app.app_context():
        assert authenticate(Attempt(login="nor", password=words[1], address="-"), now=NOW)
    listed = run(app, "people", "list", "hiday")
    assert "nor\tNor Hidayah\tSMP Contoh 2 (Perpustakaan sekolah), Hulu\tlearner,trainer" in listed
    assert "Rahmat Hidayat" in listed
    assert "Nor Hidayah" not in run(app, "people", "list", "--never-signed-in")
    again = run(app, "people", "reset-password", "+62 813-3456-7890")
    assert words[1] not in again
    assert "staff" in run(app, "people", "grant", "nor", "staff")
    assert "staff" not in run(app, "people", "grant", "nor", "staff", "--remove")


def test_a_refusal_at_the_shell_is_a_sentence_and_status_1(app: Flask, cast: Cast) -> None:
    assert "sudah dipakai orang lain" in run(app, "people", "add", "Lain", "--user-name", "siti", status=1)
    assert "Tidak ada akun agus" in run(app, "people", "reset-password", "agus", status=1)
    assert "satu-satunya admin" in run(app, "people", "grant", "admin", "admin", "--remove", status=1)


def test_cohorts_are_made_given_courses_and_filled(app: Flask, cast: Cast) -> None:
    run(app, "cohorts", "add", "Angkatan I", "--starts", "2026-11-01")
    assert "tidak dikenal: ngawur" in run(app, "cohorts", "courses", "Angkatan I", "ngawur", status=1)
    run(app, "cohorts", "courses", "Angkatan I", "tertutup", "contoh", "--path")
    assert "2 orang baru" in run(app, "cohorts", "enrol", "Angkatan I", "siti", "rahmat")
    listed = run(app, "cohorts", "list")
    assert "Angkatan I\t2026-11-01 – …\ttertutup, contoh (berurutan)\t2 orang" in listed
    with app.app_context():
        found = cohort_named("Angkatan I")
        assert found is not None
        assert get_cohort(found.id).has_path


def test_a_real_office_begins_with_a_key_of_its_own_and_an_admin(app: Flask, cast: Cast) -> None:
    instance: Path = app.extensions["settings"].instance
    typed = "Kepala Kantor\nkepala\nrahasia besar\nrahasia besar\n"
    said = run(app, "init", typed=typed)
    assert "Admin dibuat: kepala" in said
    assert "rahasia besar" not in said
    key = instance / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    made = key.read_text()
    assert len(made.strip()) == 64
    with app.app_context():
        admin = person_named("kepala")
        assert admin is not None
        assert Role.ADMIN in get_person(admin.id, EVERYBODY).roles
    run(app, "init", "--name", "Wakil", "--user-name", "wakil", "--password", "rahasia juga")
    assert key.read_text() == made


def test_a_weak_first_password_makes_nothing(app: Flask, cast: Cast) -> None:
    said = run(app, "init", "--name", "Kepala", "--user-name", "kepalakantor", "--password", "kepalakantor", status=1)
    assert "tidak boleh sama" in said
    with app.app_context():
        names = app.extensions["sqlalchemy"].session.scalars(select(Person.user_name)).all()
    assert "kepalakantor" not in names
    assert not (app.extensions["settings"].instance / "secret-key").exists()
