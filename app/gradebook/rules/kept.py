"""Lists over everybody in a course, in a form that can be kept and asked again. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final, TypeAlias

from app.gradebook.rules.at_risk import Reason, Risk

KeptRisks: TypeAlias = Sequence[Sequence[int]]
"""A person's id, then of each reason its place in Reason and since when (microseconds after 1970). People stand by the
oldest of their reasons, the longest first."""

KeptOrder: TypeAlias = Sequence[Sequence[int]]
"""Ids of people, those of equal value together, the lowest value first; at last those without one, perhaps nobody."""

_REASONS: Final = tuple(Reason)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def risks_to_keep(found: Iterable[tuple[int, Sequence[Risk]]]) -> list[list[int]]:
    """People by id with their reasons, each once."""
    return sorted(([person_id, *_numbers(risks)] for person_id, risks in found), key=_oldest)


def _oldest(row: Sequence[int]) -> int:
    return min(row[2::2])


def _numbers(risks: Sequence[Risk]) -> Iterable[int]:
    oldest: dict[Reason, datetime] = {}
    for each in risks:  # the oldest first
        oldest.setdefault(each.reason, each.since)
    for reason, since in oldest.items():
        yield _REASONS.index(reason)
        yield (since - _EPOCH) // _MICROSECOND


def longest_first(kept: KeptRisks, as_of: datetime, days: int, why: Reason | None) -> list[int]:
    """Ids of those with the reason that is asked for (None: any), the longest first; inactive is who was away for more
    than `days` at `as_of`.
    """
    late = (as_of - _EPOCH) // _MICROSECOND - timedelta(days=days) // _MICROSECOND
    inactive, wanted = _REASONS.index(Reason.INACTIVE), None if why is None else _REASONS.index(why)

    def standing(row: Sequence[int]) -> dict[int, int]:
        pairs = zip(row[1::2], row[2::2], strict=True)
        return {reason: since for reason, since in pairs if reason != inactive or since < late}

    # Whose oldest reason is older than that stand as they are kept: even if it is that they are inactive.
    first = bisect_left(kept, late, key=_oldest)
    ids = [row[0] for row in kept[:first] if wanted is None or wanted in standing(row)]
    newer = [(stands, row[0]) for row in kept[first:] if (stands := standing(row))]
    newer.sort(key=lambda each: min(each[0].values()))
    return ids + [person_id for stands, person_id in newer if wanted is None or wanted in stands]


def order_to_keep(keys: Sequence[tuple[int, float | None]]) -> list[list[int]]:
    """People by their value, who come by name."""
    known = sorted(((person, value) for person, value in keys if value is not None), key=lambda pair: pair[1])
    runs = [[person for person, _ in run] for _, run in groupby(known, key=lambda pair: pair[1])]
    return [*runs, [person for person, value in keys if value is None]]


def ids_in_order(kept: KeptOrder, *, descending: bool) -> list[int]:
    """As `sorted_ids` would put them: equals by name, those without a value last whichever way."""
    *runs, without = kept
    ordered = [person for run in (reversed(runs) if descending else runs) for person in run]
    return [*ordered, *without]
