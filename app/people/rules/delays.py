"""How long to wait after failed sign-ins. Delays grow with what a browser or an address did; nobody locks another out.

Three counters may stand against a try, and each is kept apart:

- *this browser*: one that signed in to this account before has its own, which nobody else's failures touch;
- *this account from this address*: for browsers that are new to the account;
- *this account from anywhere*: also for new browsers only. It starts late, is short and capped. One address alone
  cannot keep it up: its own delay (up to 5 minutes) is longer than the account's (at most 1).

A refused try is not evaluated, is not counted and extends nothing, so waiting always helps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from app.errors import N_, Message, Refusal


class CounterKind(StrEnum):
    """What a counter counts failures of."""

    BROWSER = "browser"
    ADDRESS = "address"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Ladder:
    """How delays grow: from failure number `free + 1` on `first`, doubled by each further one, at most `most`."""

    free: int
    first: timedelta
    most: timedelta

    def delay(self, failures: int) -> timedelta:
        """The wait after so many failures, from the last of them."""
        steps = failures - self.free
        if steps <= 0:
            return timedelta(0)
        return min(self.first * (1 << min(steps - 1, 20)), self.most)


_OWN: Final = Ladder(free=4, first=timedelta(seconds=5), most=timedelta(minutes=5))
LADDERS: Final = {
    CounterKind.BROWSER: _OWN,
    CounterKind.ADDRESS: _OWN,
    CounterKind.ACCOUNT: Ladder(free=19, first=timedelta(seconds=15), most=timedelta(seconds=60)),
}
FORGOTTEN_AFTER: Final = timedelta(days=1)  # without a further failure


@dataclass(frozen=True, slots=True)
class Failures:
    """A counter as it is stored."""

    kind: CounterKind
    count: int
    last_at: datetime  # aware


class SignInDelayed(Refusal):
    """Too many failures; trying again helps after `wait`."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__(_wait_sentence(wait))
        self.seconds = ceil(wait.total_seconds())


def _wait_sentence(wait: timedelta) -> Message:
    seconds = ceil(wait.total_seconds())
    if seconds <= 90:
        return N_("Terlalu sering mencoba masuk. Coba lagi %(count)s detik lagi.", count=seconds)
    return N_("Terlalu sering mencoba masuk. Coba lagi %(count)s menit lagi.", count=ceil(seconds / 60))


def still_counts(failures: Failures, now: datetime) -> bool:
    """Whether the counter has not been forgotten yet."""
    return now - failures.last_at < FORGOTTEN_AFTER


def remaining_wait(counters: tuple[Failures, ...], now: datetime) -> timedelta:
    """How long until a try is evaluated again; zero where it is evaluated now.

    Never longer than the delay itself: the last failure may lie ahead, where the clock was put back since.
    """
    waits = [timedelta(0)]
    for each in counters:
        if still_counts(each, now):
            delay = LADDERS[each.kind].delay(each.count)
            waits.append(min(delay, each.last_at + delay - now))
    return max(waits)


def check_wait(counters: tuple[Failures, ...], now: datetime) -> None:
    """Refuse a try that comes too soon. Raises SignInDelayed."""
    wait = remaining_wait(counters, now)
    if wait > timedelta(0):
        raise SignInDelayed(wait)
