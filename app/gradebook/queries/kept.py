"""Lists over everybody in a course, which take seconds to make where they are many: as the chores keep them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from json import dumps, loads
from typing import Any, Final
from zoneinfo import ZoneInfo

from app.catalogue.queries import Published, get_published, published
from app.content.course import Course
from app.figures.queries import Kept, kept_figure
from app.gradebook.queries.at_risk import AtRisk, people_at_risk
from app.gradebook.queries.grades import column_values, ids_by, weighting_of
from app.gradebook.queries.people import people_ids
from app.gradebook.rules.at_risk import Asked, Reason
from app.gradebook.rules.kept import ids_in_order, longest_first, order_to_keep, risks_to_keep
from app.people.permissions import Scope
from app.people.queries import PeopleFilter
from app.progress.queries import PEOPLE_AT_ONCE

_EVERYBODY: Final = Scope(0, everything=True)
_A_DAY: Final = 1  # the least that somebody may be asked to have been away


@dataclass(frozen=True, slots=True)
class RiskList:
    """Who may need help, by id, the longest first; of how many `people`, and as of when. `known`: what was read of them
    on the way, perhaps nothing.
    """

    ids: Sequence[int]
    people: int
    as_of: datetime
    known: Mapping[int, AtRisk] = field(default_factory=dict)


def list_at_risk(course: Course, wanted: PeopleFilter, why: Reason | None, within: Scope, asked: Asked) -> RiskList:
    """Those in reach for whom there is a reason, or the one that is asked for."""
    whole = _whole(course, wanted, within)
    ids = [] if whole else people_ids(course, wanted, within)
    if (whole or len(ids) > PEOPLE_AT_ONCE) and (kept := _kept("risks", course, asked.now)):
        found = longest_first(kept.value["risks"], kept.made_at, asked.days, why)
        if whole:
            return RiskList(found, kept.value["people"], kept.made_at)
        return RiskList(_among(found, ids), len(ids), kept.made_at)
    ids = people_ids(course, wanted, within) if whole else ids
    some = [
        each
        for each in people_at_risk(ids, course, asked)
        if why is None or why in {risk.reason for risk in each.risks}
    ]
    some.sort(key=lambda each: each.risks[0].since)
    return RiskList([each.person.id for each in some], len(ids), asked.now, {each.person.id: each for each in some})


def page_at_risk(listed: RiskList, ids: Sequence[int], course: Course, asked: Asked) -> list[AtRisk]:
    """Those of one page in the order of the list; without who has been helped since it was made."""
    unknown = [each for each in ids if each not in listed.known]
    known = {**listed.known, **{each.person.id: each for each in people_at_risk(unknown, course, asked)}}
    return [known[each] for each in ids if each in known]


def ids_by_grade(
    course: Course, wanted: PeopleFilter, within: Scope, column: tuple[str, bool], now: datetime
) -> tuple[list[int], datetime]:
    """People's ids by a column, BY_NAME excepted, and whether the highest stands first: see `ids_by`; and as of when
    they stand so.
    """
    (by, descending), weighting, whole = column, weighting_of(course), _whole(course, wanted, within)
    ids = [] if whole else people_ids(course, wanted, within)
    if (whole or len(ids) > PEOPLE_AT_ONCE) and (kept := _kept("orders", course, now)):
        order = kept.value["by"].get(by)
        if order and kept.value["saves"] == weighting.saves:
            found = ids_in_order(loads(order), descending=descending)
            return found if whole else _among(found, ids), kept.made_at
    ids = people_ids(course, wanted, within) if whole else ids
    return ids_by(ids, course, weighting, by, descending=descending), now


def figures_of_courses(zone: ZoneInfo) -> Mapping[str, Callable[[datetime], Any]]:
    """What is kept of every course that is served, by name."""
    return {
        _name(what, each): partial(make, each.course, zone)
        for each in published().values()
        for what, make in (("risks", _risks), ("orders", _orders))
    }


def _risks(course: Course, zone: ZoneInfo, now: datetime) -> Any:
    ids = people_ids(course, PeopleFilter(), _EVERYBODY)
    found = people_at_risk(ids, course, Asked(now, zone, _A_DAY))
    return {"people": len(ids), "risks": risks_to_keep((each.person.id, each.risks) for each in found)}


def _orders(course: Course, zone: ZoneInfo, now: datetime) -> Any:
    ids, weighting = people_ids(course, PeopleFilter(), _EVERYBODY), weighting_of(course)
    columns = column_values(ids, course, weighting)
    # each order is a text of its own: who asks for one does not wait until all are read
    return {"saves": weighting.saves, "by": {by: dumps(order_to_keep(keys)) for by, keys in columns.items()}}


def _whole(course: Course, wanted: PeopleFilter, within: Scope) -> bool:
    return (within.everything or course.slug in within.courses) and wanted == PeopleFilter()


def _kept(what: str, course: Course, now: datetime) -> Kept | None:
    return kept_figure(_name(what, get_published(course.slug)), now)


def _name(what: str, served: Published) -> str:
    return f"{what}/{served.course.slug}/{served.revision_id}"


def _among(ids: Sequence[int], chosen: Collection[int]) -> list[int]:
    asked = set(chosen)
    return [each for each in ids if each in asked]
