"""The sheet of A4: what is told of a group, as much as fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from flask import request

from app.competencies.queries.learners import LearnerFilter
from app.content.course import Framework
from app.errors import N_, Message
from app.people.permissions import Scope
from app.reports.competency_pages import Desk, settings_now
from app.reports.gain_pages import all_pairs, kept_told, pair_title
from app.reports.queries.gain import took_both
from app.reports.queries.help import InNeed, Reason, Sought, in_need_page
from app.reports.queries.kept_counts import in_need_told, learners_told, required_told
from app.reports.queries.summary import weakest_competency
from app.reports.rules.gain import NamedGain, gain_of
from app.reports.rules.pairs import pair_called
from app.reports.state_words import warning
from app.web.languages import language, number

LINES: Final = 12  # people who fit on the sheet, each on two lines
REASONS: Final = 1  # told of each; how many more is said
ADDRESS: Final = 3  # lines of the letterhead under the office's name


def summary_page(desk: Desk, scope: Scope) -> str:
    """The page; what does not fit is counted on it."""
    settings, wanted, now = settings_now(), desk.asked.wanted.of_groups, desk.now
    sought = replace(desk.sought, wanted=wanted, reason=None)
    counts, required = learners_told(wanted, scope, now), required_told(wanted, scope, now)
    in_need = in_need_told(sought, scope, now)
    as_of = min(counts.as_of, required.as_of, in_need.as_of)
    people = tuple(_first(sought, scope))
    return replace(desk, now=as_of).page(
        "reports/summary.html",
        desk.group_words,
        office={
            "name": settings.office,
            "address": [line.strip() for line in settings.office_address.split("|")][:ADDRESS],
            "place": settings.office_place,
        },
        counts=counts.value,
        required=required.value,
        weakest=_weakest(wanted, scope, desk.framework),
        gain=_gain(wanted, scope, desk.now),
        people=[(each, _reasons(desk, each)) for each in people],
        others=in_need.value.sought - len(people),
        days=desk.asked.days,
        signed_on=now,
    )


def _first(sought: Sought, scope: Scope) -> Iterator[InNeed]:
    """Those who fit: first who is below the cut with certainty, then who was long away, then who never came."""
    told: set[int] = set()
    for reason in (Reason.BELOW, Reason.INACTIVE, Reason.NEVER):
        for each in in_need_page(replace(sought, reason=reason), scope, 1) if len(told) < LINES else ():
            if each.id not in told and len(told) < LINES:
                told.add(each.id)
                yield each


def _reasons(desk: Desk, each: InNeed) -> list[Message]:
    reasons = desk.reasons(each)
    left = len(reasons) - REASONS
    return [*reasons[:REASONS], *([N_("dan %(count)s alasan lagi", count=left)] if left > 0 else [])]


def _weakest(wanted: LearnerFilter, scope: Scope, framework: Framework) -> Message | None:
    found = weakest_competency(wanted, scope, framework.competencies)
    if found is None:
        return None
    name, mean = found
    score, low, high = map(number, (mean.score, mean.low, mean.high))
    told = N_(
        "%(name)s: rata-rata %(score)s, perkiraan %(low)s–%(high)s (keyakinan 90%%), dari %(people)s orang",
        name=framework.competencies[name].title.in_(language()), score=score, low=low, high=high, people=mean.people,
    )  # fmt: skip
    care = warning(mean.people)
    return N_("%(told)s; %(care)s", told=told, care=care) if care else told


def _gain(wanted: LearnerFilter, scope: Scope, now: datetime) -> tuple[str, NamedGain, datetime] | None:
    """What the group gained at the pair that is asked for, else at the first, and as of when; None where nobody took
    both.
    """
    pair = pair_called(all_pairs(), request.args.get("pair", ""))
    if pair is None:
        return None
    kept = kept_told(pair, wanted, scope, now)
    if kept and kept.gains:
        return pair_title(pair), kept.gains[0], kept.as_of or now
    gain = gain_of(N_("Semua"), took_both(pair, wanted, scope))
    return (pair_title(pair), gain, now) if gain else None
