"""People for the office: find them, and add one."""

from __future__ import annotations

from typing import Any, cast

from flask import current_app, request

from app import clock
from app.errors import NotFound, Refusal
from app.people import operations
from app.people.operations.accounts import Namesake
from app.people.permissions import Action, Scope
from app.people.queries import (
    PersonFact,
    cohorts,
    districts,
    find_people,
    get_cohort,
    get_organisation,
    get_person,
    organisations,
)
from app.people.rules.organisations import KIND_LABELS, OrganisationKind
from app.reports.blueprint import reports
from app.reports.forms.people import PeopleForm, PersonForm
from app.settings import Settings
from app.web.frame import show_page
from app.web.guard import needs
from app.web.languages import tell


@reports.get("/people")
@needs(Action.MANAGE_PEOPLE)
def people(scope: Scope) -> str:
    """Those who match what the address asks."""
    form = PeopleForm(request.args)
    found = find_people(form.wanted, scope, form.page.data or 1, region())
    return show_page("reports/people.html", here="reports.people", form=form, found=found, **choices(scope))


@reports.get("/people/new")
@needs(Action.MANAGE_PEOPLE)
def new_person(scope: Scope) -> str:
    """The form for a new account."""
    return new_person_page(scope, PersonForm())


@reports.post("/people")
@needs(Action.MANAGE_PEOPLE)
def add_person(scope: Scope) -> str:
    """Make the account and show its one-time password: in this answer alone, never in an address."""
    form = PersonForm(request.form)
    cohort = get_cohort(form.cohort.data) if form.cohort.data else None
    added = operations.add_person(form.new_person(chosen_organisation(scope, form)), region=region(), now=clock.now())
    if cohort:
        operations.enrol(cohort.id, [added.person_id])
    return slip(get_person(added.person_id, Scope(added.person_id)), added.one_time)


def chosen_organisation(scope: Scope, form: PersonForm, who: PersonFact | None = None) -> int | None:
    """The organisation that was chosen or named. Whose reach is limited chooses one within it. Raises NotFound."""
    if form.new_organisation.data and scope.everything:
        kind = form.kind.data or OrganisationKind.VILLAGE
        return operations.add_organisation(form.new_organisation.data, kind, form.district.data or "")
    if who and who.organisation and who.organisation.id == form.organisation.data:
        return who.organisation.id
    if form.organisation.data:
        return get_organisation(form.organisation.data, within=scope).id
    if not scope.everything:
        raise NotFound
    return None


def choices(scope: Scope) -> dict[str, Any]:
    """What the forms about people offer to choose from."""
    return {
        "organisations": organisations(scope),
        "districts": districts(scope),
        "cohorts": [each.cohort for each in cohorts(scope)],
        "kinds": KIND_LABELS,
        "everywhere": scope.everything,
    }


def new_person_page(scope: Scope, form: PersonForm, refusal: Refusal | None = None) -> str:
    """The form for a new account; `refusal` where it could not be made."""
    return show_page(
        "reports/people_new.html",
        here="reports.people",
        form=form,
        sentence=tell(refusal.message) if refusal else "",
        namesake=isinstance(refusal, Namesake),
        **choices(scope),
    )


def slip(who: PersonFact, one_time: str | None) -> str:
    """The page with a one-time password, to be printed."""
    address = request.url_root.removesuffix("/")
    return show_page("reports/people_slip.html", here="reports.people", who=who, one_time=one_time, address=address)


def region() -> str:
    """The country of phone numbers typed without one."""
    return cast("Settings", current_app.extensions["settings"]).phone_region
