"""Time travel: what each state becomes at each moment, whoever looks, hands in or answers.

The attempt has 15 minutes; moments are seconds from its end. Periods of grace are 30 minutes (1800 s). The constants
(2 s to continue, 60 s for the network) are Moodle 4.1's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from app.quizzes.rules.limits import UNLIMITED, Limits
from app.quizzes.rules.starting import OPEN, AttemptFact, AttemptState
from app.quizzes.rules.timing import (
    Move,
    answer_move,
    as_of,
    closing_move,
    ends_at,
    hand_in_move,
    hand_in_until,
    state_at,
    time_is_up,
    time_left,
)
from tests.quizzes.content import START, minute

WORKING, OVERDUE, SUBMITTED, FINISHED, ABANDONED, DELETED = AttemptState
SUBMIT = Limits(time_limit=timedelta(minutes=15), overdue="submit")
GRACE = replace(SUBMIT, overdue="grace", grace=timedelta(minutes=30))
ABANDON = replace(SUBMIT, overdue="abandon")
POLICIES = {"submit": SUBMIT, "grace": GRACE, "abandon": ABANDON}
END = minute(15)


def at(seconds: float) -> datetime:
    return END + timedelta(seconds=seconds)


def attempt(state: AttemptState = WORKING) -> AttemptFact:
    return AttemptFact(7, 1, state, START)


MOMENTS = (-900, -3, -2, -1, 0, 60, 61, 1800, 1860, 1861, 10**7)
# policy, stored state -> the state at each of these moments
STATES = {
    ("submit", WORKING): [WORKING] * 6 + [FINISHED] * 5,
    ("abandon", WORKING): [WORKING] * 6 + [ABANDONED] * 5,
    ("grace", WORKING): [WORKING] * 6 + [OVERDUE] * 3 + [ABANDONED] * 2,
    # an answer after its end made it overdue at once; time that was given anew takes that back
    ("grace", OVERDUE): [WORKING] * 3 + [OVERDUE] * 6 + [ABANDONED] * 2,
    **{
        (policy, state): [state] * len(MOMENTS)
        for policy in POLICIES
        for state in (SUBMITTED, FINISHED, ABANDONED, DELETED)
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "stored", "seconds", "state"),
    [
        (policy, stored, seconds, state)
        for (policy, stored), states in STATES.items()
        for seconds, state in zip(MOMENTS, states, strict=True)
    ],
)
def test_the_state_as_of_now(policy: str, stored: AttemptState, seconds: int, state: AttemptState) -> None:
    assert state_at(attempt(stored), POLICIES[policy], at(seconds)) is state


@pytest.mark.parametrize(
    ("policy", "stored", "seconds", "move"),
    [
        # handed in by the learner
        ("submit", WORKING, -900, Move(FINISHED, at(-900))),
        ("submit", WORKING, 0, Move(FINISHED, at(0))),
        ("submit", WORKING, 60, Move(FINISHED, at(60))),
        ("submit", WORKING, 61, Move(FINISHED, END)),
        ("abandon", WORKING, 60, Move(FINISHED, at(60))),
        ("abandon", WORKING, 61, Move(ABANDONED, END)),
        ("grace", WORKING, 60, Move(FINISHED, at(60))),
        ("grace", WORKING, 61, Move(FINISHED, at(61))),
        ("grace", OVERDUE, 900, Move(FINISHED, at(900))),
        ("grace", OVERDUE, 1860, Move(FINISHED, at(1860))),
        ("grace", OVERDUE, 1861, Move(ABANDONED, at(1800))),
        ("submit", FINISHED, 0, None),
        ("submit", SUBMITTED, 61, None),
        ("grace", ABANDONED, 0, None),
    ],
)
def test_handing_in(policy: str, stored: AttemptState, seconds: int, move: Move | None) -> None:
    assert hand_in_move(attempt(stored), POLICIES[policy], at(seconds)) == move


@pytest.mark.parametrize(
    ("policy", "stored", "seconds", "move"),
    [
        ("submit", WORKING, -900, None),
        ("submit", WORKING, -2, None),
        ("submit", WORKING, -1, Move(FINISHED, at(-1))),
        ("submit", WORKING, 60, Move(FINISHED, at(60))),
        ("submit", WORKING, 61, Move(FINISHED, END)),
        ("abandon", WORKING, 0, Move(FINISHED, at(0))),
        ("abandon", WORKING, 61, Move(ABANDONED, END)),
        ("grace", WORKING, -2, None),
        ("grace", WORKING, 0, Move(OVERDUE, at(0))),
        ("grace", WORKING, 61, Move(OVERDUE, END)),
        ("grace", WORKING, 1861, Move(ABANDONED, at(1800))),
        ("grace", OVERDUE, 900, None),
        ("grace", OVERDUE, -900, Move(WORKING, at(-900))),
        ("submit", FINISHED, 0, None),
        ("submit", SUBMITTED, 0, None),
        ("grace", ABANDONED, 0, None),
    ],
)
def test_an_answer(policy: str, stored: AttemptState, seconds: int, move: Move | None) -> None:
    assert answer_move(attempt(stored), POLICIES[policy], at(seconds)) == move


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("stored", AttemptState)
def test_what_closing_stores_is_what_was_seen_and_then_nothing_is_left_to_store(
    policy: str, stored: AttemptState
) -> None:
    limits = POLICIES[policy]
    for seconds in MOMENTS:
        seen, move = state_at(attempt(stored), limits, at(seconds)), closing_move(attempt(stored), limits, at(seconds))
        assert (move.state if move else stored) is seen
        assert closing_move(attempt(seen), limits, at(seconds)) is None


@pytest.mark.parametrize("policy", POLICIES)
def test_an_attempt_only_goes_forward(policy: str) -> None:
    order = [WORKING, OVERDUE, FINISHED, ABANDONED]
    states = [state_at(attempt(), POLICIES[policy], at(seconds)) for seconds in MOMENTS]
    assert all(order.index(earlier) <= order.index(later) for earlier, later in pairwise(states))


@pytest.mark.parametrize("stored", AttemptState)
def test_without_a_limit_nothing_ever_runs_out(stored: AttemptState) -> None:
    far = minute(10**6)
    fact = attempt(stored)
    assert ends_at(fact, UNLIMITED) is None
    assert not time_is_up(fact, UNLIMITED, far)
    assert time_left(fact, UNLIMITED, far) is None
    assert state_at(fact, UNLIMITED, far) is (WORKING if stored in OPEN else stored)


def test_the_end_is_the_earlier_of_the_limit_and_the_closing() -> None:
    assert ends_at(attempt(), replace(SUBMIT, closes=minute(5))) == minute(5)
    assert ends_at(attempt(), replace(SUBMIT, closes=minute(50))) == END
    assert ends_at(attempt(), Limits(closes=minute(50))) == minute(50)


def test_an_attempt_that_time_ended_is_seen_as_ended_then_and_has_no_result_yet() -> None:
    seen = as_of(attempt(), SUBMIT, at(61))
    assert (seen.state, seen.finished_at, seen.fraction, seen.passed) == (FINISHED, END, None, None)
    assert as_of(attempt(), GRACE, at(61)).finished_at is None
    assert as_of(attempt(), GRACE, at(1861)).finished_at == at(1800)
    assert as_of(attempt(), SUBMIT, at(60)) == attempt()


@pytest.mark.parametrize(
    ("limits", "seconds", "left"),
    [
        (SUBMIT, -900, 900),
        (SUBMIT, -0.5, 0.5),
        (SUBMIT, 30, 0),
        (Limits(closes=END), -3601, None),
        (Limits(closes=END), -3600, 3600),
        (replace(SUBMIT, closes=at(-600)), -900, 300),
    ],
)
def test_the_countdown(limits: Limits, seconds: float, left: float | None) -> None:
    shown = time_left(attempt(), limits, at(seconds))
    assert (None if shown is None else shown.total_seconds()) == left


def test_only_a_period_of_grace_lets_one_hand_in_later() -> None:
    assert hand_in_until(attempt(), GRACE) == at(1800)
    assert hand_in_until(attempt(), SUBMIT) is None
    assert hand_in_until(attempt(), UNLIMITED) is None
