"""Changes to people: one verb each, split by subject."""

from app.people.operations.accounts import (
    Added,
    Details,
    NewPerson,
    add_person,
    choose_language,
    correct_person,
    deactivate,
    reactivate,
    set_organisation,
)
from app.people.operations.cohorts import add_cohort, enrol, remove_member, set_courses
from app.people.operations.failures import forget_failures
from app.people.operations.passwords import change_password, reset_password
from app.people.operations.places import add_district, add_organisation
from app.people.operations.roles import grant, revoke
from app.people.operations.sign_in import Attempt, Entered, authenticate, enter

__all__ = [
    "Added",
    "Attempt",
    "Details",
    "Entered",
    "NewPerson",
    "add_cohort",
    "add_district",
    "add_organisation",
    "add_person",
    "authenticate",
    "change_password",
    "choose_language",
    "correct_person",
    "deactivate",
    "enrol",
    "enter",
    "forget_failures",
    "grant",
    "reactivate",
    "remove_member",
    "reset_password",
    "revoke",
    "set_courses",
    "set_organisation",
]
