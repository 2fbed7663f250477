"""One account for the office: correct, one-time password, close and open again, cohorts and roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.catalogue.queries import published
from app.errors import N_, Message
from app.people import operations
from app.people.permissions import Action, Role, Scope
from app.people.queries import DistrictFact, OrganisationFact, PersonFact, cohorts_of, get_cohort, get_person
from app.people.rules.authority import OwnAccount, check_may_change, may_change
from app.reports.blueprint import reports
from app.reports.forms.people import GrantForm, PersonForm
from app.reports.views.people import choices, chosen_organisation, region, slip
from app.web.frame import show_page
from app.web.guard import needs, person
from app.web.languages import language, tell

ROLE_LABELS: Final = {
    Role.LEARNER: N_("Peserta kursus"),
    Role.TRAINER: N_("Pengajar"),
    Role.STAFF: N_("Petugas"),
    Role.ADMIN: N_("Admin"),
}


@reports.get("/people/<int:person_id>")
@needs(Action.MANAGE_PEOPLE)
def person_account(scope: Scope, person_id: int) -> str:
    """One account: where the person belongs, when they last came, and what the office can do."""
    return person_page(scope, get_person(person_id, within=scope))


@reports.post("/people/<int:person_id>")
@needs(Action.MANAGE_PEOPLE)
def correct_person(scope: Scope, person_id: int) -> ResponseReturnValue:
    """Correct name, phone or organisation."""
    who, form = _changeable(scope, person_id), PersonForm(request.form)
    operations.correct_person(who.id, form.details(chosen_organisation(scope, form, who)), region=region())
    return _back(person_id, N_("Data %(name)s sudah disimpan.", name=form.name.data))


@reports.post("/people/<int:person_id>/password")
@needs(Action.MANAGE_PEOPLE)
def reset_password(scope: Scope, person_id: int) -> str:
    """Show a new one-time password: in this answer alone."""
    who = _changeable(scope, person_id)
    return slip(who, operations.reset_password(who.id))


@reports.post("/people/<int:person_id>/deactivate")
@needs(Action.MANAGE_PEOPLE)
def deactivate(scope: Scope, person_id: int) -> ResponseReturnValue:
    """Close an account; its results stay."""
    who = _changeable(scope, person_id)
    if who.id == scope.person_id:
        raise OwnAccount
    operations.deactivate(who.id)
    return _back(person_id, N_("Akun %(name)s dinonaktifkan. Hasil belajarnya tetap tersimpan.", name=who.name))


@reports.post("/people/<int:person_id>/reactivate")
@needs(Action.MANAGE_PEOPLE)
def reactivate(scope: Scope, person_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    who = _changeable(scope, person_id)
    operations.reactivate(who.id)
    return _back(person_id, N_("Akun %(name)s aktif lagi.", name=who.name))


@reports.post("/people/<int:person_id>/cohorts")
@needs(Action.MANAGE_PEOPLE)
def join_cohort(scope: Scope, person_id: int) -> ResponseReturnValue:
    """Put a person into a cohort."""
    who, form = get_person(person_id, within=scope), PersonForm(request.form)
    cohort = get_cohort(form.cohort.data or 0)
    operations.enrol(cohort.id, [who.id])
    return _back(person_id, N_("%(name)s masuk %(cohort)s.", name=who.name, cohort=cohort.name))


@reports.post("/people/<int:person_id>/cohorts/<int:cohort_id>/leave")
@needs(Action.MANAGE_PEOPLE)
def leave_cohort(scope: Scope, person_id: int, cohort_id: int) -> ResponseReturnValue:
    """Take a person out of a cohort."""
    who, cohort = get_person(person_id, within=scope), get_cohort(cohort_id)
    operations.remove_member(cohort.id, who.id)
    return _back(person_id, N_("%(name)s dikeluarkan dari %(cohort)s.", name=who.name, cohort=cohort.name))


@reports.post("/people/<int:person_id>/grants")
@needs(Action.GRANT_ROLES)
def grant_role(scope: Scope, person_id: int) -> ResponseReturnValue:
    """Give a role, or take it back."""
    who, form = get_person(person_id, within=scope), GrantForm(request.form)
    if "remove" in request.form:
        operations.revoke(who.id, form.grant)
    else:
        operations.grant(who.id, form.grant, now=clock.now())
    return _back(person_id, N_("Peran %(name)s sudah diubah.", name=who.name))


def person_page(scope: Scope, who: PersonFact, form: PersonForm | None = None, sentence: Message | None = None) -> str:
    """The page of one account; `form` and `sentence` where a correction could not be kept."""
    offered = choices(scope)
    reaches = _reaches(offered["organisations"], offered["districts"])
    return show_page(
        "reports/people_person.html",
        here="reports.people",
        who=who,
        form=form or PersonForm.of(who),
        sentence=tell(sentence) if sentence else "",
        joined=cohorts_of(who.id),
        changeable=may_change(person().grants, who.grants),
        oneself=who.id == scope.person_id,
        roles=ROLE_LABELS,
        reaches=reaches,
        reach_names={value: name for _, names in reaches for value, name in names.items()},
        **offered,
    )


def _changeable(scope: Scope, person_id: int) -> PersonFact:
    who = get_person(person_id, within=scope)
    check_may_change(person().grants, who.grants)
    return who


def _reaches(
    organisations: Sequence[OrganisationFact], districts: Sequence[DistrictFact]
) -> list[tuple[Message, dict[str, str]]]:
    """What a grant can be limited to: heading -> the form's value -> name."""
    return [
        (N_("Satu lembaga"), {f"organisations:{each.id}": each.name for each in organisations}),
        (N_("Satu kecamatan"), {f"places:{each.id}": each.name for each in districts}),
        (
            N_("Satu kursus"),
            {f"courses:{slug}": each.course.title.in_(language()) for slug, each in sorted(published().items())},
        ),
    ]


def _back(person_id: int, note: Message) -> ResponseReturnValue:
    flash(tell(note))
    return redirect(url_for("reports.person_account", person_id=person_id), 303)
