"""What a quiz says of time: on its start page, while it runs, and once the time is up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.errors import Refusal
from app.learn.quiz_parts import part
from app.quizzes.queries import Sheet
from app.quizzes.rules.limits import Limits
from app.quizzes.rules.starting import AttemptFact
from app.quizzes.rules.timing import hand_in_until, time_left
from app.quizzes.rules.windows import NotOpenYet, TooSoon, pause_ends_at, why_not
from app.quizzes.standing import StandingAt
from app.web.frame import show_page
from app.web.languages import ngettext, tell
from app.web.templating import filtered


def times_part(limits: Limits, now: datetime) -> Markup:
    """What the start page says: how long one has, from when until when, and what happens when time is up."""
    return part(
        "learn/quiz_times.html",
        limits=limits,
        lasts="" if limits.time_limit is None else duration_words(limits.time_limit),
        grace=duration_words(limits.grace),
        pause=duration_words(limits.delay) if limits.delay else "",
        opens=limits.opens if limits.early(now) else None,
    )


def hindrance(standing: StandingAt, now: datetime) -> Mapping[str, Any] | None:
    """Why no attempt may begin now, as the start page says it; None where one may."""
    refusal = why_not(standing.attempts, standing.limits, now)
    if refusal is None:
        return None
    return {"sentence": tell(refusal.message), "since": _since(refusal, standing)}


def clock_part(sheet: Sheet, now: datetime) -> Markup:
    """The countdown as of now; nothing where none is to be shown."""
    left = seconds_left(sheet, now)
    if left is None:
        return Markup("")
    url = url_for("learn.time_left", attempt_id=sheet.id)
    return part("learn/quiz_clock.html", seconds=left, minutes=ceil(left / 60), url=url)


def seconds_left(sheet: Sheet, now: datetime) -> int | None:
    """What the countdown shows, in whole seconds, never too many; None: there is none. 0: no answer is taken."""
    if not sheet.workable(now):
        return 0
    left = time_left(sheet.fact, sheet.limits, now)
    return None if left is None else int(left.total_seconds())


def time_up_page(sheet: Sheet, *, now: datetime, signed_out: bool = False) -> str:
    """An attempt whose time is up and that has no result: what becomes of it, and the button for what may be done."""
    return show_page(
        "learn/quiz_time_up.html",
        sheet=sheet,
        state=sheet.state_at(now),
        until=hand_in_until(sheet.fact, sheet.limits),
        signed_out=signed_out,
    )


def duration_words(length: timedelta) -> str:
    """A length of time in whole minutes, hours or days, whichever says it exactly."""
    minutes = int(length.total_seconds()) // 60
    if minutes and minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("%(count)s hari", "%(count)s hari", days) % {"count": days}
    if minutes and minutes % 60 == 0:
        return ngettext("%(count)s jam", "%(count)s jam", minutes // 60) % {"count": minutes // 60}
    return ngettext("%(count)s menit", "%(count)s menit", minutes) % {"count": minutes}


def _since(refusal: Refusal, standing: StandingAt) -> str:
    moments: dict[type[Refusal], datetime | None] = {
        NotOpenYet: standing.limits.opens,
        TooSoon: pause_ends_at(standing.attempts, standing.limits),
    }
    moment = moments.get(type(refusal))
    return "" if moment is None else filtered("moment", moment)


def ended_without_result(attempts: list[AttemptFact]) -> list[AttemptFact]:
    """Attempts that time ended and that have no mark: abandoned, or handed in by time and about to be marked."""
    return [
        each
        for each in attempts
        if each.fraction is None and not each.voided and each.state in ("abandoned", "finished")
    ]
