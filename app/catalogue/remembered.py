"""Faults as the database keeps them: the msgid and its values, so that each reader is told in their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.content.faults import Fault
from app.errors import Message


def rows_of(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults as JSON."""
    return [{"path": each.path, "line": each.line, "column": each.column, **_said(each.message)} for each in faults]


def faults_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Fault, ...]:
    """JSON as faults: what `rows_of` made of them. Values that are neither text nor number come back as text."""
    return tuple(Fault(row["path"], row["line"], row["column"], _message(row)) for row in rows)


def _said(message: Message) -> dict[str, Any]:
    return {"msgid": message.msgid, "values": {name: _kept(value) for name, value in message.values.items()}}


def _kept(value: object) -> object:
    if isinstance(value, Message):
        return _said(value)
    return value if isinstance(value, int | float) else str(value)


def _message(row: Mapping[str, Any]) -> Message:
    values = {name: _message(each) if isinstance(each, Mapping) else each for name, each in row["values"].items()}
    return Message(row["msgid"], values)
