"""What holds for one person: the quiz's settings, and what the person and the cohorts were granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.quizzes.rules.limits import ALWAYS, NEVER, NO_LIMIT, Grant, effective_limits
from app.quizzes.rules.starting import AttemptFact, AttemptState
from app.quizzes.rules.windows import NotOpenYet, QuizClosed, TooSoon, check_may_begin, pause_ends_at
from tests.quizzes.content import PRACTICE, START, TEST, minute

CENTRAL = ZoneInfo("Asia/Makassar")
QUARTER, HALF, HOUR = timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)
TIMED = replace(
    TEST, time_limit=QUARTER, opens=datetime.fromisoformat("2026-11-22 08:00"),
    closes=datetime.fromisoformat("2026-11-22 16:00"),
)  # fmt: skip


def limits(own: Grant = Grant(), *cohorts: Grant):  # type: ignore[no-untyped-def]  # noqa: B008 (frozen)
    return effective_limits(TIMED, CENTRAL, own, cohorts)


def test_the_offices_wall_times_become_moments() -> None:
    assert [limits().opens.isoformat(), limits().closes.isoformat()] == [
        "2026-11-22T00:00:00+00:00",
        "2026-11-22T08:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("own", "cohorts", "minutes"),
    [
        (Grant(), [], 15),
        (Grant(time_limit=HALF), [], 30),
        (Grant(), [Grant(time_limit=HALF)], 30),
        (Grant(), [Grant(time_limit=HALF), Grant(time_limit=HOUR), Grant(attempts=5)], 60),
        (Grant(), [Grant(time_limit=HALF), Grant(time_limit=NO_LIMIT)], None),
        # one's own goes before the cohorts', also where it is less; what it is silent about is theirs
        (Grant(time_limit=HALF), [Grant(time_limit=HOUR)], 30),
        (Grant(attempts=9), [Grant(time_limit=HOUR)], 60),
        (Grant(time_limit=NO_LIMIT), [Grant(time_limit=HOUR)], None),
    ],
)
def test_the_time_limit(own: Grant, cohorts: list[Grant], minutes: int | None) -> None:
    assert limits(own, *cohorts).time_limit == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("own", "cohorts", "attempts"),
    [
        (Grant(), [], 3),
        (Grant(attempts=5), [], 5),
        (Grant(attempts=0), [Grant(attempts=5)], None),
        (Grant(), [Grant(attempts=4), Grant(attempts=6)], 6),
        (Grant(), [Grant(attempts=4), Grant(attempts=0)], None),
    ],
)
def test_the_number_of_attempts(own: Grant, cohorts: list[Grant], attempts: int | None) -> None:
    assert limits(own, *cohorts).attempts == attempts


def test_of_several_cohorts_the_earliest_opening_and_the_latest_closing_count() -> None:
    both = limits(Grant(), Grant(opens=minute(9), closes=minute(90)), Grant(opens=minute(5), closes=minute(60)))
    assert (both.opens, both.closes) == (minute(5), minute(90))
    free = limits(Grant(), Grant(opens=minute(9), closes=minute(90)), Grant(opens=ALWAYS, closes=NEVER))
    assert (free.opens, free.closes) == (None, None)
    own = limits(Grant(closes=minute(30)), Grant(closes=NEVER))
    assert own.closes == minute(30)


def test_a_practice_has_no_time_limit_whatever_was_granted() -> None:
    assert effective_limits(PRACTICE, CENTRAL, Grant(time_limit=HALF)).time_limit is None


def ended(number: int, at: datetime) -> AttemptFact:
    return AttemptFact(number, number, AttemptState.FINISHED, START, at, 0.5, False)


@pytest.mark.parametrize(
    ("now", "refusal"),
    [(minute(-1), NotOpenYet), (minute(0), None), (minute(59.9), None), (minute(60), QuizClosed)],
)
def test_an_attempt_begins_only_while_the_quiz_is_open(now: datetime, refusal: type[Exception] | None) -> None:
    window = replace(limits(), opens=minute(0), closes=minute(60))
    if refusal is None:
        check_may_begin([], window, now)
    else:
        with pytest.raises(refusal):
            check_may_begin([], window, now)


def test_the_pause_begins_with_the_end_of_the_last_attempt() -> None:
    pausing = replace(limits(), opens=None, closes=None, delay=HOUR)
    attempts = [ended(1, minute(5)), ended(2, minute(20)), AttemptFact(3, 3, AttemptState.IN_PROGRESS, minute(21))]
    assert pause_ends_at(attempts, pausing) == minute(80)
    assert pause_ends_at([], pausing) is None
    assert pause_ends_at(attempts, replace(pausing, delay=timedelta(0))) is None
    with pytest.raises(TooSoon):
        check_may_begin(attempts, pausing, minute(79))
    check_may_begin(attempts, pausing, minute(80))
