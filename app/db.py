"""The database handle: one engine, short transactions, and a write that says so before it begins.

On SQLite a transaction that reads and then writes fails at once when another wrote in between, and no waiting helps.
So every writing operation calls `begin_write()` first, which takes the write lock before the first read.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import flask_migrate
from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, DateTime, Engine, Executable, MetaData, Table, event
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every row. Constraints are named so that migrations can change them on both databases."""

    metadata = MetaData(naming_convention=NAMES)


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db: SQLAlchemy = SQLAlchemy(model_class=Base)

WRITES = {"rak_writes": True}
READS = {"rak_reads": True}


def read(statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
    """A statement's rows: within the write that is under way, else on a connection for reading alone.

    The second costs a third less than a session, and on SQLite each statement sees what was committed by then.
    """
    if db.session.registry.has():
        return db.session.connection().execute(statement, values)
    if "reading" not in g:
        g.reading = db.engine.connect().execution_options(**READS)
    return cast("CursorResult[Any]", g.reading.execute(statement, values))


def begin_write() -> None:
    """End whatever was read so far and begin a transaction that may write. The caller commits."""
    _end_reading()
    db.session.rollback()
    db.session.connection(execution_options=WRITES)


def upgrade_database(instance: Path) -> None:
    """Bring the database to this release's tables. What this host makes from here on is its owner's alone to read."""
    os.umask(0o077)
    instance.mkdir(parents=True, exist_ok=True)
    flask_migrate.upgrade()


def let_go() -> None:
    """Close every connection of this process, as is due before it forks or the database is replaced."""
    _end_reading()
    db.session.remove()
    db.engine.dispose()


def _end_reading(fault: BaseException | None = None) -> None:
    reading = g.pop("reading", None)
    if reading is not None:
        reading.close()


def init_database(app: Flask) -> None:
    """Join the handle to the app and give its engine its database's ways. No connection is opened (workers fork)."""
    db.init_app(app)
    app.teardown_appcontext(_end_reading)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _as_sqlite(db.engine)


def _as_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy, not the driver, says BEGIN
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("rak_reads"):
            return  # each statement is a transaction of its own
        # Straight to the driver: a statement through SQLAlchemy would cost ten times as much, twice for each answer.
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if options.get("rak_writes") else "BEGIN")


def insert_unless_there(table: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless its key is there already; whether it was inserted. For its key it never raises."""
    result = db.session.execute(_unless_there(table, db.session.get_bind().dialect.name), row)
    return cast("CursorResult[Any]", result).rowcount == 1


@cache
def _unless_there(table: Table, dialect: str) -> Executable:
    insert = sqlite_insert if dialect == "sqlite" else postgres_insert
    # Without the option psycopg's count is gone before it can be asked for.
    return insert(table).inline().on_conflict_do_nothing().execution_options(preserve_rowcount=True)
