"""What the gradebook and the list of who may need help are asked in their addresses, and what their forms send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from wtforms import BooleanField

from app.gradebook.queries.grades import BY_NAME
from app.gradebook.rules.at_risk import MOST_DAYS, USUAL_DAYS, Reason
from app.gradebook.rules.changes import REASON_LIMIT, ChoiceMissing, read_percent
from app.gradebook.rules.grades import GradeChange, Weighting
from app.people.queries import PeopleFilter
from app.web.forms import BaseForm, NumberField, TextField

USUAL_PAUSE: Final = 3  # days without a practice before somebody is listed


class PeopleAsked(BaseForm):
    """Which people of a course are looked for."""

    name = TextField(default="")
    cohort = NumberField()
    organisation = NumberField()
    page = NumberField()

    @property
    def wanted(self) -> PeopleFilter:
        """As the query takes it."""
        return PeopleFilter(
            text=self.name.data or "", cohort_id=self.cohort.data, organisation_id=self.organisation.data
        )

    def fields(self, **changes: object) -> dict[str, object]:
        """The same question as an address's fields, the page left out; a change replaces a field, None drops it."""
        asked = {name: value for name, value in self.data.items() if name != "page"}
        asked = {name: 1 if value is True else value for name, value in asked.items()}
        return {name: value for name, value in {**asked, **changes}.items() if value}


class GradesAsked(PeopleAsked):
    """And in which order: by name, by total, or by an activity's id."""

    sort = TextField(default="")
    down = BooleanField()

    @property
    def by(self) -> str:
        """The column that they stand by."""
        return self.sort.data or BY_NAME

    def sorted_by(self, by: str) -> dict[str, object]:
        """The link in a column's head: by this column, and the other way round at the second click."""
        again = self.by == by and not self.down.data
        return self.fields(sort=None if by == BY_NAME else by, down=1 if again else None)


class AtRiskAsked(PeopleAsked):
    """And for which reason, and how long somebody may be away."""

    reason = TextField(default="")
    days = NumberField()

    @property
    def away(self) -> int:
        """Days without a sign, 1 .. MOST_DAYS."""
        return min(max(self.days.data or USUAL_DAYS, 1), MOST_DAYS)

    @property
    def why(self) -> Reason | None:
        """The one reason that is looked for; None: any."""
        return Reason(self.reason.data) if self.reason.data in set(Reason) else None


class RemindersAsked(PeopleAsked):
    """And for how many days they have not practised."""

    days = NumberField()

    @property
    def away(self) -> int:
        """Days without a practice, 1 .. MOST_DAYS."""
        return min(max(self.days.data or USUAL_PAUSE, 1), MOST_DAYS)


class GradeForm(BaseForm):
    """A decision on one person's activity, and the newest that its page showed (0: none)."""

    choice = TextField(default="")
    grade = TextField(default="")
    reason = TextField(default="")
    seen = NumberField()

    def change(self, by_id: int, now: datetime) -> GradeChange:
        """What is wanted. Raises ChoiceMissing, GradeUnclear."""
        if self.choice.data not in ("earned", "replaced", "excluded"):
            raise ChoiceMissing
        fraction = read_percent(self.grade.data or "") if self.choice.data == "replaced" else None
        reason = (self.reason.data or "")[:REASON_LIMIT]
        return GradeChange((self.seen.data or 0) + 1, fraction, self.choice.data == "excluded", reason, by_id, now)


class WeightsForm:
    """Weights as they are typed, by activity id, and what becomes of what is missing."""

    def __init__(self, typed: Mapping[str, str], *, missing_as_zero: bool, seen: int) -> None:
        self.typed = typed
        self.missing_as_zero = missing_as_zero
        self.seen = seen

    @classmethod
    def of(cls, weighting: Weighting, activities: Iterable[Any]) -> WeightsForm:
        """As a course counts now."""
        typed = {each.id: str(weighting.weight(each.id)) for each in activities}
        return cls(typed, missing_as_zero=weighting.missing_as_zero, seen=weighting.saves)

    @classmethod
    def sent(cls, fields: Mapping[str, str], activities: Iterable[Any]) -> WeightsForm:
        """As it was sent; a field that is not there was left empty."""
        typed = {each.id: fields.get(f"weight-{each.id}", "").replace("\0", "").strip()[:20] for each in activities}
        seen = fields.get("seen", "")
        known = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0
        return cls(typed, missing_as_zero=fields.get("missing") == "zero", seen=known)
