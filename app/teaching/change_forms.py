"""What a trainer typed to change an attempt, or to grant a person or a cohort other limits at a quiz."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from wtforms import BooleanField, Field

from app.errors import N_
from app.quizzes.granting import GrantRefused
from app.quizzes.rules.changes import MOST_MINUTES, REASON_LIMIT, Change, ChangeKind
from app.quizzes.rules.limits import ALWAYS, NEVER, Grant
from app.web.forms import BaseForm, NumberField, TextField

MOST_ATTEMPTS: Final = 100
_WALL: Final = "%Y-%m-%dT%H:%M"  # as browsers send a date and time


class NumberUnclear(GrantRefused):
    """A number of minutes or attempts that is none, or too large."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Batas waktu harus bilangan dari 0 sampai %(minutes)s menit, kesempatan dari 0 sampai %(attempts)s.",
                minutes=MOST_MINUTES,
                attempts=MOST_ATTEMPTS,
            )
        )


class MomentUnclear(GrantRefused):
    """A date and time that cannot be read."""

    def __init__(self) -> None:
        super().__init__(N_('Tanggal dan jam ditulis seperti "2026-11-22T08:00".'))


class CountField(Field):
    """A whole number; None where nothing was typed, -1 where it cannot be read. `typed` is shown again as it was."""

    data: int | None
    typed: str = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.typed = str(valuelist[0]).replace("\0", "").strip()[:20] if valuelist else ""
        readable = self.typed.isascii() and self.typed.isdecimal() and len(self.typed) <= len(str(MOST_MINUTES))
        self.data = None if not self.typed else int(self.typed) if readable else -1


class ChangeForm(BaseForm):
    """A change of an attempt with its reason, and what its page knew of the attempt."""

    reason = TextField(default="")
    minutes = CountField()
    seen = NumberField()
    state = TextField(default="")

    def change(self, kind: ChangeKind, by_id: int) -> Change:
        """What is wanted."""
        reason = (self.reason.data or "")[:REASON_LIMIT]
        return Change(kind, by_id, reason, self.seen.data or 0, self.state.data or "", self.minutes.data)


class OverrideForm(BaseForm):
    """Other limits at a quiz. What is left empty stays as the quiz has it; 0 and the ticks take a bound away."""

    login = TextField(default="")  # of a person; or
    person = NumberField()  # the person's id, where the page knows it; or
    cohort = NumberField()
    minutes = CountField()
    attempts = CountField()
    opens = TextField(default="")
    always = BooleanField()
    closes = TextField(default="")
    never = BooleanField()
    shown = TextField(default="")  # when what the page showed was granted; "": nothing was

    @classmethod
    def of(cls, grant: Grant, changed_at: datetime, zone: tzinfo) -> OverrideForm:
        """The form as it stands for what is granted."""
        form = cls(
            opens=_wall(grant.opens, ALWAYS, zone),
            always=grant.opens == ALWAYS,
            closes=_wall(grant.closes, NEVER, zone),
            never=grant.closes == NEVER,
            shown=changed_at.isoformat(),
        )
        form.minutes.typed = "" if grant.time_limit is None else str(int(grant.time_limit.total_seconds()) // 60)
        form.attempts.typed = "" if grant.attempts is None else str(grant.attempts)
        return form

    def grant(self, zone: tzinfo) -> Grant:
        """What is wanted; times are wall times in `zone`. Raises NumberUnclear, MomentUnclear."""
        minutes, attempts = self.minutes.data, self.attempts.data
        if not (_between(minutes, MOST_MINUTES) and _between(attempts, MOST_ATTEMPTS)):
            raise NumberUnclear
        return Grant(
            opens=ALWAYS if self.always.data else _moment(self.opens.data, zone),
            closes=NEVER if self.never.data else _moment(self.closes.data, zone),
            time_limit=None if minutes is None else timedelta(minutes=minutes),
            attempts=attempts,
        )

    @property
    def shown_at(self) -> datetime | None:
        """When what the page showed was granted; None: nothing was, or nothing readable was sent."""
        try:
            moment = datetime.fromisoformat(self.shown.data or "")
        except ValueError:
            return None
        return moment if moment.tzinfo else None


def _between(count: int | None, most: int) -> bool:
    return count is None or 0 <= count <= most


def _moment(typed: str | None, zone: tzinfo) -> datetime | None:
    if not typed:
        return None
    try:
        return datetime.strptime(typed[:16], _WALL).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise MomentUnclear from None


def _wall(moment: datetime | None, word: datetime, zone: tzinfo) -> str:
    return "" if moment is None or moment == word else moment.astimezone(zone).strftime(_WALL)
