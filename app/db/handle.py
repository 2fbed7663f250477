"""The handle: one engine, with its database's ways."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from time import monotonic
from typing import Any, Final

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, event
from sqlalchemy.engine import Connection, Dialect, ExceptionContext
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from app.db.outages import spoils_connections
from app.db.patience import IMPATIENT, PATIENT, impatient, noting_patience, patience_left
from app.db.prepared import named

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

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        # A score is folded from hundreds of moments: SQLite's texts are read in one step instead of three.
        return _from_sqlite if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _from_sqlite(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


db: SQLAlchemy = SQLAlchemy(model_class=Base)

MIGRATIONS: Final = Path(__file__).parents[2] / "migrations"
WRITES: Final = {"rak_writes": True}  # the option of a connection whose transaction may write
TAKE_WRITE_LOCK: Final = "BEGIN IMMEDIATE"
CABLE_PULLED: Final = 20.0  # seconds without a sign of life after which a connection counts as lost


def keep_files_private() -> None:
    """What this process makes from here on is its owner's alone to read."""
    os.umask(0o077)


def upgrade_database(instance: Path) -> None:
    """Bring the database to this release's tables, in files that are their owner's alone to read."""
    from flask_migrate import upgrade  # here, as what it loads costs a server's start a fifth

    keep_files_private()
    instance.mkdir(parents=True, exist_ok=True)
    join_migrations(current_app)
    upgrade()


def known_migrations() -> frozenset[str]:
    """The names of all migrations of this release."""
    from alembic.script import ScriptDirectory

    return frozenset(each.revision for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def join_migrations(app: Flask) -> None:
    """Let Alembic work on this app's database."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)


def in_its_databases_way(engine: Engine) -> None:
    """Give the engine what its database needs, and let it forget connections that an error has spoilt."""
    (_in_sqlites_way if engine.dialect.name == "sqlite" else _in_postgresqls_way)(engine)

    @event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        if spoils_connections(context.original_exception):
            context.is_disconnect = True


def begin_to_write(engine: Engine, driver: Any, began: float) -> None:
    """Begin a transaction that may write, on a driver's connection. Who waits since `began` waits that much less."""
    if engine.dialect.name != "sqlite":
        if impatient(engine):
            driver.execute(f"SET LOCAL lock_timeout = {_milliseconds(IMPATIENT)}")
        return
    left = patience_left(engine, began)
    if left > PATIENT - IMPATIENT:
        driver.execute(TAKE_WRITE_LOCK)
        return
    driver.execute(f"PRAGMA busy_timeout={_milliseconds(left)}")
    try:
        driver.execute(TAKE_WRITE_LOCK)
    finally:
        driver.execute(f"PRAGMA busy_timeout={_milliseconds(PATIENT)}")


def _in_sqlites_way(engine: Engine) -> None:
    """Durable commits, foreign keys, waiting for locks, and a write lock that is taken before the first read."""
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_milliseconds(PATIENT)}")

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy, not the driver, says BEGIN
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # Straight to the driver: a statement through SQLAlchemy would cost ten times as much, twice for each answer.
        driver = connection.connection.driver_connection
        try:
            if not connection.get_execution_options().get("rak_writes"):
                driver.execute("BEGIN")
                return
            with noting_patience(engine):
                begin_to_write(engine, driver, monotonic())
        except engine.dialect.loaded_dbapi.Error as fault:  # SQLAlchemy does not name what a listener raises
            if spoils_connections(fault):
                connection.invalidate(fault)
            raise named(engine, driver, fault, "BEGIN") from fault


def _in_postgresqls_way(engine: Engine) -> None:
    """A database that is away, or a table that somebody holds, is waited for as long as a writer of SQLite waits."""

    @event.listens_for(engine, "do_connect")
    def connecting(dialect: object, record: object, arguments: object, options: dict[str, Any]) -> None:
        options.setdefault("connect_timeout", ceil(PATIENT))
        options.setdefault("tcp_user_timeout", _milliseconds(CABLE_PULLED))

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: object) -> None:
        connection.execute(f"SET lock_timeout = {_milliseconds(PATIENT)}")
        connection.commit()


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
