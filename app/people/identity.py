"""Who is signed in: the one statement every page begins with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.db import read
from app.people.models import GrantRow, Person
from app.people.permissions import Grant, Role, ScopeKind


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind this request, with what Flask-Login asks of a user."""

    id: int
    name: str
    language: str
    session_version: int
    must_change_password: bool
    grants: tuple[Grant, ...]

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the session keeps: the person and the version that a new password ends."""
        return f"{self.id}.{self.session_version}"

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held, whatever its scope."""
        return frozenset(grant.role for grant in self.grants)


_SIGNED_IN = (
    select(
        Person.__table__.c.name,
        Person.__table__.c.language,
        Person.__table__.c.must_change_password,
        GrantRow.__table__.c.role,
        GrantRow.__table__.c.scope_kind,
        GrantRow.__table__.c.scope_id,
    )
    .select_from(Person.__table__.outerjoin(GrantRow.__table__))
    .where(
        Person.__table__.c.id == bindparam("person_id"),
        Person.__table__.c.session_version == bindparam("version"),
        Person.__table__.c.active,
    )
    .order_by(GrantRow.__table__.c.id)
)


def signed_in(session_id: str) -> SignedIn | None:
    """The person of a session; None where it is forged, older than the password, or the account is inactive."""
    person, _, version = session_id.partition(".")
    if not (person.isdecimal() and version.isdecimal()):
        return None
    rows = read(_SIGNED_IN, {"person_id": int(person), "version": int(version)})
    if not rows:
        return None
    grants = tuple(Grant(Role(row.role), ScopeKind(row.scope_kind), row.scope_id) for row in rows if row.role)
    first = rows[0]
    return SignedIn(int(person), first.name, first.language, int(version), first.must_change_password, grants)
