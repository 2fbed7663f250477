"""Who may change whose account. Nobody rises above himself by giving somebody a new password."""

from __future__ import annotations

from collections.abc import Collection

from app.errors import N_, Refusal
from app.people.permissions import Action, Grant, Role, ScopeKind, scope_for


class AccountProtected(Refusal):
    """An account of somebody who may do more than the one who wants to change it."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("Akun ini hanya dapat diubah oleh admin."))


class OwnAccount(Refusal):
    """Nobody closes the account he is working with."""

    def __init__(self) -> None:
        super().__init__(N_("Ini akun Anda sendiri. Mintalah petugas lain untuk menonaktifkannya."))


class LastAdmin(Refusal):
    """Without an admin nobody could grant roles any more."""

    def __init__(self) -> None:
        super().__init__(N_("Ini satu-satunya admin. Jadikan orang lain admin lebih dahulu."))


class GrantUnclear(Refusal):
    """A grant whose reach does not fit its kind."""

    status = 422

    def __init__(self) -> None:
        super().__init__(N_("Pilih sampai di mana peran ini berlaku."))


def may_change(own: Collection[Grant], theirs: Collection[Grant]) -> bool:
    """Whether somebody with the grants `own` may change the account of one with `theirs` (places are checked apart).

    An admin may change every account. Others change no admin's, and a staff member's only where they reach everything.
    """
    if any(grant.role is Role.ADMIN for grant in own):
        return True
    scope = scope_for(Action.MANAGE_PEOPLE, 0, own)
    roles = {grant.role for grant in theirs}
    if scope is None or Role.ADMIN in roles:
        return False
    return scope.everything or Role.STAFF not in roles


def check_may_change(own: Collection[Grant], theirs: Collection[Grant]) -> None:
    """Raises AccountProtected where `may_change` says no."""
    if not may_change(own, theirs):
        raise AccountProtected


def checked_grant(role: Role, kind: ScopeKind, scope_id: str | None) -> Grant:
    """A grant whose reach is whole: everything has no id, the other reaches have one. Raises GrantUnclear."""
    scope_id = (scope_id or "").strip() or None
    if kind is ScopeKind.OWN or role in {Role.LEARNER, Role.ADMIN}:
        if kind is not ScopeKind.EVERYTHING or scope_id:
            raise GrantUnclear
    elif (kind is ScopeKind.EVERYTHING) is not (scope_id is None):
        raise GrantUnclear
    return Grant(role, kind, scope_id)
