"""What the competency page is asked in its address: a filter, an order and a page. What cannot be read asks nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.competencies.queries.learners import LearnerFilter, Order
from app.people.rules.organisations import OrganisationKind

TEXT_LIMIT = 100  # letters of a name that are looked for
NUMBER_LIMIT = 2**31 - 1  # ids and pages beyond it name nothing


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of the page asked. `page` counts from 1."""

    wanted: LearnerFilter = field(default_factory=LearnerFilter)
    order: Order = field(default_factory=Order)
    page: int = 1

    def fields(self, **changes: object) -> dict[str, object]:
        """The same question as an address's fields, the page left out; a change replaces a field, None drops it."""
        wanted = self.wanted
        asked: dict[str, object] = {
            "name": wanted.text,
            "organisation": wanted.organisation,
            "district": wanted.district_id,
            "kind": wanted.kind.value if wanted.kind else None,
            "cohort": wanted.cohort_id,
            "never": 1 if wanted.never_signed_in else None,
            "sort": None if self.order.by == "name" else self.order.by,
            "down": 1 if self.order.descending else None,
            **changes,
        }
        return {name: value for name, value in asked.items() if value not in (None, "")}

    def sorted_by(self, by: str) -> dict[str, object]:
        """The fields of the link in a column's head: by this column, and the other way round at the second click."""
        again = self.order.by == by and not self.order.descending
        return self.fields(sort=None if by == "name" else by, down=1 if again else None)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return self.wanted != LearnerFilter()


def read_asked(fields: Mapping[str, str], competencies: Collection[str]) -> Asked:
    """The address's fields -> what is asked. `competencies` are the ids that can be sorted by."""
    by = fields.get("sort", "")
    return Asked(
        LearnerFilter(
            text=_text(fields, "name"),
            organisation=_text(fields, "organisation"),
            district_id=_number(fields, "district"),
            kind=_kind(fields.get("kind", "")),
            cohort_id=_number(fields, "cohort"),
            never_signed_in=fields.get("never") == "1",
        ),
        Order(by if by == "organisation" or by in competencies else "name", fields.get("down") == "1"),
        _number(fields, "page") or 1,
    )


def _text(fields: Mapping[str, str], name: str) -> str:
    # NUL: PostgreSQL takes none in a text
    return " ".join(fields.get(name, "").replace("\0", "").split())[:TEXT_LIMIT]


def _number(fields: Mapping[str, str], name: str) -> int | None:
    text = fields.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        return None
    return min(int(text), NUMBER_LIMIT)


def _kind(text: str) -> OrganisationKind | None:
    return OrganisationKind(text) if text in set(OrganisationKind) else None
