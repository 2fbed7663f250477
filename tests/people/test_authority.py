"""Who may change whose account: nobody rises above himself by giving somebody a new password."""

from __future__ import annotations

import pytest

from app.people.permissions import Action, Grant, Role, Scope, ScopeKind, scope_for
from app.people.rules.authority import AccountProtected, GrantUnclear, check_may_change, checked_grant, may_change

LEARNER, TRAINER, STAFF, ADMIN = (Grant(role) for role in Role)
STAFF_OF_ONE = Grant(Role.STAFF, ScopeKind.ORGANISATIONS, "7")


@pytest.mark.parametrize(
    ("own", "theirs", "allowed"),
    [
        (ADMIN, ADMIN, True),
        (ADMIN, STAFF, True),
        (STAFF, LEARNER, True),
        (STAFF, TRAINER, True),
        (STAFF, STAFF, True),
        (STAFF, ADMIN, False),
        (STAFF_OF_ONE, LEARNER, True),
        (STAFF_OF_ONE, STAFF, False),
        (STAFF_OF_ONE, STAFF_OF_ONE, False),
        (TRAINER, LEARNER, False),
        (LEARNER, LEARNER, False),
    ],
)
def test_who_may_change_whose_account(own: Grant, theirs: Grant, allowed: bool) -> None:
    assert may_change([own], [theirs]) is allowed
    if not allowed:
        with pytest.raises(AccountProtected):
            check_may_change([own], [theirs])


def test_an_admin_who_also_learns_stays_out_of_the_staffs_reach() -> None:
    assert not may_change([STAFF], [LEARNER, ADMIN])


@pytest.mark.parametrize(
    ("role", "kind", "scope_id"),
    [
        (Role.STAFF, ScopeKind.EVERYTHING, "3"),
        (Role.STAFF, ScopeKind.ORGANISATIONS, ""),
        (Role.STAFF, ScopeKind.PLACES, None),
        (Role.STAFF, ScopeKind.OWN, None),
        (Role.ADMIN, ScopeKind.PLACES, "3"),
        (Role.LEARNER, ScopeKind.COURSES, "ti-3"),
    ],
)
def test_a_grant_whose_reach_is_not_whole_is_refused(role: Role, kind: ScopeKind, scope_id: str | None) -> None:
    with pytest.raises(GrantUnclear):
        checked_grant(role, kind, scope_id)


def test_a_grant_reaches_as_far_as_it_says() -> None:
    given = checked_grant(Role.STAFF, ScopeKind.PLACES, " 3 ")
    assert given == Grant(Role.STAFF, ScopeKind.PLACES, "3")
    assert scope_for(Action.MANAGE_PEOPLE, 1, [given]) == Scope(1, places=frozenset({"3"}))
    assert scope_for(Action.GRANT_ROLES, 1, [given]) is None
