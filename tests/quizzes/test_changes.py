"""What a trainer may do to an attempt, by its state, by what the trainer's page knew, and by the time that is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.content.review import REVIEWS
from app.quizzes.rules.changes import (
    AttemptEvent,
    Change,
    ChangedMeanwhile,
    ChangeKind,
    MinutesMissing,
    NoTimeToExtend,
    ReasonMissing,
    TimeWasUp,
    check_change,
    end_when_reopened,
    extended_end,
    is_repeated,
    possible_changes,
    told_at,
)
from app.quizzes.rules.limits import UNLIMITED, Limits
from app.quizzes.rules.starting import (
    AttemptFact,
    AttemptState,
    AttemptsUsedUp,
    Begin,
    GoTo,
    attempts_left,
    start_decision,
)
from app.quizzes.rules.timing import ends_at, state_at, time_left
from tests.quizzes.content import START, minute

REOPENED, EXTRA_TIME, DELETED, RESTORED = ChangeKind
QUARTER = Limits(time_limit=timedelta(minutes=15))
BY_STATE = {
    AttemptState.IN_PROGRESS: [EXTRA_TIME, DELETED],
    AttemptState.OVERDUE: [EXTRA_TIME, DELETED],
    AttemptState.SUBMITTED: [REOPENED, DELETED],
    AttemptState.FINISHED: [REOPENED, DELETED],
    AttemptState.ABANDONED: [REOPENED, DELETED],
    AttemptState.DELETED: [RESTORED],
}


def attempt(state: AttemptState = AttemptState.FINISHED, own_end: datetime | None = None) -> AttemptFact:
    return AttemptFact(7, 1, state, START, own_end=own_end)


def event(seq: int = 1, **more: object) -> AttemptEvent:
    made = AttemptEvent(seq, REOPENED, 3, "Salah tekan", 20, START, AttemptState.FINISHED, START, 0.5, False)
    return replace(made, **more)  # type: ignore[arg-type]


CHANGE = Change(REOPENED, 3, "Salah tekan", shown_seq=0, shown_state="finished", minutes=20)


@pytest.mark.parametrize("state", AttemptState)
def test_what_can_be_done_follows_from_the_state(state: AttemptState) -> None:
    assert possible_changes(attempt(state), QUARTER) == BY_STATE[state]
    for kind in ChangeKind:
        change = replace(CHANGE, kind=kind, shown_state=state.value)
        if kind in BY_STATE[state]:
            check_change(change, attempt(state), ())
        else:
            with pytest.raises(ChangedMeanwhile):
                check_change(change, attempt(state), ())


def test_an_attempt_without_an_end_needs_no_further_time() -> None:
    assert EXTRA_TIME not in possible_changes(attempt(AttemptState.IN_PROGRESS), UNLIMITED)
    with pytest.raises(NoTimeToExtend):
        extended_end(attempt(AttemptState.IN_PROGRESS), UNLIMITED, 10, START)


@pytest.mark.parametrize(
    ("change", "events", "refusal"),
    [
        (replace(CHANGE, reason=""), [], ReasonMissing),
        (replace(CHANGE, minutes=0), [], MinutesMissing),
        (replace(CHANGE, minutes=10_001), [], MinutesMissing),
        (CHANGE, [event()], ChangedMeanwhile),  # somebody was here since the page was opened
        (replace(CHANGE, shown_seq=1), [], ChangedMeanwhile),  # a page that knows of what never was
        (replace(CHANGE, shown_state="submitted"), [], ChangedMeanwhile),
    ],
)
def test_what_is_refused(change: Change, events: list[AttemptEvent], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_change(change, attempt(), events)


@pytest.mark.parametrize(
    ("more", "repeated"),
    [
        ({}, True),
        ({"by_id": 4}, False),
        ({"reason": "Lain"}, False),
        ({"minutes": None}, False),
        ({"kind": DELETED}, False),
        ({"shown_seq": 1}, False),  # a page that shows the first change asks for a second one
    ],
)
def test_a_form_sent_twice_is_known_by_all_that_it_says(more: dict[str, object], *, repeated: bool) -> None:
    assert is_repeated(replace(CHANGE, **more), [event()]) is repeated  # type: ignore[arg-type]
    assert not is_repeated(CHANGE, [])


@pytest.mark.parametrize(
    ("own_end", "limits", "minutes", "now", "end"),
    [
        (None, UNLIMITED, None, minute(5), None),
        (None, QUARTER, None, minute(5), None),  # the quarter of an hour goes on counting
        (None, QUARTER, 20, minute(5), minute(25)),
        (None, QUARTER, 20, minute(90), minute(110)),
        (minute(60), QUARTER, None, minute(50), minute(60)),  # what it was given before still holds
        (minute(60), QUARTER, 5, minute(50), minute(55)),
    ],
)
def test_until_when_a_reopened_attempt_is_worked_on(
    own_end: datetime | None, limits: Limits, minutes: int | None, now: datetime, end: datetime | None
) -> None:
    assert end_when_reopened(attempt(own_end=own_end), limits, minutes, now) == end


@pytest.mark.parametrize("own_end", [None, minute(60)])
def test_an_attempt_whose_time_is_up_is_not_reopened_without_any(own_end: datetime | None) -> None:
    with pytest.raises(TimeWasUp):
        end_when_reopened(attempt(own_end=own_end), QUARTER, None, minute(90))


@pytest.mark.parametrize(("now", "end"), [(minute(5), minute(25)), (minute(15), minute(25)), (minute(40), minute(50))])
def test_further_minutes_count_from_the_end_or_from_now_whichever_is_later(now: datetime, end: datetime) -> None:
    assert extended_end(attempt(), QUARTER, 10, now) == end
    with pytest.raises(MinutesMissing):
        extended_end(attempt(), QUARTER, None, now)


def test_an_end_of_its_own_goes_before_every_limit_and_is_counted_down_to() -> None:
    given = attempt(AttemptState.IN_PROGRESS, own_end=minute(300))
    closed = replace(QUARTER, closes=minute(60))
    assert ends_at(given, closed) == minute(300)
    assert state_at(given, closed, minute(299)) is AttemptState.IN_PROGRESS
    assert state_at(given, closed, minute(302)) is AttemptState.FINISHED
    assert time_left(given, replace(closed, time_limit=None), minute(100)) == timedelta(minutes=200)


def test_a_deleted_attempt_uses_none_up_and_its_number_is_not_given_again() -> None:
    deleted, kept = replace(attempt(AttemptState.DELETED), number=1), replace(attempt(), number=2)
    assert attempts_left([deleted, kept], 2) == 1
    assert start_decision([deleted, kept], 2) == Begin(3)
    assert start_decision([deleted, kept], 2, wanted=1) == GoTo(7), "its own page says what became of it"
    with pytest.raises(AttemptsUsedUp):
        start_decision([deleted, kept], 1)


@pytest.mark.parametrize(
    ("preset", "answered", "opened", "closed", "told"),
    [
        ("test", True, None, False, minute(9)),  # which answers were right is told at once
        ("test", False, None, False, None),  # of a blank there was nothing to tell
        ("test", False, minute(3), False, minute(3)),
        ("test", True, minute(30), False, minute(9)),  # its key opens later: what was told is less
        ("exam", True, None, False, None),
        ("exam", True, None, True, None),
        ("practice", True, minute(3), False, minute(3)),
    ],
)
def test_what_the_learner_was_told_of_an_answer_is_remembered(
    preset: str, opened: datetime | None, told: datetime | None, *, answered: bool, closed: bool
) -> None:
    review = REVIEWS[preset]  # type: ignore[index]
    assert told_at(review, answered=answered, key_opened_at=opened, closed=closed, now=minute(9)) == told
