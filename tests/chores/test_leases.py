"""The lease: one of many hosts works."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event

from app.chores.operations import LEASE, give_up_lease, held_elsewhere, host, take_lease

NOW = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)
LASTS = timedelta(seconds=15)


def take(holder: str, seconds: float = 0) -> datetime | None:
    return take_lease("chores", holder, now=NOW + timedelta(seconds=seconds), lasts=LASTS)


def test_the_first_takes_it_and_others_wait_until_it_ends(db: SQLAlchemy) -> None:
    assert take("a") == NOW + LASTS
    assert take("b", 14.9) is None
    assert take("b", 15) == NOW + 2 * LASTS
    assert take("a", 16) is None


def test_a_host_knows_whether_its_own_chores_look_at_the_folders(db: SQLAlchemy) -> None:
    assert not held_elsewhere(LEASE, now=NOW)
    take("lain.example:7:abc")
    assert held_elsewhere(LEASE, now=NOW)
    assert not held_elsewhere(LEASE, now=NOW + LASTS)
    take(f"{host()}7:abc", 16)
    assert not held_elsewhere(LEASE, now=NOW + timedelta(seconds=17))


def test_who_holds_it_renews_it(db: SQLAlchemy) -> None:
    take("a")
    assert take("a", 10) == NOW + timedelta(seconds=25)
    assert take("b", 20) is None


def test_who_lost_it_does_not_renew_it(db: SQLAlchemy) -> None:
    take("a")
    take("b", 20)
    assert take("a", 21) is None


def test_a_lease_taken_before_the_clock_was_put_back_counts_no_more(db: SQLAlchemy) -> None:
    take("a", 3600)
    assert take("b") == NOW + LASTS
    assert take("a", 1) is None


def test_what_is_given_up_can_be_taken_at_once(db: SQLAlchemy) -> None:
    take("a")
    give_up_lease("chores", "b")  # not b's to give
    assert take("b", 1) is None
    give_up_lease("chores", "a")
    assert take("b", 1) == NOW + timedelta(seconds=16)


def test_leases_of_other_names_do_not_touch_each_other(db: SQLAlchemy) -> None:
    take("a")
    assert take_lease("other", "b", now=NOW, lasts=LASTS) is not None


def test_of_many_hosts_that_try_at_once_exactly_one_gets_it(app: Flask) -> None:
    for start in (0, 100, 200):  # free, and twice run out
        together, won = Barrier(6), []

        def one(holder: str, start: int = start, together: Barrier = together, won: list[str] = won) -> None:
            with app.app_context():
                together.wait()
                if take(holder, start) is not None:
                    won.append(holder)

        threads = [Thread(target=one, args=(f"host-{start}-{number}",)) for number in range(6)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(won) == 1


def test_those_who_wait_write_nothing(db: SQLAlchemy) -> None:
    take("a")
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    assert take("b", 1) is None
    assert [each for each in said if not each.startswith(("SELECT", "BEGIN", "ROLLBACK"))] == []
