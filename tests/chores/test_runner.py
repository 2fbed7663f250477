"""The runner over real files: what changed is served soon, and nothing that goes wrong ends it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.catalogue.queries import course_at, get_published
from app.chores import runner as running
from app.chores.runner import FULL_LOOK_EVERY, LEASE_LASTS, SWEEP_EVERY, Runner, is_due, marks_of, settled
from app.people.models import SignInCounter
from app.people.operations.failures import Key, count_try
from app.people.rules.delays import CounterKind
from tests.catalogue.writing import MODULE, NOW, retitle, spoil
from tests.ground.application import close, make_app

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SETTLE", 0)


@pytest.fixture
def elsewhere(database_url: str, courses_folder: Path, tmp_path: Path) -> Iterator[Flask]:
    """A second process of the same office."""
    other = make_app(database_url, tmp_path / "elsewhere", courses=courses_folder)
    yield other
    close(other)


def title(app: Flask) -> str:
    with app.app_context():
        return get_published("contoh").course.modules[0].title.id


def test_a_changed_file_is_published_at_the_next_look_and_served_by_every_process(
    app: Flask, elsewhere: Flask, courses_folder: Path
) -> None:
    runner = Runner(courses_folder)
    with app.app_context():
        runner.look(NOW)
    assert title(elsewhere) == "Modul dasar"
    retitle(courses_folder)
    with app.app_context():
        report = runner.look(NOW + SECOND)
    assert report is not None
    assert report.published == ["contoh"]
    assert title(app) == "Modul pertama"
    elsewhere.extensions["catalogue"].asked_at -= 1  # a second later
    assert title(elsewhere) == "Modul pertama"


def test_an_attempt_keeps_its_revision_on_every_process(app: Flask, elsewhere: Flask, courses_folder: Path) -> None:
    runner = Runner(courses_folder)
    with app.app_context():
        runner.look(NOW)
        pinned = get_published("contoh").revision_id
    retitle(courses_folder)
    with app.app_context():
        runner.look(NOW + SECOND)
        assert get_published("contoh").revision_id != pinned
    with elsewhere.app_context():
        assert course_at(pinned).modules[0].title.id == "Modul dasar"


def test_where_nothing_changed_nothing_is_read(db: SQLAlchemy, courses_folder: Path) -> None:
    runner = Runner(courses_folder)
    assert runner.look(NOW) is not None
    assert runner.look(NOW + SECOND) is None
    assert runner.look(NOW + 29 * SECOND) is None


def test_a_change_that_shows_in_neither_time_nor_size_is_found_by_the_full_look(
    db: SQLAlchemy, courses_folder: Path
) -> None:
    runner = Runner(courses_folder)
    runner.look(NOW)
    file = courses_folder / MODULE
    before = file.stat()
    retitle(courses_folder, "Modul dasar", "Modul dasir")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert runner.look(NOW + SECOND) is None
    report = runner.look(NOW + FULL_LOOK_EVERY)
    assert report is not None
    assert report.published == ["contoh"]


def test_a_broken_file_is_logged_once_and_what_was_good_goes_on_being_served(
    app: Flask, courses_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    runner = Runner(courses_folder)
    with app.app_context():
        runner.look(NOW)
        spoil(courses_folder)
        runner.look(NOW + SECOND)
        runner.look(NOW + SECOND + FULL_LOOK_EVERY)
    told = [each.getMessage() for each in caplog.records if each.levelname == "WARNING"]
    assert [each for each in told if f"courses/{MODULE}:4:1: " in each] == told[:1]
    assert title(app) == "Modul dasar"


def test_only_one_of_two_hosts_works_and_the_other_takes_over_when_it_ends(
    app: Flask, elsewhere: Flask, courses_folder: Path
) -> None:
    first, second = Runner(courses_folder), Runner(courses_folder)
    with app.app_context():
        assert first.look(NOW) is not None
    retitle(courses_folder)
    with elsewhere.app_context():
        assert second.look(NOW + SECOND) is None
    with app.app_context():
        first.end()
    with elsewhere.app_context():
        report = second.look(NOW + 2 * SECOND)
    assert report is not None
    assert report.published == ["contoh"]


def test_a_host_that_died_is_replaced_when_its_lease_has_run_out(
    app: Flask, elsewhere: Flask, courses_folder: Path
) -> None:
    first, second = Runner(courses_folder), Runner(courses_folder)
    with app.app_context():
        first.look(NOW)
    with elsewhere.app_context():
        assert second.look(NOW + LEASE_LASTS - SECOND) is None
        assert second.look(NOW + LEASE_LASTS) is not None
    with app.app_context():
        assert first.look(NOW + LEASE_LASTS + SECOND) is None  # it wakes up again, and finds the lease taken


def test_a_lease_is_kept_as_long_as_its_holder_lives(app: Flask, elsewhere: Flask, courses_folder: Path) -> None:
    first, second = Runner(courses_folder), Runner(courses_folder)
    for number in range(40):
        with app.app_context():
            first.look(NOW + number * SECOND)
            assert first.held_until is not None
        with elsewhere.app_context():
            assert second.look(NOW + number * SECOND) is None


def test_old_failures_to_sign_in_are_forgotten_about_once_an_hour_by_whoever_holds_the_lease(
    app: Flask, elsewhere: Flask, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = []

    def sweep(now: datetime) -> None:
        swept.append(now)

    monkeypatch.setattr(running, "forget_failures", sweep)
    first, second = Runner(courses_folder), Runner(courses_folder)
    with app.app_context():
        first.look(NOW)
    with elsewhere.app_context():
        second.look(NOW + SECOND)
    with app.app_context():
        first.look(NOW + SWEEP_EVERY - SECOND)
        first.look(NOW + SWEEP_EVERY)
    assert swept == [NOW, NOW + SWEEP_EVERY]


def test_the_sweep_removes_counters_that_no_longer_count(db: SQLAlchemy, courses_folder: Path) -> None:
    count_try((Key("account:1", CounterKind.ACCOUNT),), NOW)
    runner = Runner(courses_folder)
    runner.look(NOW + SECOND)
    assert db.session.scalar(select(func.count()).select_from(SignInCounter)) == 1
    runner.look(NOW + timedelta(days=2))
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(SignInCounter)) == 0


def test_a_sweep_that_fails_does_not_keep_courses_from_being_published(
    db: SQLAlchemy, courses_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(now: datetime) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(running, "forget_failures", broken)
    runner = Runner(courses_folder)
    with pytest.raises(OSError, match="full"):
        runner.look(NOW)
    assert runner.look(NOW + SECOND) is not None


def test_a_look_that_fails_is_logged_and_made_again(
    app: Flask, courses_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    runner = Runner(courses_folder)
    gone = courses_folder.rename(courses_folder.with_name("away"))
    assert not running._safely(app, lambda: runner.look(NOW))
    assert "a chore failed" in caplog.text
    gone.rename(courses_folder)
    assert running._safely(app, lambda: runner.look(NOW + SECOND))
    assert title(app) == "Modul dasar"


def test_a_folder_is_looked_at_only_when_nobody_writes_in_it(courses_folder: Path) -> None:
    before = marks_of(courses_folder)
    steps = iter(["titl", "title: X\n", "title: X\ncode: Y\n"])

    def write(pause: float) -> None:
        text = next(steps, None)
        if text is not None:
            (courses_folder / "contoh" / "03-baru.yaml").write_text(text)

    assert settled(courses_folder, before, write) == marks_of(courses_folder)
    assert next(steps, None) is None


def test_marks_change_with_every_change_and_leave_out_what_editors_hide(courses_folder: Path) -> None:
    new, renamed = courses_folder / "contoh" / "03-baru.yaml", courses_folder / "contoh" / "04-baru.yaml"
    before = marks_of(courses_folder)
    (courses_folder / "contoh" / ".course.yaml.swp").write_text("x")
    assert marks_of(courses_folder) == before
    for change in (
        lambda: retitle(courses_folder),
        lambda: new.write_text("title: X\n"),
        lambda: new.rename(renamed),
        renamed.unlink,
    ):
        change()
        after = marks_of(courses_folder)
        assert after != before
        before = after


@pytest.mark.parametrize(
    ("last", "due"), [(None, True), (NOW, False), (NOW - SECOND, False), (NOW - 2 * SECOND, True), (NOW + SECOND, True)]
)
def test_a_chore_is_due_when_its_time_has_come_and_when_the_clock_was_put_back(
    last: datetime | None, due: bool
) -> None:
    assert is_due(last, 2 * SECOND, NOW) is due
