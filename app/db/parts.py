"""Parts of a long list, found along an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select

from app.db.handle import db


class Key(NamedTuple):
    """What rows stand by; `descending`: the highest first."""

    value: ColumnElement[Any]
    descending: bool = False


class Part(NamedTuple):
    """So many rows of `total`, the `first` ones passed over."""

    first: int
    count: int
    total: int


def in_order(keys: Sequence[Key], *, turned: bool = False) -> Iterator[ColumnElement[Any]]:
    """For a statement's `order_by`; `turned`: from the last row to the first."""
    return (key.value.desc() if key.descending != turned else key.value.asc() for key in keys)


def part_in_order(chosen: Select[Any], keys: Sequence[Key], part: Part) -> Sequence[Row[Any]]:
    """Those rows, counted from whichever end is nearer. The keys together tell every row from every other."""
    count = max(0, min(part.count, part.total - part.first))
    behind = part.total - part.first - count
    turned = behind < part.first
    placed = chosen.order_by(*in_order(keys, turned=turned)).offset(behind if turned else part.first).limit(count)
    rows = db.session.execute(placed).all()
    return rows[::-1] if turned else rows
