"""The staff's forms about people and cohorts. They read what was typed; whether it can be kept the operations say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, Field

from app.people.operations import Details, NewPerson
from app.people.permissions import Grant, Role, ScopeKind
from app.people.queries import PeopleFilter, PersonFact
from app.people.rules.authority import GrantUnclear
from app.people.rules.organisations import OrganisationKind
from app.web.forms import DIGITS, BaseForm, NumberField, TextField


class DayField(Field):
    """A date as browsers send it (2026-11-22); None where nothing or nothing readable was given."""

    data: date | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        try:
            self.data = date.fromisoformat(str(valuelist[0])) if valuelist else None
        except ValueError:
            self.data = None


class ChoiceField(Field):
    """One of an enum's values; None where nothing or another text was given."""

    def __init__(self, choices: Sequence[Any], **more: Any) -> None:
        super().__init__(**more)
        self.choices = {str(choice): choice for choice in choices}

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = self.choices.get(str(valuelist[0])) if valuelist else None


class PeopleForm(BaseForm):
    """What the list of people is asked in its address."""

    name = TextField(default="")
    organisation = NumberField()
    district = NumberField()
    kind = ChoiceField(tuple(OrganisationKind))
    cohort = NumberField()
    never = BooleanField()
    page = NumberField()

    @property
    def wanted(self) -> PeopleFilter:
        """As the query takes it."""
        return PeopleFilter(
            text=self.name.data or "",
            organisation_id=self.organisation.data,
            district_id=self.district.data,
            kind=self.kind.data,
            cohort_id=self.cohort.data,
            never_signed_in=self.never.data,
        )

    def fields(self, page: int) -> dict[str, object]:
        """The same question as an address's fields, at another page."""
        asked = {name: value for name, value in self.data.items() if value and name != "page"}
        return {**asked, **({"never": 1} if self.never.data else {}), **({"page": page} if page > 1 else {})}


class PersonForm(BaseForm):
    """A person to add or to correct. An organisation is chosen, or a new one is named with kind and sub-district."""

    name = TextField(default="")
    user_name = TextField(default="")
    phone = TextField(default="")
    organisation = NumberField()
    new_organisation = TextField(default="")
    kind = ChoiceField(tuple(OrganisationKind), default=OrganisationKind.VILLAGE)
    district = TextField(default="")
    cohort = NumberField()
    again = BooleanField()

    @classmethod
    def of(cls, who: PersonFact) -> PersonForm:
        """The form as it stands for an account."""
        organisation = who.organisation.id if who.organisation else None
        return cls(name=who.name, phone=who.phone or "", organisation=organisation)

    def new_person(self, organisation_id: int | None) -> NewPerson:
        """The account to add; it gets a one-time password."""
        return NewPerson(
            name=self.name.data or "",
            user_name=self.user_name.data or "",
            phone=self.phone.data or "",
            organisation_id=organisation_id,
            even_if_known=self.again.data,
        )

    def details(self, organisation_id: int | None) -> Details:
        """What is corrected."""
        return Details(self.name.data or "", self.phone.data or "", organisation_id)


class GrantForm(BaseForm):
    """A role and how far it reaches."""

    role = ChoiceField(tuple(Role))
    reach = TextField(default="")  # "everything", or "<kind>:<id>"

    @property
    def grant(self) -> Grant:
        """As the operations take it. Raises GrantUnclear."""
        kind, _, scope_id = (self.reach.data or "").partition(":")
        if self.role.data is None or kind not in set(ScopeKind):
            raise GrantUnclear
        return Grant(self.role.data, ScopeKind(kind), scope_id or None)


class CohortForm(BaseForm):
    """A cohort to make."""

    name = TextField(default="")
    starts_on = DayField()
    ends_on = DayField()


def read_order(fields: Mapping[str, str], slugs: Collection[str]) -> list[str]:
    """The courses with a number typed beside them (fields `position-<slug>`), by that number; others are left out."""
    numbered = []
    for slug in slugs:
        text = fields.get(f"position-{slug}", "").strip()
        if text.isascii() and text.isdecimal() and len(text) <= DIGITS:
            numbered.append((int(text), slug))
    return [slug for _, slug in sorted(numbered)]
