"""Signing in: who is it, is the password right, and how long to wait after failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, or_, select, update

from app.db import begin_write, db
from app.errors import N_, NotFound, Refusal
from app.people.models import Person
from app.people.operations.failures import Key, count_try, store_forgotten
from app.people.passwords import hash_password, matches, passwords
from app.people.rules.delays import CounterKind
from app.people.rules.names import Login, read_login


class SignInFailed(Refusal):
    """No such name, or not its password: the same sentence for both."""

    status = 401

    def __init__(self) -> None:
        super().__init__(N_("Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil."))


class AccountClosed(Refusal):
    """The password is right, but the office has deactivated the account."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("Akun ini sudah dinonaktifkan. Hubungi petugas kalau ini keliru."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A try to sign in. `browsers` tells the accounts this browser signed in to before: person id -> its mark there."""

    login: str
    password: str = field(repr=False)
    address: str
    browsers: Mapping[int, str] = field(default_factory=dict)
    region: str = "ID"


@dataclass(frozen=True, slots=True)
class Entered:
    """An account that was signed in to, with what its session keeps."""

    person_id: int
    session_version: int

    @property
    def session_id(self) -> str:
        """As `SignedIn.get_id` says it."""
        return f"{self.person_id}.{self.session_version}"


def authenticate(attempt: Attempt, *, now: datetime) -> Entered:
    """Sign in. The try is counted first and forgotten again when it proves right.

    Raises SignInDelayed, SignInFailed, AccountClosed.
    """
    login = read_login(attempt.login, attempt.region)
    row = _account(login)
    keys = _keys(login, row.id if row else None, attempt)
    count_try(keys, now)
    one_time = bool(row and row.must_change_password)
    if not matches(row.password_hash if row else None, attempt.password, one_time=one_time) or row is None:
        raise SignInFailed
    if not row.active:
        raise AccountClosed
    begin_write()
    store_forgotten(keys)
    store_entry(row.id, now)
    if not one_time and passwords().outdated(row.password_hash):
        renewed = hash_password(attempt.password)
        same = (Person.id == row.id, Person.password_hash == row.password_hash)
        db.session.execute(update(Person).where(*same).values(password_hash=renewed))
    db.session.commit()
    return Entered(row.id, row.session_version)


def enter(user_name: str, *, now: datetime) -> Entered:
    """Sign in without a password: for the demonstration's four accounts alone. Raises NotFound."""
    row = _account(Login(user_name, None))
    if row is None or not row.active:
        raise NotFound
    begin_write()
    store_entry(row.id, now)
    db.session.commit()
    return Entered(row.id, row.session_version)


def store_entry(person_id: int, now: datetime) -> None:
    """Note within the caller's transaction that a person signed in."""
    first = func.coalesce(Person.first_signed_in_at, now, type_=Person.first_signed_in_at.type)
    db.session.execute(
        update(Person).where(Person.id == person_id).values(first_signed_in_at=first, last_signed_in_at=now)
    )


def _account(login: Login) -> Any:
    columns = (Person.id, Person.password_hash, Person.must_change_password, Person.session_version, Person.active)
    named = Person.user_name == login.user_name
    mine = or_(named, Person.phone == login.phone) if login.phone else named
    return db.session.execute(select(*columns).where(mine)).one_or_none()


def _keys(login: Login, person_id: int | None, attempt: Attempt) -> tuple[Key, ...]:
    """A name that nobody has is counted as one that somebody has, so that waiting tells no difference."""
    mark = attempt.browsers.get(person_id) if person_id is not None else None
    if mark is not None:
        return (Key(f"browser:{person_id}:{_short(mark)}", CounterKind.BROWSER),)
    account = str(person_id) if person_id is not None else f"?{_short(login.phone or login.user_name)}"
    return (
        Key(f"address:{account}:{_short(attempt.address)}", CounterKind.ADDRESS),
        Key(f"account:{account}", CounterKind.ACCOUNT),
    )


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]
