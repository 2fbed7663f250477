"""What was typed about people cannot be kept: the form again, with what was typed and why."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app.db import db
from app.people.permissions import Action, Scope, scope_for
from app.people.queries import get_person
from app.people.rules.names import EntryRefused
from app.reports.blueprint import reports
from app.reports.forms.people import CohortForm, PersonForm
from app.reports.views.cohorts import list_page
from app.reports.views.people import new_person_page
from app.reports.views.person import person_page
from app.web.guard import person


@reports.errorhandler(EntryRefused)
def typed_wrong(refusal: EntryRefused) -> ResponseReturnValue:
    """The page whose form it was; the guard has let this person send it, so the scope is there."""
    db.session.rollback()
    who = person()
    scope = scope_for(Action.MANAGE_PEOPLE, who.id, who.grants) or Scope(who.id)
    if request.endpoint == "reports.add_cohort":
        return list_page(scope, CohortForm(request.form), refusal.message), refusal.status
    if request.endpoint == "reports.add_person":
        return new_person_page(scope, PersonForm(request.form), refusal), refusal.status
    shown = get_person((request.view_args or {})["person_id"], within=scope)
    return person_page(scope, shown, PersonForm(request.form), refusal.message), refusal.status
