"""Short transactions, and a write that says so before it begins.

On SQLite a transaction that reads and then writes fails at once when another wrote in between, and no waiting helps.
So every writing operation takes the write lock before its first read: `with writing():` on the ways that learners take
all day, with statements prepared once; `begin_write()` and the session everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from time import monotonic
from typing import Any, cast

from flask import Flask, g
from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.pool import PoolProxiedConnection

from app.db.commands import migration_commands
from app.db.handle import WRITES, begin_to_write, db, in_its_databases_way
from app.db.patience import noting_patience
from app.db.prepared import Prepared, named, prepared, send, send_all
from app.db.turns import in_turn


def read(statement: Executable, values: Mapping[str, Any] | None = None) -> list[Any]:
    """A statement's rows, as named tuples: within the write that is under way, else as committed by now.

    `statement` is a constant of its module: it is compiled once and kept.
    """
    return _rows(statement, values or {}, ())


def read_one(statement: Executable, values: Mapping[str, Any] | None = None) -> Any | None:
    """The only row; None where there is none."""
    rows = read(statement, values)
    if len(rows) > 1:
        raise LookupError(f"{len(rows)} rows where at most one was to be found")
    return rows[0] if rows else None


def write(statement: Executable, values: Mapping[str, Any]) -> int:
    """Change rows within the write that is under way; how many. `statement` is a constant, as for `read`."""
    if not g.get("writing"):
        result = db.session.execute(statement, values, execution_options={"preserve_rowcount": True})
        return cast("CursorResult[Any]", result).rowcount
    return int(_sent(statement, values, tuple(values))[1].rowcount)


def write_all(statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
    """The same for each of some rows, which all give the same columns."""
    given = list(rows)
    if not given:
        return
    if not g.get("writing"):
        db.session.execute(statement, given)
        return
    engine = db.engine
    ready = prepared(statement, engine.dialect, tuple(given[0]))
    send_all(engine, _lent().driver_connection, ready, given)


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that may write, committed at the end of the block and given up where it raises."""
    if db.session.registry.has():
        db.session.rollback()
    engine, connection = db.engine, _lent()
    driver: Any = connection.driver_connection
    g.writing = True
    began = monotonic()
    try:
        with noting_patience(engine), in_turn(engine):
            begin_to_write(engine, driver, began)
            yield
            connection.commit()
    except engine.dialect.loaded_dbapi.Error as fault:
        error = named(engine, driver, fault, "BEGIN or COMMIT")
        _end_lending(error)
        raise error from fault
    except BaseException as fault:
        _end_lending(fault)
        raise
    finally:
        g.writing = False


def begin_write() -> None:
    """End whatever was read so far and begin a session's transaction that may write. The caller commits."""
    _end_reading()
    db.session.connection(execution_options=WRITES)


def insert_unless_there(table: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless its key is there already; whether it was inserted. For its key it never raises."""
    return write(_unless_there(table, db.engine.dialect.name), row) == 1


def insert_new(table: Table, row: dict[str, Any]) -> int | None:
    """The same for a table with a column `id`: the new row's; None where its key is there already."""
    rows = _rows(_unless_there(table, db.engine.dialect.name, returning=True), row, tuple(row))
    return rows[0].id if rows else None


def put_all(table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows; where a row's key is there already, its other columns are replaced."""
    write_all(_put(table, db.engine.dialect.name), rows)


@cache
def _put(table: Table, dialect: str) -> Executable:
    statement = _inserting(dialect)(table).inline()
    others = {each.name: statement.excluded[each.name] for each in table.c if not each.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=others)


@cache
def _unless_there(table: Table, dialect: str, *, returning: bool = False) -> Executable:
    statement = _inserting(dialect)(table).inline().on_conflict_do_nothing()
    return statement.returning(table.c.id) if returning else statement


def _inserting(dialect: str) -> Any:
    """The database's own INSERT; the other one's is not even loaded."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert


def _rows(statement: Executable, values: Mapping[str, Any], columns: tuple[str, ...]) -> list[Any]:
    if "lent" not in g and db.session.registry.has():
        return list(db.session.connection().execute(statement, values))
    ready, cursor = _sent(statement, values, columns)
    return ready.rows(cursor)


def _sent(statement: Executable, values: Mapping[str, Any], columns: tuple[str, ...]) -> tuple[Prepared, Any]:
    engine = db.engine
    ready = prepared(statement, engine.dialect, columns)
    return ready, send(engine, _lent().driver_connection, ready, values)


def _end_reading() -> None:
    give_back()
    if db.session.registry.has():
        db.session.rollback()


def _lent() -> PoolProxiedConnection:
    """This request's connection without a session. On SQLite each statement outside a write is a transaction itself."""
    lent = g.get("lent")
    if lent is None:
        engine = db.engine
        try:
            lent = g.lent = engine.raw_connection()
        except engine.dialect.loaded_dbapi.Error as fault:
            raise named(engine, None, fault, "CONNECT") from fault
    return cast("PoolProxiedConnection", lent)


def give_back(fault: BaseException | None = None) -> None:
    """Return the connection to its pool, which ends what was not committed."""
    lent = g.pop("lent", None)
    if lent is not None:
        lent.close()


def _end_lending(fault: BaseException) -> None:
    """Give up whatever was done; a connection that is lost or spoilt is closed, or it would keep its files open."""
    lent = g.get("lent")
    if lent is not None and getattr(fault, "connection_invalidated", False):
        lent.invalidate()
    give_back()


def give_up() -> None:
    """After an error: end what was begun, and let the connections go: they may be no good any more."""
    lent = g.pop("lent", None)
    if lent is not None:
        lent.invalidate()
    if db.session.registry.has():
        db.session().invalidate()
        db.session.remove()


def let_go() -> None:
    """Close every connection of this process, as is due before it forks or the database is replaced."""
    give_back()
    db.session.remove()
    db.engine.dispose()


def init_database(app: Flask) -> None:
    """Join the handle to the app and give its engine its database's ways. No connection is opened (workers fork)."""
    db.init_app(app)
    app.cli.add_command(migration_commands)
    app.teardown_appcontext(give_back)
    with app.app_context():
        in_its_databases_way(db.engine)
