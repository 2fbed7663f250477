"""When and how often one person may take a quiz: its settings, with what was granted to the person or a cohort."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, TypeVar

from app.content.activities import Overdue, QuizSettings

ALWAYS: Final = datetime(1, 1, 2, tzinfo=UTC)  # granted as the opening: it was open ever since
NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)  # granted as the closing: it does not close
NO_LIMIT: Final = timedelta(0)  # granted as the time limit: none
AS_OFTEN_AS_LIKED: Final = 0  # granted as the number of attempts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for one person at one quiz. Moments are aware; None: no such bound."""

    opens: datetime | None = None
    closes: datetime | None = None
    time_limit: timedelta | None = None  # from the start of an attempt
    attempts: int | None = None
    delay: timedelta = timedelta(0)  # from the end of an attempt to the start of the next
    overdue: Overdue = "submit"  # what becomes of an attempt whose time is up
    grace: timedelta = timedelta(0)  # how long an overdue attempt may still be handed in

    @property
    def timed(self) -> bool:
        """Whether an attempt can run out of time at all."""
        return self.closes is not None or self.time_limit is not None

    def early(self, now: datetime) -> bool:
        """Whether the quiz opens later."""
        return self.opens is not None and now < self.opens

    def closed(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.closes is not None and now >= self.closes


UNLIMITED: Final = Limits()


@dataclass(frozen=True, slots=True)
class Grant:
    """What was granted at one quiz, to a person or to a cohort. None: as it is without.

    `time_limit` NO_LIMIT, `attempts` AS_OFTEN_AS_LIKED, `opens` ALWAYS, `closes` NEVER take a bound away.
    """

    opens: datetime | None = None
    closes: datetime | None = None
    time_limit: timedelta | None = None
    attempts: int | None = None


NOTHING_GRANTED: Final = Grant()


def effective_limits(
    settings: QuizSettings, zone: tzinfo, own: Grant = NOTHING_GRANTED, cohorts: Sequence[Grant] = ()
) -> Limits:
    """The quiz's settings (their moments are wall times in `zone`), replaced by what was granted.

    What the person was granted goes before what cohorts were. Of several cohorts the most generous counts: the earliest
    opening, the latest closing, the longest time and the most attempts, and none at all where one has none. A practice
    never has a time limit, whatever was granted. (Source of the order: Moodle 4.1, `quiz_update_effective_access`.)
    """
    opens = _granted(own.opens, (each.opens for each in cohorts), min)
    closes = _granted(own.closes, (each.closes for each in cohorts), max)
    limit = _granted(own.time_limit, (each.time_limit for each in cohorts), _largest_or(NO_LIMIT))
    attempts = _granted(own.attempts, (each.attempts for each in cohorts), _largest_or(AS_OFTEN_AS_LIKED))
    limit = settings.time_limit if limit is None else limit
    return Limits(
        opens=_aware(settings.opens, zone) if opens is None else _unless(opens, ALWAYS),
        closes=_aware(settings.closes, zone) if closes is None else _unless(closes, NEVER),
        time_limit=None if settings.preset == "practice" else _unless(limit, NO_LIMIT),
        attempts=settings.attempts if attempts is None else _unless(attempts, AS_OFTEN_AS_LIKED),
        delay=settings.delay,
        overdue=settings.overdue,
        grace=settings.grace,
    )


def _granted(own: T | None, cohorts: Iterable[T | None], most: Callable[[list[T]], T]) -> T | None:
    if own is not None:
        return own
    given = [each for each in cohorts if each is not None]
    return most(given) if given else None


def _largest_or(none: T) -> Callable[[list[T]], T]:
    return lambda given: none if none in given else max(given)  # type: ignore[type-var]  # numbers and durations


def _unless(value: T | None, none: T) -> T | None:
    return None if value == none else value


def _aware(wall: datetime | None, zone: tzinfo) -> datetime | None:
    return None if wall is None else wall.replace(tzinfo=zone).astimezone(UTC)
