"""Connections: reading ends before a write begins, and nothing stays open where it must not."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, g
from sqlalchemy import select, text

from app.db import begin_write, db, let_go, read, upgrade_database
from app.people.models import District
from tests.ground.application import close, make_app


def test_reading_ends_before_a_write_begins_and_then_reads_what_is_being_written(app: Flask) -> None:
    with app.app_context():
        assert read(select(District.name)).all() == []
        begin_write()
        assert "reading" not in g
        db.session.add(District(name="Teluk Contoh"))
        db.session.flush()
        assert read(select(District.name)).scalars().all() == ["Teluk Contoh"]
        db.session.rollback()


def test_what_others_committed_is_read_at_once(app: Flask) -> None:
    with app.app_context():
        assert read(select(District.name)).all() == []
        with app.app_context():
            begin_write()
            db.session.add(District(name="Teluk Contoh"))
            db.session.commit()
        assert read(select(District.name)).scalars().all() == ["Teluk Contoh"]


def test_letting_go_leaves_no_connection_behind(app: Flask) -> None:
    with app.app_context():
        read(text("SELECT 1"))
        let_go()
        assert "reading" not in g
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
