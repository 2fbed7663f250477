"""Who may what: one enum of actions and one table. The guard asks it; nothing else decides by role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person is to the platform; one person may hold several."""

    LEARNER = "learner"
    TRAINER = "trainer"
    STAFF = "staff"
    ADMIN = "admin"


class Action(StrEnum):
    """What a route lets a person do. Every route declares one."""

    PUBLIC = "public"  # anybody, signed in or not
    OWN_ACCOUNT = "own_account"  # what concerns only oneself
    LEARN = "learn"  # read lessons, take quizzes, see one's own results
    SEE_COURSES = "see_courses"  # a trainer's list of courses, their revisions and faults
    PREVIEW = "preview"  # a course as learners see it, keys included
    AUTHOR = "author"  # drafts of a course: see them, change them, see who else does
    PUBLISH = "publish"  # give learners the draft, now or at a time
    SEE_ATTEMPTS = "see_attempts"  # other people's attempts at a quiz, with answers and marks
    CHANGE_ATTEMPTS = "change_attempts"  # open somebody's attempt again, take it out, put it back
    GRANT_TIME = "grant_time"  # other limits than a quiz has, for a person, a cohort or an attempt under way
    MARK = "mark"  # say what an essay is worth
    DECIDE_MARKS = "decide_marks"  # mark alone where two markers are asked for
    REGRADE = "regrade"  # give everybody's marks at a quiz anew, and decide on bad questions
    SEE_COMPETENCIES = "see_competencies"  # other people's scores
    SEE_SURVEYS = "see_surveys"  # what was answered to surveys; names only where the survey says so
    MANAGE_PEOPLE = "manage_people"  # accounts, one-time passwords, cohorts
    GRANT_ROLES = "grant_roles"  # say who is trainer, staff or admin, and how far that reaches


class ScopeKind(StrEnum):
    """How far a grant reaches."""

    OWN = "own"
    COURSES = "courses"
    ORGANISATIONS = "organisations"
    PLACES = "places"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role given to a person, and how far it reaches. `scope_id` is None for `own` and `everything`."""

    role: Role
    scope_kind: ScopeKind = ScopeKind.EVERYTHING
    scope_id: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a right to one action reaches. Every `get_` and every list takes it: what lies outside is 404."""

    person_id: int
    everything: bool = False
    courses: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


TABLE: Final[Mapping[Action, frozenset[Role]]] = {
    Action.OWN_ACCOUNT: frozenset(Role),
    Action.LEARN: frozenset(Role),
    Action.SEE_COURSES: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.PREVIEW: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.AUTHOR: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.PUBLISH: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.SEE_ATTEMPTS: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.CHANGE_ATTEMPTS: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.GRANT_TIME: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.MARK: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.DECIDE_MARKS: frozenset({Role.ADMIN}),
    Action.REGRADE: frozenset({Role.TRAINER, Role.ADMIN}),
    Action.SEE_COMPETENCIES: frozenset({Role.STAFF, Role.ADMIN}),
    Action.SEE_SURVEYS: frozenset({Role.TRAINER, Role.STAFF, Role.ADMIN}),
    Action.MANAGE_PEOPLE: frozenset({Role.STAFF, Role.ADMIN}),
    Action.GRANT_ROLES: frozenset({Role.ADMIN}),
}
"""Action -> roles that may do it. PUBLIC is not here: it asks for nobody."""

OWN_ONLY: Final = frozenset({Action.OWN_ACCOUNT, Action.LEARN})
"""Actions that reach only what is one's own, whatever the grant says."""


def allows(action: Action, grants: Collection[Grant]) -> bool:
    """Whether any of the grants allows the action."""
    return action is Action.PUBLIC or any(grant.role in TABLE[action] for grant in grants)


def scope_for(action: Action, person_id: int, grants: Collection[Grant]) -> Scope | None:
    """How far the person's grants reach for the action; None where none allows it."""
    granting = [grant for grant in grants if grant.role in TABLE[action]]
    if not granting:
        return None
    if action in OWN_ONLY:
        return Scope(person_id)
    reach: dict[ScopeKind, frozenset[str]] = {
        kind: frozenset(grant.scope_id for grant in granting if grant.scope_kind is kind and grant.scope_id)
        for kind in (ScopeKind.COURSES, ScopeKind.ORGANISATIONS, ScopeKind.PLACES)
    }
    return Scope(
        person_id,
        everything=any(grant.scope_kind is ScopeKind.EVERYTHING for grant in granting),
        courses=reach[ScopeKind.COURSES],
        organisations=reach[ScopeKind.ORGANISATIONS],
        places=reach[ScopeKind.PLACES],
    )
