"""What time does to an attempt: the one function of its states, what a post leads to, and what the countdown tells.

Source of the constants and of the three ways with overdue attempts: Moodle 4.1, `attemptlib.php`. Two things are ours:
an answer sent in time may be on its way for NETWORK_GRACE, so until then nothing is closed, whoever looks; and what a
reader sees after it is exactly what closing stores, never what happened to be done by then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.quizzes.rules.limits import Limits
from app.quizzes.rules.starting import OPEN, AttemptFact, AttemptState

MIN_TIME_TO_CONTINUE: Final = timedelta(seconds=2)  # with less left than this, time is up
NETWORK_GRACE: Final = timedelta(seconds=60)  # an answer sent in time arrives within this
CLOSING_SHOWN: Final = timedelta(hours=1)  # a closing date alone is counted down to from here


@dataclass(frozen=True, slots=True)
class Move:
    """A state to be stored, and since when it holds. FINISHED: it is to be marked (and waits where a person must)."""

    state: AttemptState
    at: datetime


def ends_at(attempt: AttemptFact, limits: Limits) -> datetime | None:
    """When an attempt's time is up: by the time limit or with the quiz, whichever comes first; None: never.

    An end that was given to this attempt alone goes before both.
    """
    if attempt.own_end is not None:
        return attempt.own_end
    ends = [limits.closes] if limits.closes is not None else []
    if limits.time_limit is not None:
        ends.append(attempt.started_at + limits.time_limit)
    return min(ends, default=None)


def time_is_up(attempt: AttemptFact, limits: Limits, now: datetime) -> bool:
    """Whether an answer given now is the last: there is less time left than a page takes."""
    end = ends_at(attempt, limits)
    return end is not None and now > end - MIN_TIME_TO_CONTINUE


def state_at(attempt: AttemptFact, limits: Limits, now: datetime) -> AttemptState:
    """The state of an attempt as of `now`, whatever is stored yet.

    Up to NETWORK_GRACE after its end it is what it was; then it is as if handed in, or overdue, or abandoned. An
    overdue attempt whose time was extended goes on. It takes answers exactly while this says IN_PROGRESS.
    """
    end = ends_at(attempt, limits)
    if attempt.state not in OPEN:
        return attempt.state
    if end is None or now <= end - MIN_TIME_TO_CONTINUE:
        return AttemptState.IN_PROGRESS
    if now <= end + NETWORK_GRACE:
        return attempt.state
    if limits.overdue == "submit":
        return AttemptState.FINISHED
    if limits.overdue == "abandon" or now > end + limits.grace + NETWORK_GRACE:
        return AttemptState.ABANDONED
    return AttemptState.OVERDUE


def closing_move(attempt: AttemptFact, limits: Limits, now: datetime) -> Move | None:
    """What is to be stored because time went by; None where the stored state still holds."""
    state = state_at(attempt, limits, now)
    return None if state is attempt.state else Move(state, _since(attempt, limits, state, now))


def as_of(attempt: AttemptFact, limits: Limits, now: datetime) -> AttemptFact:
    """An attempt as it is by now. What time handed in has no result before it is marked."""
    move = closing_move(attempt, limits, now)
    if move is None:
        return attempt
    return replace(attempt, state=move.state, finished_at=None if move.state in OPEN else move.at)


def hand_in_move(attempt: AttemptFact, limits: Limits, now: datetime) -> Move | None:
    """What handing in leads to; None where it was over before. Too late, time has decided already."""
    if attempt.state not in OPEN:
        return None
    if state_at(attempt, limits, now) in OPEN:
        return Move(AttemptState.FINISHED, now)
    return closing_move(attempt, limits, now)


def answer_move(attempt: AttemptFact, limits: Limits, now: datetime) -> Move | None:
    """What an answer leads to once it is stored or was too late; None: the attempt goes on.

    The first answer after time is up hands the attempt in, or makes it overdue where it has a period of grace.
    """
    if attempt.state not in OPEN:
        return None
    if not time_is_up(attempt, limits, now) or state_at(attempt, limits, now) is not AttemptState.IN_PROGRESS:
        return closing_move(attempt, limits, now)
    return Move(AttemptState.OVERDUE if limits.overdue == "grace" else AttemptState.FINISHED, now)


def hand_in_until(attempt: AttemptFact, limits: Limits) -> datetime | None:
    """Until when an attempt may be handed in though its time is up; None where it has no period of grace."""
    end = ends_at(attempt, limits)
    return end + limits.grace if end is not None and limits.overdue == "grace" else None


def time_left(attempt: AttemptFact, limits: Limits, now: datetime) -> timedelta | None:
    """What the countdown shows, 0 at least; None: there is none. A mere closing date is counted in its last hour."""
    end = ends_at(attempt, limits)
    counted = limits.time_limit is not None or attempt.own_end is not None
    if end is None or (not counted and end - now > CLOSING_SHOWN):
        return None
    return max(end - now, timedelta(0))


def _since(attempt: AttemptFact, limits: Limits, state: AttemptState, now: datetime) -> datetime:
    end = ends_at(attempt, limits)
    if end is None or state is AttemptState.IN_PROGRESS:
        return now
    return end + limits.grace if state is AttemptState.ABANDONED and limits.overdue == "grace" else end
