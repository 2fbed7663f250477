"""Which attempt pressing "start" leads to, and which attempt counts."""

from __future__ import annotations

import pytest

from app.quizzes.rules.starting import (
    AttemptFact,
    AttemptState,
    AttemptsUsedUp,
    Begin,
    GoTo,
    attempts_left,
    start_decision,
)
from tests.quizzes.content import START, minute


def open_attempt(number: int) -> AttemptFact:
    return AttemptFact(100 + number, number, AttemptState.IN_PROGRESS, START)


def done(number: int, fraction: float = 0.5) -> AttemptFact:
    return AttemptFact(100 + number, number, AttemptState.FINISHED, START, minute(5), fraction, fraction >= 0.7)


@pytest.mark.parametrize(
    ("attempts", "limit", "wanted", "decision"),
    [
        ([], 3, None, Begin(1)),
        ([], None, 1, Begin(1)),
        ([open_attempt(1)], 3, None, GoTo(101)),
        ([done(1)], 3, None, Begin(2)),
        ([done(1)], 3, 2, Begin(2)),
        ([done(1), open_attempt(2)], 3, None, GoTo(102)),
        ([done(1), open_attempt(2)], 2, 2, GoTo(102)),
        # a button from a page that is out of date: pressed twice, or after going back
        ([open_attempt(1)], 3, 1, GoTo(101)),
        ([done(1)], 3, 1, GoTo(101)),
        ([done(1), done(2)], 2, 1, GoTo(101)),
        # a number nobody offered is no way past the next one
        ([done(1)], 3, 7, Begin(2)),
        ([done(number) for number in range(1, 40)], None, 40, Begin(40)),
    ],
)
def test_start_leads_to(
    attempts: list[AttemptFact], limit: int | None, wanted: int | None, decision: Begin | GoTo
) -> None:
    assert start_decision(attempts, limit, wanted) == decision


@pytest.mark.parametrize("attempts", [[done(1), done(2), done(3)], [done(1), done(2), done(3), done(4)]])
def test_no_further_attempt_once_all_are_used(attempts: list[AttemptFact]) -> None:
    with pytest.raises(AttemptsUsedUp, match=r"sudah habis \(3 kali\)"):
        start_decision(attempts, 3)


@pytest.mark.parametrize(
    ("attempts", "limit", "left"),
    [([], 3, 3), ([done(1)], 3, 2), ([done(1), open_attempt(2)], 3, 1), ([done(1)] * 5, 3, 0), ([done(1)], None, None)],
)
def test_attempts_left_counts_the_one_in_progress_as_used(
    attempts: list[AttemptFact], limit: int | None, left: int | None
) -> None:
    assert attempts_left(attempts, limit) == left
