"""What a learner may see of marks, feedback, key and explanation, and since when the key was to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.content.activities import QuizSettings
from app.content.review import NOTHING, OverallBand, Reveal
from app.questions.base import EPSILON
from app.quizzes.rules.grading import Graded, quiz_grade
from app.quizzes.rules.limits import Limits

WHILE_ANSWERING: Final = Reveal(answers=True)


@dataclass(frozen=True, slots=True)
class Moment:
    """When one question is looked at.

    Was it checked, was the attempt handed in, is the quiz over for the learner (`closed`), and did the key of this slot
    open (`key_open`)? The last is stored with its mark, and nothing that teaches the answer is shown before.
    """

    checked: bool = False
    finished: bool = False
    closed: bool = False
    key_open: bool = False


def reveal(settings: QuizSettings, moment: Moment) -> Reveal:
    """What may be shown now: a row of the quiz's matrix, and of a question that is still open only one's own answer."""
    if moment.finished:
        row = settings.review.closed if moment.closed else settings.review.after
    elif moment.checked and checks(settings):
        row = settings.review.during
        if not row.answers:
            return WHILE_ANSWERING
    else:
        return WHILE_ANSWERING
    if not row.answers:
        return NOTHING
    return row if moment.key_open else row.without_key()


def checks(settings: QuizSettings) -> bool:
    """Whether a question may be checked before the attempt is handed in."""
    return settings.feedback in ("immediate", "interactive")


def key_at_check(settings: QuizSettings) -> bool:
    """Whether a check that closes a question opens its key at once."""
    return checks(settings) and settings.review.during.tells_key


def opens_earlier_keys(settings: QuizSettings) -> bool:
    """Whether settling the quiz opens keys that were kept back at hand-in."""
    return settings.review.closed.tells_key and not settings.review.after.tells_key


def key_opened_at(
    settings: QuizSettings,
    *,
    checked_at: datetime | None,
    finished_at: datetime,
    settled: bool,
    closes: datetime | None = None,
) -> datetime | None:
    """Since when the key of one slot of a finished attempt may be seen; None: not yet, or never. It may lie ahead.

    `checked_at` None: no check closed it. `finished_at`: when its marks were stored; where time handed it in that is
    later. `settled`: the quiz is passed, or its attempts are used up, by then. `closes`: when the quiz closes for the
    person; then that decides, and not whether it is settled.
    """
    if checked_at is not None and key_at_check(settings):
        return checked_at
    if settings.review.after.tells_key:
        return finished_at
    if not settings.review.closed.tells_key:
        return None
    if closes is not None:
        return max(closes, finished_at)
    return finished_at if settled else None


def settled(limits: QuizSettings | Limits, ended: Sequence[Graded], settings: QuizSettings) -> bool:
    """Whether a quiz needs no further attempt, passed by its grade, or allows none. `ended`: the attempts handed in."""
    grade = quiz_grade(ended, settings)
    if grade is not None and grade.passed:
        return True
    return limits.attempts is not None and len(ended) >= limits.attempts


def is_closed(limits: Limits, ended: Sequence[Graded], settings: QuizSettings, now: datetime) -> bool:
    """Whether the last row of the matrix holds: by the closing date, or without one, once the quiz is settled."""
    return settled(limits, ended, settings) if limits.closes is None else now >= limits.closes


def band_of(bands: Sequence[OverallBand], fraction: float | None) -> OverallBand | None:
    """What is said to a result (0.0 .. 1.0): the highest band it reaches, from highest to lowest; None: nothing.

    Rounding never costs a band. `fraction` None: there is no result yet.
    """
    if fraction is None:
        return None
    return next((band for band in bands if fraction >= band.percent / 100 - EPSILON), None)
