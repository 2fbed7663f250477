"""A person's password: changed by its owner, or replaced by a one-time password that the owner must change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from app.db import begin_write, db
from app.errors import NotFound
from app.people.models import Person
from app.people.operations.failures import Key, count_try, store_forgotten
from app.people.passwords import hash_password, matches, new_one_time_password
from app.people.rules.delays import CounterKind
from app.people.rules.passwords import OldPasswordWrong, PasswordUnchanged, checked_password


def change_password(person_id: int, old: str, new: str, *, now: datetime) -> int:
    """Keep a new password and end every session; the new session version is for the one it was done in.

    `old` is not looked at where the password must be changed. Raises PasswordRefused, SignInDelayed, NotFound.
    """
    columns = (Person.user_name, Person.password_hash, Person.must_change_password)
    row = db.session.execute(select(*columns).where(Person.id == person_id)).one_or_none()
    if row is None:
        raise NotFound
    password = checked_password(new, row.user_name)
    keys = (Key(f"change:{person_id}", CounterKind.BROWSER),)
    if row.must_change_password:
        if matches(row.password_hash, new, one_time=True):
            raise PasswordUnchanged
    else:
        count_try(keys, now)
        if not matches(row.password_hash, old, one_time=False):
            raise OldPasswordWrong
    kept = hash_password(password)
    begin_write()
    store_forgotten(keys)
    version = _store_password(person_id, kept, must_change=False)
    db.session.commit()
    return version


def reset_password(person_id: int) -> str:
    """Replace the password by a one-time password, returned this once, and end every session. Raises NotFound."""
    one_time = new_one_time_password()
    kept = hash_password(one_time)
    begin_write()
    _store_password(person_id, kept, must_change=True)
    db.session.commit()
    return one_time


def _store_password(person_id: int, kept: str, *, must_change: bool) -> int:
    changed = (
        update(Person)
        .where(Person.id == person_id)
        .values(password_hash=kept, must_change_password=must_change, session_version=Person.session_version + 1)
        .returning(Person.session_version)
    )
    version = db.session.scalar(changed)
    if version is None:
        raise NotFound
    return version
