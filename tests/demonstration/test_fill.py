"""Filling a demonstration: only there, only once, and true to the rules."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.catalogue.models import Head
from app.catalogue.queries import published
from app.db import begin_write, db
from app.demonstration.operations.fill import (
    COHORT,
    PARTICIPANTS,
    DemonstrationOff,
    NothingPublished,
    PeopleThere,
    fill,
)
from app.demonstration.operations.rows import UNUSABLE
from app.people.models import Cohort, CohortCourse, CohortMember, GrantRow, Person
from app.people.passwords import matches
from app.people.rules.passwords import PasswordTooShort
from app.quizzes.models import Attempt
from tests.ground.application import close, make_app
from tests.ground.cast import NOW, Cast, cheap_passwords
from tests.ground.database import PUBLISHED, Start


@pytest.fixture
def start() -> Start:
    """The sample courses, and nobody: a demonstration about to be filled."""
    return replace(PUBLISHED, demo=True)


@pytest.fixture
def office(app: Flask) -> Iterator[Flask]:
    """An empty demonstration with a context open; argon2 costs little in it."""
    cheap_passwords(app)
    with app.app_context():
        yield app


@pytest.fixture
def with_settings(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Another app over the same database, with settings of one's own."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        app = make_app(database_url, tmp_path / "other", courses=PUBLISHED.courses, **settings)
        cheap_passwords(app)
        made.append(app)
        return app

    yield make
    for app in made:
        close(app)


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_nothing_is_made_up_for_a_real_office(with_settings: Callable[..., Flask]) -> None:
    with with_settings(demo=False).app_context():
        with pytest.raises(DemonstrationOff):
            fill(now=NOW)
        assert count(Person) == 0


def test_the_command_says_what_is_missing_and_fails(with_settings: Callable[..., Flask]) -> None:
    result = with_settings(demo=False).test_cli_runner().invoke(args=["demo", "fill"])
    assert result.exit_code == 1
    assert "RAK_DEMO=1" in result.output


def test_nobody_made_up_is_put_beside_real_people(office: Flask, cast: Cast) -> None:
    people = count(Person)
    with pytest.raises(PeopleThere):
        fill(now=NOW)
    assert (count(Person), count(Cohort), count(Attempt)) == (people, 0, 0)


def test_the_command_refuses_people_unless_it_was_told_to_be_silent(app: Flask, cast: Cast) -> None:
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["demo", "fill"])
    silent = runner.invoke(args=["demo", "fill", "--if-empty"])
    assert refused.exit_code == 1
    assert "sudah berisi orang" in refused.output
    assert (silent.exit_code, silent.output) == (0, "")


def test_without_courses_there_is_nothing_to_have_done(office: Flask) -> None:
    begin_write()
    db.session.execute(delete(Head))
    db.session.commit()
    with pytest.raises(NothingPublished):
        fill(now=NOW)


def test_the_cohort_has_a_hundred_members_and_a_path_through_every_course(office: Flask) -> None:
    fill(now=NOW)
    cohort = db.session.scalars(select(Cohort)).one()
    assert (cohort.name, cohort.has_path) == (COHORT, True)
    assert count(CohortMember) == PARTICIPANTS == 100
    assert set(db.session.scalars(select(CohortCourse.course_slug))) == set(published())


def test_the_four_accounts_sign_in_with_the_passwords_told_and_kept(office: Flask) -> None:
    filled = fill(now=NOW)
    roles = {}
    for name, password in filled.passwords.items():
        person = db.session.scalars(select(Person).where(Person.user_name == name)).one()
        assert matches(person.password_hash, password, one_time=False)
        roles[name] = db.session.scalar(select(GrantRow.role).where(GrantRow.person_id == person.id))
    assert roles == {"siti": "learner", "rahmat": "trainer", "noor": "staff", "admin": "admin"}
    assert filled.file.read_text() == "".join(f"{name}\t{each}\n" for name, each in filled.passwords.items())
    assert stat.S_IMODE(filled.file.stat().st_mode) == 0o600
    assert len(set(filled.passwords.values())) == 4


def test_one_password_can_be_set_for_all_four(with_settings: Callable[..., Flask]) -> None:
    with with_settings(demo=True, demo_password="perahu layar biru").app_context():
        assert set(fill(now=NOW).passwords.values()) == {"perahu layar biru"}


def test_a_password_too_short_for_anybody_fills_nothing(with_settings: Callable[..., Flask]) -> None:
    with with_settings(demo=True, demo_password="pendek").app_context():
        with pytest.raises(PasswordTooShort):
            fill(now=NOW)
        assert count(Person) == 0


def test_nobody_else_can_sign_in_or_be_called(office: Flask) -> None:
    fill(now=NOW)
    hashes = db.session.scalars(select(Person.password_hash).where(Person.password_hash == UNUSABLE)).all()
    assert len(hashes) == count(Person) - 4
    assert not matches(UNUSABLE, UNUSABLE, one_time=False)
    assert db.session.scalar(select(func.count(Person.phone))) == 0
