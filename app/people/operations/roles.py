"""Roles: given to people and taken back, each with its reach."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select

from app.db import begin_write, db
from app.errors import NotFound
from app.people.models import District, GrantRow, Organisation, Person
from app.people.operations.moving import moving
from app.people.operations.races import settled
from app.people.permissions import Grant, Role, ScopeKind
from app.people.rules.authority import GrantUnclear, LastAdmin, checked_grant


def grant(person_id: int, given: Grant, *, now: datetime) -> None:
    """Give a role, once. Raises GrantUnclear where its reach names nothing, NotFound."""
    given = checked_grant(given.role, given.scope_kind, given.scope_id)

    def change() -> None:
        _lock(person_id)
        _check_reach(given)
        with moving(person_id):
            store_grant(person_id, given, now)

    settled(change)


def revoke(person_id: int, taken: Grant) -> None:
    """Take a role back; one that was not given is no fault. Raises LastAdmin, NotFound."""
    begin_write()
    _lock(person_id)
    rows = db.session.scalars(select(GrantRow).where(*_same(person_id, taken))).all()
    if taken.role is Role.ADMIN and rows and not _other_admins(person_id):
        raise LastAdmin
    with moving(person_id):
        for row in rows:
            db.session.delete(row)
    db.session.commit()


def store_grant(person_id: int, given: Grant, now: datetime) -> None:
    """Give a role within the caller's transaction."""
    if db.session.scalar(select(GrantRow.id).where(*_same(person_id, given)).limit(1)) is None:
        db.session.add(
            GrantRow(
                person_id=person_id,
                role=given.role.value,
                scope_kind=given.scope_kind.value,
                scope_id=given.scope_id,
                granted_at=now,
            )
        )
        db.session.flush()


def _same(person_id: int, wanted: Grant) -> tuple[ColumnElement[bool], ...]:
    return (
        GrantRow.person_id == person_id,
        GrantRow.role == wanted.role.value,
        GrantRow.scope_kind == wanted.scope_kind.value,
        GrantRow.scope_id.is_not_distinct_from(wanted.scope_id),
    )


def _other_admins(person_id: int) -> bool:
    others = (
        select(GrantRow.id)
        .join(Person, Person.id == GrantRow.person_id)
        .where(GrantRow.role == Role.ADMIN.value, GrantRow.person_id != person_id, Person.active)
        .with_for_update()
    )
    return db.session.scalars(others).first() is not None


def _check_reach(given: Grant) -> None:
    ids = {ScopeKind.ORGANISATIONS: Organisation.id, ScopeKind.PLACES: District.id}.get(given.scope_kind)
    if ids is not None:
        wanted = int(given.scope_id) if given.scope_id and given.scope_id.isdecimal() else -1
        if db.session.scalar(select(ids).where(ids == wanted)) is None:
            raise GrantUnclear


def _lock(person_id: int) -> None:
    if db.session.scalar(select(Person.id).where(Person.id == person_id).with_for_update()) is None:
        raise NotFound
