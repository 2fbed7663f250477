"""Accounts: added, corrected, closed and opened again. Never deleted: results hang on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app.db import db
from app.errors import N_, NotFound
from app.people.models import Person
from app.people.operations.moving import moving
from app.people.operations.races import settled
from app.people.operations.roles import store_grant
from app.people.passwords import hash_password, new_one_time_password
from app.people.permissions import Grant, Role
from app.people.queries.people import namesakes
from app.people.rules.names import EntryRefused, checked_phone, checked_user_name, plain_name, suggested_user_names
from app.people.rules.passwords import checked_password
from app.texts.local import DEFAULT_LANGUAGE, LANGUAGES


class UserNameTaken(EntryRefused):
    """Somebody else has this user name."""

    status = 409

    def __init__(self, user_name: str) -> None:
        super().__init__(N_("Nama pengguna %(name)s sudah dipakai orang lain.", name=user_name))


class PhoneTaken(EntryRefused):
    """A phone number is for signing in only where it is one person's own."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("Nomor HP ini sudah dipakai akun lain. Kosongkan kalau HP dipakai bersama."))


class Namesake(EntryRefused):
    """An account of this name at this organisation exists; a second one would be a second history of one person."""

    status = 409

    def __init__(self, name: str, user_name: str) -> None:
        super().__init__(
            N_("%(name)s di lembaga ini sudah punya akun (%(user_name)s).", name=name, user_name=user_name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """An account to be made. Without `password` it gets a one-time password, without `user_name` a suggested one."""

    name: str
    user_name: str = ""
    phone: str = ""
    organisation_id: int | None = None
    language: str = DEFAULT_LANGUAGE
    password: str | None = None
    grants: tuple[Grant, ...] = (Grant(Role.LEARNER),)
    even_if_known: bool = False  # also where an account of this name exists at this organisation


@dataclass(frozen=True, slots=True)
class Added:
    """An account that was made. `one_time` is told this once; None where a password was given."""

    person_id: int
    user_name: str
    one_time: str | None


@dataclass(frozen=True, slots=True)
class Details:
    """What the office can correct of an account. An empty `phone` is none."""

    name: str
    phone: str
    organisation_id: int | None


def add_person(new: NewPerson, *, region: str = "ID", now: datetime) -> Added:
    """Make an account. `region` is the country of a phone number typed without one.

    Raises NameMissing, UserNameRefused, UserNameTaken, PhoneRefused, PhoneTaken, PasswordRefused, Namesake.
    """
    name, phone = plain_name(new.name), checked_phone(new.phone, region)
    asked_for = checked_user_name(new.user_name) if new.user_name.strip() else None
    one_time = new_one_time_password() if new.password is None else None
    kept = hash_password(one_time or checked_password(new.password or "", asked_for or ""))

    def change() -> Added:
        _check_namesakes(new, name)
        _check_free_phone(phone, None)
        user_name = _free_user_name(asked_for, name)
        _check_namesakes(new, name)  # the same press committed meanwhile may be why this name is another
        person = Person(
            name=name,
            user_name=user_name,
            phone=phone,
            password_hash=kept,
            must_change_password=one_time is not None,
            language=new.language if new.language in LANGUAGES else DEFAULT_LANGUAGE,
            organisation_id=new.organisation_id,
            created_at=now,
        )
        db.session.add(person)
        db.session.flush()
        for each in new.grants:
            store_grant(person.id, each, now)
        return Added(person.id, person.user_name, one_time)

    return settled(change)


def correct_person(person_id: int, details: Details, *, region: str = "ID") -> None:
    """Correct name, phone and organisation. Raises NameMissing, PhoneRefused, PhoneTaken, NotFound."""
    name, phone = plain_name(details.name), checked_phone(details.phone, region)

    def change() -> None:
        _check_free_phone(phone, person_id)
        _move(person_id, name=name, phone=phone, organisation_id=details.organisation_id)

    settled(change)


def set_organisation(person_id: int, organisation_id: int | None) -> None:
    """Say where a person works or reads now. Raises NotFound."""
    settled(lambda: _move(person_id, organisation_id=organisation_id))


def deactivate(person_id: int) -> None:
    """Close an account: its sessions end at once, its results stay. Raises NotFound."""
    settled(lambda: _move(person_id, active=False, session_version=Person.session_version + 1))


def reactivate(person_id: int) -> None:
    """Open a closed account again, with the password it had. Raises NotFound."""
    settled(lambda: _move(person_id, active=True))


def choose_language(person_id: int, language: str) -> None:
    """Keep the language a person reads in; another than LANGUAGES changes nothing."""
    if language in LANGUAGES:
        settled(lambda: _update(person_id, language=language))


def _free_user_name(asked_for: str | None, name: str) -> str:
    for candidate in [asked_for] if asked_for else suggested_user_names(name):
        if db.session.scalar(select(Person.id).where(Person.user_name == candidate)) is None:
            return candidate
    raise UserNameTaken(asked_for or name)


def _check_namesakes(new: NewPerson, name: str) -> None:
    known = () if new.even_if_known else namesakes(name, new.organisation_id)
    if known:
        raise Namesake(name, known[0].user_name)


def _check_free_phone(phone: str | None, person_id: int | None) -> None:
    owner = db.session.scalar(select(Person.id).where(Person.phone == phone)) if phone else None
    if owner is not None and owner != person_id:
        raise PhoneTaken


def _move(person_id: int, **values: object) -> None:
    with moving(person_id):
        _update(person_id, **values)


def _update(person_id: int, **values: object) -> None:
    done = db.session.execute(update(Person).where(Person.id == person_id).values(values))
    if not done.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise NotFound
