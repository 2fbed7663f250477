"""Delays after failed sign-ins: they grow, they end, and nobody can lock another out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.rules.delays import (
    FORGOTTEN_AFTER,
    LADDERS,
    CounterKind,
    Failures,
    SignInDelayed,
    check_wait,
    remaining_wait,
)

NOW = datetime(2026, 11, 22, 2, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "failures", "seconds"),
    [
        (CounterKind.ADDRESS, 0, 0),
        (CounterKind.ADDRESS, 4, 0),
        (CounterKind.ADDRESS, 5, 5),
        (CounterKind.ADDRESS, 6, 10),
        (CounterKind.ADDRESS, 10, 160),
        (CounterKind.ADDRESS, 11, 300),
        (CounterKind.ADDRESS, 1_000_000, 300),
        (CounterKind.BROWSER, 5, 5),
        (CounterKind.ACCOUNT, 19, 0),
        (CounterKind.ACCOUNT, 20, 15),
        (CounterKind.ACCOUNT, 21, 30),
        (CounterKind.ACCOUNT, 22, 60),
        (CounterKind.ACCOUNT, 1_000_000, 60),
    ],
)
def test_delays_grow_and_are_capped(kind: CounterKind, failures: int, seconds: int) -> None:
    assert LADDERS[kind].delay(failures) == timedelta(seconds=seconds)


def test_waiting_ends_when_its_time_has_passed() -> None:
    counters = (Failures(CounterKind.ADDRESS, 6, NOW),)
    assert remaining_wait(counters, NOW + timedelta(seconds=3)) == timedelta(seconds=7)
    assert remaining_wait(counters, NOW + timedelta(seconds=10)) == timedelta(0)
    check_wait(counters, NOW + timedelta(seconds=10))
    with pytest.raises(SignInDelayed) as told:
        check_wait(counters, NOW + timedelta(seconds=9.5))
    assert told.value.seconds == 1


def test_nobody_waits_longer_because_the_clock_was_put_back() -> None:
    yesterday = NOW - timedelta(days=1)
    assert remaining_wait((Failures(CounterKind.ADDRESS, 1, NOW),), yesterday) == timedelta(0)
    assert remaining_wait((Failures(CounterKind.ADDRESS, 6, NOW),), yesterday) == timedelta(seconds=10)


def test_the_longest_of_several_waits_counts() -> None:
    counters = (Failures(CounterKind.ADDRESS, 5, NOW), Failures(CounterKind.ACCOUNT, 30, NOW))
    assert remaining_wait(counters, NOW) == timedelta(seconds=60)
    assert remaining_wait((), NOW) == timedelta(0)


def test_yesterdays_failures_are_forgotten() -> None:
    assert remaining_wait((Failures(CounterKind.ACCOUNT, 500, NOW),), NOW + FORGOTTEN_AFTER) == timedelta(0)


def test_the_sentence_tells_seconds_first_and_minutes_later() -> None:
    assert "40 detik" in str(SignInDelayed(timedelta(seconds=40)).message)
    assert "5 menit" in str(SignInDelayed(timedelta(minutes=4, seconds=10)).message)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_failures_never_shorten_a_wait(some: int, more: int) -> None:
    for ladder in LADDERS.values():
        assert ladder.delay(some) <= ladder.delay(some + more) <= ladder.most


def test_one_address_alone_cannot_keep_an_account_closed_to_new_browsers() -> None:
    """Somebody guesses for a day as fast as his own address lets him; a new phone elsewhere asks meanwhile."""
    moment, address, account, blocked = NOW, 0, 0, timedelta(0)
    while moment < NOW + timedelta(days=1):
        address, account = address + 1, account + 1
        own = LADDERS[CounterKind.ADDRESS].delay(address)
        everybodys = LADDERS[CounterKind.ACCOUNT].delay(account)
        blocked += min(everybodys, max(own, everybodys))
        moment += max(own, everybodys, timedelta(seconds=1))
    assert blocked < timedelta(days=1) / 4
