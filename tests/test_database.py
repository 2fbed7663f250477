"""Connections: reading ends before a write begins, and nothing stays open where it must not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask, g
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.db import (
    begin_write,
    db,
    insert_new,
    insert_unless_there,
    let_go,
    read,
    read_one,
    upgrade_database,
    write,
    writing,
)
from app.people.models import District, Person
from tests.ground.application import close, make_app
from tests.ground.statements import statements

DISTRICTS = District.__table__
NAMES = select(District.name)


def test_reading_ends_before_a_write_begins_and_then_reads_what_is_being_written(app: Flask) -> None:
    with app.app_context():
        assert read(NAMES) == []
        begin_write()
        assert "lent" not in g
        db.session.add(District(name="Teluk Contoh"))
        db.session.flush()
        assert read(NAMES) == [("Teluk Contoh",)]
        db.session.rollback()


def test_what_others_committed_is_read_at_once(app: Flask) -> None:
    with app.app_context():
        assert read(NAMES) == []
        with app.app_context():
            begin_write()
            db.session.add(District(name="Teluk Contoh"))
            db.session.commit()
        assert read(NAMES) == [("Teluk Contoh",)]


def test_letting_go_leaves_no_connection_behind(app: Flask) -> None:
    with app.app_context():
        read(NAMES)
        let_go()
        assert "lent" not in g
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # both pools here count


def test_the_database_of_an_office_is_its_owners_alone_to_read(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path / 'kantor.db'}", tmp_path / "instance")
    before = os.umask(0o022)
    try:
        with app.app_context():
            upgrade_database(tmp_path / "instance")
    finally:
        os.umask(before)
        close(app)
    assert (tmp_path / "kantor.db").stat().st_mode & 0o777 == 0o600


def test_a_block_that_writes_commits_at_its_end_and_leaves_nothing_where_it_raises(app: Flask) -> None:
    with app.app_context():
        with writing():
            assert insert_new(DISTRICTS, {"name": "Teluk Contoh"}) == 1
            assert insert_new(DISTRICTS, {"name": "Teluk Contoh"}) is None
            assert not insert_unless_there(DISTRICTS, {"name": "Teluk Contoh"})
        with pytest.raises(ZeroDivisionError), writing():
            assert insert_unless_there(DISTRICTS, {"name": "Sungai Contoh"}) / 0
        assert read(NAMES) == [("Teluk Contoh",)]


def test_what_is_written_is_read_in_the_same_block_and_changed_rows_are_counted(app: Flask) -> None:
    renamed = update(DISTRICTS).where(DISTRICTS.c.name == bindparam("old")).values(name=bindparam("new"))
    with app.app_context(), writing():
        insert_unless_there(DISTRICTS, {"name": "Teluk Contoh"})
        assert write(renamed, {"old": "Teluk Contoh", "new": "Sungai Contoh"}) == 1
        assert write(renamed, {"old": "Teluk Contoh", "new": "Pulau Contoh"}) == 0
        assert read_one(NAMES) == ("Sungai Contoh",)


def test_a_prepared_statement_that_fails_is_named_as_sqlalchemy_names_it(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(IntegrityError), writing():
            write(insert(DISTRICTS).inline(), {"name": None})
        assert read(NAMES) == []


def test_whoever_counts_statements_hears_of_prepared_ones(app: Flask) -> None:
    with statements(app) as sent, app.app_context():
        read(NAMES)
        with writing():
            insert_unless_there(DISTRICTS, {"name": "Teluk Contoh"})
    assert [each.split()[0] for each in sent] == ["SELECT", "INSERT"]


def test_a_statement_that_cannot_be_prepared_says_so(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(ValueError, match="depends on its values"):
            read(NAMES.where(DISTRICTS.c.id.in_(bindparam("ids", expanding=True))), {"ids": [1]})
        with pytest.raises(KeyError):
            read(NAMES.where(DISTRICTS.c.id == bindparam("id")), {})
        with pytest.raises(ValueError, match="give every value"), writing():
            write(insert(Person.__table__), {"name": "Siti"})
