"""What may be seen when, by preset."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.content.course import QuizSettings
from app.quizzes.rules.review import NOTHING, WHILE_ANSWERING, Moment, Reveal, key_opened_at, reveal, settled
from tests.quizzes.content import EXAM, PRACTICE, TEST, minute

ALL = Reveal(marks=True, answers=True, correctness=True, feedback=True, key=True, explanation=True)
OWN = Reveal(marks=True, answers=True, correctness=True)
CHECKED, DONE, OPEN = Moment(checked=True), Moment(finished=True), Moment(finished=True, key_open=True)


@pytest.mark.parametrize(
    ("settings", "moment", "shown"),
    [
        (PRACTICE, Moment(), WHILE_ANSWERING),
        (PRACTICE, Moment(checked=True, key_open=True), ALL),
        (PRACTICE, OPEN, ALL),
        (TEST, Moment(), WHILE_ANSWERING),
        (TEST, Moment(key_open=True), WHILE_ANSWERING),
        (TEST, CHECKED, WHILE_ANSWERING),
        (TEST, DONE, OWN),
        (TEST, OPEN, ALL),
        (EXAM, Moment(), WHILE_ANSWERING),
        (EXAM, DONE, NOTHING),
        # a practice whose author keeps the key until it is passed
        (replace(PRACTICE, key_after="passed_or_used_up"), CHECKED, OWN),
    ],
)
def test_what_may_be_seen(settings: QuizSettings, moment: Moment, shown: Reveal) -> None:
    assert reveal(settings, moment) == shown


@pytest.mark.parametrize(
    ("settings", "checked_at", "is_settled", "opened"),
    [
        (PRACTICE, minute(3), False, minute(3)),
        (PRACTICE, None, False, minute(9)),
        (replace(PRACTICE, feedback="deferred"), minute(3), False, minute(9)),
        (TEST, None, False, None),
        (TEST, None, True, minute(9)),
        (EXAM, None, True, None),
        (replace(PRACTICE, key_after="passed_or_used_up"), minute(3), True, minute(9)),
    ],
)
def test_since_when_a_key_may_be_seen(
    settings: QuizSettings, checked_at: datetime | None, is_settled: bool, opened: datetime | None
) -> None:
    assert key_opened_at(settings, checked_at=checked_at, finished_at=minute(9), settled=is_settled) == opened


@pytest.mark.parametrize(
    ("settings", "passed", "done"),
    [
        (TEST, [False], False),
        (TEST, [False, False], False),
        (TEST, [False, False, False], True),
        (TEST, [True], True),
        (TEST, [True, False], True),
        (PRACTICE, [False] * 50, False),
        (EXAM, [False], True),
    ],
)
def test_a_quiz_is_settled_once_passed_or_used_up(settings: QuizSettings, passed: list[bool], done: bool) -> None:
    assert settled(settings, passed) is done
