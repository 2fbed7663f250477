"""While the database cannot work people are told so in our words, nothing is stored, and afterwards all goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from app.db import db, handle, is_outage, patience, read, write, writing
from app.db.outages import held_by_another, spoils_connections
from app.db.patience import IMPATIENT, PATIENT, impatient, noting_patience, patience_left
from app.people.models import Person
from tests.ground.application import close, make_app
from tests.ground.cast import PASSWORD, Cast, form_token, sign_in
from tests.ground.database import PUBLISHED, Start
from tests.ground.html import valid_fragment, valid_html

LESSON = "/courses/contoh/pengantar"


@pytest.fixture
def start() -> Start:
    return PUBLISHED


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (handle, patience):
        monkeypatch.setattr(module, "PATIENT", 0.1)


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("made up")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "outage", "held", "spoilt"),
    [
        (sqlite_error(sqlite3.SQLITE_BUSY), True, True, False),
        (sqlite_error(sqlite3.SQLITE_BUSY_RECOVERY), True, True, False),
        (sqlite_error(sqlite3.SQLITE_FULL), True, False, False),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), True, False, False),
        (sqlite_error(sqlite3.SQLITE_READONLY), True, False, True),
        (sqlite_error(sqlite3.SQLITE_READONLY_DBMOVED), True, False, True),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), True, False, True),
        (sqlite_error(sqlite3.SQLITE_CONSTRAINT), False, False, False),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), False, False, False),
        (sqlite_error(sqlite3.SQLITE_ERROR), False, False, False),
        (psycopg.OperationalError("the server hung up"), True, False, False),
        (psycopg.InterfaceError("the connection is closed"), True, False, False),
        (psycopg.errors.AdminShutdown(), True, False, False),
        (psycopg.errors.TooManyConnections(), True, False, False),
        (psycopg.errors.DiskFull(), True, False, False),
        (psycopg.errors.LockNotAvailable(), True, True, False),
        (psycopg.errors.ReadOnlySqlTransaction(), True, False, True),
        (psycopg.errors.DeadlockDetected(), True, False, False),
        (psycopg.errors.UniqueViolation(), False, False, False),
        (psycopg.errors.UndefinedTable(), False, False, False),
        (psycopg.DataError(), False, False, False),
    ],
)
def test_what_counts_as_an_outage(error: Exception, outage: bool, held: bool, spoilt: bool) -> None:
    for each in (error, OperationalError("SELECT", {}, error)):
        assert (is_outage(each), held_by_another(each), spoils_connections(each)) == (outage, held, spoilt)


def test_a_pool_without_a_free_connection_is_an_outage_and_a_fault_of_ours_is_none() -> None:
    assert is_outage(NoneFree())
    assert not is_outage(IntegrityError("INSERT", {}, sqlite_error(sqlite3.SQLITE_CONSTRAINT_UNIQUE)))
    assert not is_outage(ZeroDivisionError())


def test_after_one_waited_in_vain_the_next_hardly_wait_until_one_gets_through() -> None:
    engine = create_engine("sqlite://")
    assert patience_left(engine, monotonic()) > PATIENT / 50
    with pytest.raises(sqlite3.Error), noting_patience(engine):
        raise sqlite_error(sqlite3.SQLITE_BUSY)
    assert impatient(engine)
    assert patience_left(engine, monotonic()) <= IMPATIENT
    with pytest.raises(ZeroDivisionError), noting_patience(engine):
        raise ZeroDivisionError
    assert impatient(engine)
    with noting_patience(engine):
        pass
    assert not impatient(engine)


def test_the_time_in_the_queue_is_part_of_the_wait() -> None:
    assert patience_left(create_engine("sqlite://"), monotonic() - 60) == 0


@contextmanager
def held(app: Flask) -> Iterator[None]:
    """Another program holds what Siti's lessons are noted in."""
    url = make_url(app.extensions["settings"].database_url)
    if url.drivername == "sqlite":
        other: sqlite3.Connection | psycopg.Connection = sqlite3.connect(url.database or "", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
        other.execute("LOCK TABLE lesson_done IN EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@pytest.fixture
def siti(app: Flask, cast: Cast) -> FlaskClient:
    """Siti's browser."""
    client = app.test_client()
    assert sign_in(client, "siti").status_code == 303
    return client


def test_who_sends_something_meanwhile_is_told_that_it_is_not_stored_and_may_send_it_again(
    app: Flask, siti: FlaskClient
) -> None:
    page = siti.get(LESSON).get_data(as_text=True)
    fields = {"form_token": form_token(page), "note": '"><b>satu</b>'}
    with held(app):
        for _ in range(2):
            told = siti.post(f"{LESSON}/done", data=fields)
            text = told.get_data(as_text=True)
            assert told.status_code == 503 and told.headers["Retry-After"] == "5"
            valid_html(text)
            assert "Ada gangguan pada sistem" in text and "belum tersimpan" in text
            assert f'<form method="post" action="{LESSON}/done">' in text
            assert form_token(page) in text and "&lt;b&gt;satu" in text and "<b>satu" not in text
        assert siti.get(LESSON).status_code == 200  # reading goes on
    assert siti.post(f"{LESSON}/done", data=fields).status_code == 303


def test_a_script_is_told_in_a_fragment_and_a_program_in_json(app: Flask, siti: FlaskClient) -> None:
    fields = {"form_token": form_token(siti.get(LESSON).get_data(as_text=True))}
    with held(app):
        told = siti.post(f"{LESSON}/done", data=fields, headers={"HX-Request": "true"})
        valid_fragment(told.get_data(as_text=True))
        assert told.status_code == 503 and "Ada gangguan" in told.get_data(as_text=True)
        answer = siti.post(f"{LESSON}/done", data=fields, headers={"Accept": "application/json"})
        assert answer.status_code == answer.get_json()["status"] == 503


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_without_any_database_the_page_says_so_and_leads_back_to_itself(kind: str, tmp_path: Path) -> None:
    nowhere = {
        "sqlite": f"sqlite:///{tmp_path}/tidak-ada/rak.db",
        "postgresql": "postgresql+psycopg://rak@127.0.0.1:9/rak",
    }
    app = make_app(nowhere[kind], tmp_path / "instance")
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1.1"
    client.set_cookie("rak_language", "en")
    told = client.get("/competencies?competency=F2.deskripsi")
    text = told.get_data(as_text=True)
    assert told.status_code == 503
    valid_html(text)
    assert '<html lang="en">' in text
    assert 'href="/competencies?competency=F2.deskripsi"' in text
    assert "/sign-in" not in text  # who asks is not known, so nothing is said of it
    close(app)


def test_a_password_is_never_written_into_the_page(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path}/tidak-ada/rak.db", tmp_path / "instance")
    client = app.test_client()
    token = form_token(client.get("/sign-in").get_data(as_text=True))
    told = client.post("/sign-in", data={"form_token": token, "login": "siti", "password": PASSWORD})
    assert told.status_code == 503
    assert PASSWORD not in told.get_data(as_text=True)
    close(app)


def test_connections_that_were_opened_only_to_be_read_are_closed_so_that_the_next_may_write(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Brought about by the driver's error: the rights of files do not bind whoever runs tests as root."""
    people = Person.__table__
    refused: Exception = sqlite_error(sqlite3.SQLITE_READONLY)
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            refused = psycopg.errors.ReadOnlySqlTransaction()

        def fails(*_: object) -> None:
            raise refused

        read(select(people.c.name))
        driver = g.lent.driver_connection
        with monkeypatch.context() as patch:
            patch.setattr("app.db.transactions.begin_to_write", fails)
            with pytest.raises(DBAPIError) as told, writing():
                pytest.fail("it may not be written")
        assert is_outage(told.value)
        with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError), match="closed"):
            driver.execute("SELECT 1")
        with writing():
            assert write(update(people).values(name="Siti"), {}) == 4
