"""Statements compiled once and sent straight to the driver: a third of a page's time was spent composing them anew.

SQLAlchemy writes the SQL, converts each value on its way in and each column on its way out, and names the errors; only
its execution layer is stepped over. For statements that are module constants, on the ways that every learner takes.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable

from app.db.outages import spoils_connections

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]
PREPARED_KEPT: Final = 500


class Prepared:
    """One statement for one database: its text, how its values are bound, and what its rows become."""

    __slots__ = ("_bound", "_columns", "_dialect", "_fixed", "_positional", "_read", "sql")

    def __init__(self, statement: Any, dialect: Dialect, columns: Sequence[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(columns) or None)
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise ValueError("a statement whose text depends on its values cannot be prepared")
        if getattr(compiled, "insert_prefetch", ()) or getattr(compiled, "update_prefetch", ()):
            raise ValueError("a statement that fills in defaults cannot be prepared: give every value")
        self.sql = str(compiled)
        names = compiled.positiontup if compiled.positional else tuple(compiled.binds)
        self._positional: bool = compiled.positional
        self._bound = [(name, _into(compiled.binds[name].type, dialect)) for name in names]
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self._columns = list(getattr(statement, "exported_columns", ()))
        self._dialect = dialect
        self._read: Convert | None = None

    def bind(self, values: Values) -> Any:
        """The values in the driver's form. Raises KeyError where one is missing."""
        given = {**self._fixed, **values} if self._fixed else values
        if self._positional:
            return [given[name] if into is None else into(given[name]) for name, into in self._bound]
        return {name: given[name] if into is None else into(given[name]) for name, into in self._bound}

    def rows(self, cursor: Any) -> list[Any]:
        """All rows as named tuples."""
        if self._read is None:  # only an answer tells the driver's codes for its columns' types
            codes = [column[1] for column in cursor.description]
            self._read = _reader(self._columns, codes, self._dialect)
        read = self._read
        return [read(row) for row in cursor.fetchall()]


@lru_cache(maxsize=PREPARED_KEPT)
def prepared(statement: Executable, dialect: Dialect, columns: tuple[str, ...] = ()) -> Prepared:
    """A statement made ready for a database; `columns` are those that an INSERT fills."""
    return Prepared(statement, dialect, columns)


def send(engine: Engine, driver: Any, ready: Prepared, values: Values) -> Any:
    """Execute on a driver's connection; its cursor. Raises SQLAlchemy's own errors."""
    return _send(engine, driver, ready.sql, ready.bind(values), many=False)


def send_all(engine: Engine, driver: Any, ready: Prepared, rows: Iterable[Values]) -> None:
    """Execute once for each row."""
    _send(engine, driver, ready.sql, [ready.bind(row) for row in rows], many=True)


def _send(engine: Engine, driver: Any, sql: str, bound: Any, *, many: bool) -> Any:
    for listener in engine.dispatch.before_cursor_execute:  # whoever counts statements hears of these too
        listener(None, None, sql, bound, None, many)
    try:
        return driver.cursor().executemany(sql, bound) if many else driver.execute(sql, bound)
    except engine.dialect.loaded_dbapi.Error as fault:
        raise named(engine, driver, fault, sql, bound) from fault


def named(engine: Engine, driver: Any, fault: Exception, sql: str, bound: Any = None) -> Exception:
    """A driver's error as SQLAlchemy names it; where the connection is lost or spoilt, the pool's others are let go."""
    dialect = engine.dialect
    drivers: Any = dialect.loaded_dbapi.Error
    known: Any = fault
    lost = dialect.is_disconnect(known, driver, None) or spoils_connections(fault)
    if lost:
        engine.dispose()  # the next to ask connects anew
    error: Any = DBAPIError.instance(sql, bound, known, drivers, connection_invalidated=lost, dialect=dialect)
    return error if isinstance(error, Exception) else fault


def _into(kind: Any, dialect: Dialect) -> Convert | None:
    convert: Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _reader(columns: Sequence[Any], codes: Sequence[Any], dialect: Dialect) -> Convert:
    """A driver's row -> a named tuple with each value converted as its column asks."""
    row = namedtuple("Row", [str(column.key) for column in columns], rename=True)  # type: ignore[misc]
    kinds = [column.type.dialect_impl(dialect) for column in columns]
    out = [kind.result_processor(dialect, code) for kind, code in zip(kinds, codes, strict=True)]
    converting = [(place, convert) for place, convert in enumerate(out) if convert is not None]
    if not converting:
        return row._make

    def read(values: Sequence[Any]) -> Any:
        changed = list(values)
        for place, convert in converting:
            changed[place] = convert(changed[place])
        return row._make(changed)

    return read
