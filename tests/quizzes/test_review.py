"""What may be seen when, by preset."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.content.activities import QuizSettings
from app.content.review import ALL, NOTHING, OWN, REVIEWS, OverallBand, Reveal, Review
from app.quizzes.rules.limits import Limits
from app.quizzes.rules.review import (
    WHILE_ANSWERING,
    Moment,
    band_of,
    is_closed,
    key_at_check,
    key_opened_at,
    opens_earlier_keys,
    reveal,
    settled,
)
from app.quizzes.rules.starting import AttemptFact, AttemptState
from app.texts.local import LocalText
from tests.quizzes.content import EXAM, PRACTICE, TEST, minute

CHECKED, DONE = Moment(checked=True), Moment(finished=True)
OPEN, CLOSED = Moment(finished=True, key_open=True), Moment(finished=True, closed=True, key_open=True)
HINTS = replace(PRACTICE, feedback="interactive")
LATE = replace(PRACTICE, review=REVIEWS["test"])  # a practice whose author keeps the key until it is passed
AT_ONCE = replace(TEST, review=replace(TEST.review, after=ALL))
BARE = Review(during=NOTHING, after=Reveal(key=True), closed=Reveal(explanation=True))


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
        (TEST, OPEN, OWN),
        (TEST, CLOSED, ALL),
        (TEST, Moment(finished=True, closed=True), OWN),  # closed, but no key of this attempt was opened yet
        (EXAM, Moment(), WHILE_ANSWERING),
        (EXAM, DONE, NOTHING),
        (EXAM, CLOSED, NOTHING),
        (LATE, CHECKED, OWN),
        (HINTS, CHECKED, OWN),
        (HINTS, Moment(checked=True, key_open=True), ALL),
        (AT_ONCE, OPEN, ALL),
        (AT_ONCE, DONE, OWN),
        (replace(TEST, feedback="certainty"), CHECKED, WHILE_ANSWERING),
        (replace(EXAM, feedback="immediate"), CHECKED, WHILE_ANSWERING),
        (replace(TEST, review=BARE), OPEN, NOTHING),  # without answers there is nothing to show them beside
        (replace(TEST, review=BARE), CLOSED, NOTHING),
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
        (LATE, minute(3), True, minute(9)),
        (HINTS, minute(3), False, minute(3)),
        (HINTS, None, False, minute(9)),
        (AT_ONCE, None, False, minute(9)),
        (replace(TEST, review=BARE), None, True, None),
    ],
)
def test_since_when_a_key_may_be_seen(
    settings: QuizSettings, checked_at: datetime | None, is_settled: bool, opened: datetime | None
) -> None:
    assert key_opened_at(settings, checked_at=checked_at, finished_at=minute(9), settled=is_settled) == opened


@pytest.mark.parametrize(
    ("settings", "closes", "is_settled", "opened"),
    [
        (TEST, minute(60), False, minute(60)),
        (TEST, minute(60), True, minute(60)),  # others may still be working on it
        (TEST, minute(5), False, minute(9)),
        (PRACTICE, minute(60), False, minute(9)),
        (EXAM, minute(60), True, None),
    ],
)
def test_with_a_closing_date_keys_that_are_kept_back_open_when_the_quiz_closes(
    settings: QuizSettings, closes: datetime, is_settled: bool, opened: datetime | None
) -> None:
    found = key_opened_at(settings, checked_at=None, finished_at=minute(9), settled=is_settled, closes=closes)
    assert found == opened


def handed_in(passed: list[bool]) -> list[AttemptFact]:
    return [
        AttemptFact(number, number, AttemptState.FINISHED, minute(0), minute(1), float(each), each)
        for number, each in enumerate(passed, start=1)
    ]


@pytest.mark.parametrize(
    ("limits", "passed", "at", "closed"),
    [
        (Limits(attempts=2), [False], 9, False),
        (Limits(attempts=2), [True], 9, True),
        (Limits(attempts=2), [False, False], 9, True),
        (Limits(closes=minute(60), attempts=1), [True], 59, False),
        (Limits(closes=minute(60)), [], 60, True),
    ],
)
def test_a_quiz_is_over_by_its_closing_date_or_without_one_once_settled(
    limits: Limits, passed: list[bool], at: int, closed: bool
) -> None:
    assert is_closed(limits, handed_in(passed), TEST, minute(at)) is closed


def test_a_check_opens_the_key_only_where_the_matrix_tells_it_by_then() -> None:
    assert [key_at_check(each) for each in (PRACTICE, HINTS, LATE, replace(PRACTICE, feedback="deferred"))] == [
        True, True, False, False,
    ]  # fmt: skip


def test_settling_opens_only_keys_that_were_kept_back() -> None:
    assert [opens_earlier_keys(each) for each in (PRACTICE, TEST, EXAM, AT_ONCE)] == [False, True, False, False]


BANDS = tuple(OverallBand(percent, LocalText(str(percent))) for percent in (80.0, 50.0, 10.0))


@pytest.mark.parametrize(
    ("fraction", "percent"),
    [(1.0, 80), (0.8, 80), (0.7 + 0.1, 80), (0.79, 50), (0.5, 50), (0.1, 10), (0.0, None)],
)
def test_a_result_gets_the_words_of_the_highest_band_it_reaches(fraction: float, percent: float | None) -> None:
    band = band_of(BANDS, fraction)
    assert (band.percent if band else None) == percent


def test_a_result_that_waits_for_marks_gets_no_words_yet() -> None:
    assert band_of(BANDS, None) is None


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
    assert settled(settings, handed_in(passed), settings) is done
