"""What the pages of scores are asked in their address: filters, an order, a page. What cannot be read asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeVar

from app.competencies.queries.groups import Grouping
from app.competencies.queries.learners import LearnerFilter
from app.competencies.queries.lists import Order
from app.competencies.rules import State
from app.content.course import Framework
from app.people.rules.organisations import OrganisationKind
from app.reports.queries.help import USUALLY_AWAY, Reason
from app.reports.rules.columns import EVERY
from app.texts.typed import tidy_line

E = TypeVar("E", bound=Enum)

TEXT_LIMIT: Final = 100  # letters of a name that are looked for
NUMBER_LIMIT: Final = 2**31 - 1  # ids and pages beyond it name nothing
DAYS: Final = USUALLY_AWAY.days
MOST_DAYS: Final = 3650
_OF_PEOPLE: Final = ("rows", "area", "name", "never", "competency", "state", "sort", "down", "reason")
_NAMES: Final = {Grouping.KINDS: "kind", Grouping.DISTRICTS: "district", Grouping.ORGANISATIONS: "place"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked, alike on every page of scores, so that one leads to the other. `page` counts from 1.

    `grouping` belongs to the groups, `order` to the list of people, `reason` (None: any) and `days` to those who need
    help. `area` is an area's id, EVERY for the competencies of all areas, or "".
    """

    wanted: LearnerFilter = field(default_factory=LearnerFilter)
    order: Order = field(default_factory=Order)
    grouping: Grouping = Grouping.KINDS
    area: str = ""
    reason: Reason | None = None
    days: int = DAYS
    page: int = 1

    def fields(self, **changes: object) -> dict[str, object]:
        """The same question as an address's fields, the page left out; a change replaces a field, None drops it."""
        wanted = self.wanted
        asked: dict[str, object] = {
            "rows": None if self.grouping is Grouping.KINDS else self.grouping.value,
            "area": self.area,
            "name": wanted.text,
            "organisation": wanted.organisation,
            "place": wanted.organisation_id,
            "district": wanted.district_id,
            "kind": wanted.kind.value if wanted.kind else None,
            "cohort": wanted.cohort_id,
            "never": 1 if wanted.never_signed_in else None,
            "competency": wanted.competency,
            "state": wanted.state.value if wanted.state else None,
            "reason": self.reason.value if self.reason else None,
            "days": None if self.days == DAYS else self.days,
            "sort": None if self.order.by == (wanted.competency or "name") else self.order.by,
            "down": 1 if self.order.descending else None,
            **changes,
        }
        return {name: value for name, value in asked.items() if value not in (None, "")}

    def sorted_by(self, by: str) -> dict[str, object]:
        """The fields of the link in a column's head: by this column, and the other way round at the second click."""
        again = self.order.by == by and not self.order.descending
        return self.fields(sort=None if by == (self.wanted.competency or "name") else by, down=1 if again else None)

    def of_group(self, key: object) -> dict[str, object]:
        """The fields of the people of one group; the area or competency of a cell is still to be added."""
        whose: dict[str, object] = {"organisation": None} if self.grouping is Grouping.ORGANISATIONS else {}
        if key is None:
            whose["place"] = 0
        else:
            whose[_NAMES[self.grouping]] = key
        return self.fields(**dict.fromkeys(_OF_PEOPLE), **whose)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return self.wanted != LearnerFilter() or self.reason is not None


def read_asked(fields: Mapping[str, str], framework: Framework) -> Asked:
    """The address's fields -> what is asked of the people whom this framework scores."""
    competencies, area = framework.competencies, fields.get("area", "")
    by, competency = fields.get("sort", ""), fields.get("competency", "")
    competency = competency if competency in competencies else ""
    days = _number(fields, "days")
    return Asked(
        LearnerFilter(
            text=_text(fields, "name"),
            organisation=_text(fields, "organisation"),
            organisation_id=_number(fields, "place"),
            district_id=_number(fields, "district"),
            kind=_one_of(OrganisationKind, fields, "kind"),
            cohort_id=_number(fields, "cohort"),
            never_signed_in=fields.get("never") == "1",
            competency=competency,
            state=_one_of(State, fields, "state") if competency else None,
        ),
        Order(by if by in ("name", "organisation", *competencies) else competency or "name", fields.get("down") == "1"),
        _one_of(Grouping, fields, "rows") or Grouping.KINDS,
        area if area in (EVERY, *(each.id for each in framework.areas if each.competencies)) else "",
        _one_of(Reason, fields, "reason"),
        min(max(days, 1), MOST_DAYS) if days is not None else DAYS,
        _number(fields, "page") or 1,
    )


def _text(fields: Mapping[str, str], name: str) -> str:
    return tidy_line(fields.get(name, ""))[:TEXT_LIMIT]


def _number(fields: Mapping[str, str], name: str) -> int | None:
    text = fields.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        return None
    return min(int(text), NUMBER_LIMIT)


def _one_of(choices: type[E], fields: Mapping[str, str], name: str) -> E | None:
    return next((each for each in choices if each.value == fields.get(name)), None)
