"""The counters of failed sign-ins. A try is counted before it is evaluated, so many at once gain nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from app.db import db
from app.people.models import SignInCounter
from app.people.operations.races import settled
from app.people.rules.delays import FORGOTTEN_AFTER, CounterKind, Failures, check_wait, still_counts


@dataclass(frozen=True, slots=True)
class Key:
    """What a counter is kept under, and which delays it brings."""

    text: str
    kind: CounterKind


def count_try(keys: Sequence[Key], now: datetime) -> None:
    """Count a try as failed until it proves right, and commit. Raises SignInDelayed, then nothing was counted."""

    def change() -> None:
        chosen = select(SignInCounter).where(SignInCounter.key.in_([key.text for key in keys])).with_for_update()
        rows = {row.key: row for row in db.session.scalars(chosen.order_by(SignInCounter.key))}
        kept = {
            key: Failures(key.kind, row.failures, row.last_failed_at) for key in keys if (row := rows.get(key.text))
        }
        check_wait(tuple(kept.values()), now)
        for key in keys:
            row = rows.get(key.text)
            if row is None:
                db.session.add(SignInCounter(key=key.text, failures=1, last_failed_at=now))
            else:
                row.failures = kept[key].count + 1 if still_counts(kept[key], now) else 1
                row.last_failed_at = now
        db.session.flush()

    settled(change)


def store_forgotten(keys: Sequence[Key]) -> None:
    """Forget the failures under these keys, within the caller's transaction."""
    mine = SignInCounter.key.in_([key.text for key in keys])
    # Locked in the order in which `count_try` locks them: two sign-ins to one account must not wait for each other.
    db.session.execute(select(SignInCounter.key).where(mine).order_by(SignInCounter.key).with_for_update())
    db.session.execute(delete(SignInCounter).where(mine))


def forget_failures(*, now: datetime) -> int:
    """Remove the counters that no longer count, and say how many: the chores do so now and then."""

    def change() -> int:
        old = delete(SignInCounter).where(SignInCounter.last_failed_at < now - FORGOTTEN_AFTER)
        return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]  # a DELETE's result has it

    return settled(change)
