"""Signing in on both databases: the counters, and whom they slow down."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app.people import operations
from app.people.models import Person, SignInCounter
from app.people.operations import Attempt, Details, Entered, authenticate
from app.people.operations.sign_in import AccountClosed, SignInFailed
from app.people.passwords import Passwords
from app.people.rules.delays import SignInDelayed
from app.people.rules.passwords import OldPasswordWrong, PasswordTooShort, PasswordUnchanged
from tests.ground.cast import NOW, PASSWORD, Cast

SECOND = timedelta(seconds=1)


def try_in(
    login: str, password: str = PASSWORD, now: datetime = NOW, address: str = "10.0.0.1", mark: str | None = None
) -> Entered:
    browsers = dict.fromkeys(range(1, 10), mark) if mark else {}
    return authenticate(Attempt(login=login, password=password, address=address, browsers=browsers), now=now)


def fail(login: str, times: int, now: datetime = NOW, address: str = "10.0.0.1") -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            try_in(login, "salah", now, address)


def counters(db: SQLAlchemy) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.sum(SignInCounter.failures))) or 0


def test_user_name_and_phone_both_sign_in_and_the_moment_is_kept(cast: Cast, db: SQLAlchemy) -> None:
    operations.correct_person(cast.siti, Details("Siti Aminah", "0813 3456 7890", None))
    assert try_in("Siti") == Entered(cast.siti, 1)
    later = NOW + timedelta(days=1)
    assert try_in("+62 813-3456-7890", now=later).person_id == cast.siti
    who = db.session.execute(select(Person.first_signed_in_at, Person.last_signed_in_at).where(Person.id == cast.siti))
    assert tuple(who.one()) == (NOW, later)


def test_wrong_passwords_and_unknown_names_are_refused_alike(cast: Cast, db: SQLAlchemy) -> None:
    told = []
    for login in ("siti", "agus", "0899 1234 5678", "", "x\0y"):
        with pytest.raises(SignInFailed) as refusal:
            try_in(login, "salah sekali")
        told.append(refusal.value.message)
    assert len({str(message) for message in told}) == 1


@pytest.mark.parametrize("login", ["siti", "agus"])
def test_after_four_failures_the_fifth_brings_a_delay_that_grows(cast: Cast, db: SQLAlchemy, login: str) -> None:
    fail(login, 5)
    with pytest.raises(SignInDelayed) as told:
        try_in(login)
    assert told.value.seconds == 5
    fail(login, 1, NOW + 5 * SECOND)
    with pytest.raises(SignInDelayed) as told:
        try_in(login, now=NOW + 6 * SECOND)
    assert told.value.seconds == 9


def test_a_refused_try_neither_counts_nor_extends(cast: Cast, db: SQLAlchemy) -> None:
    fail("siti", 5)
    before = counters(db)
    for _ in range(30):
        with pytest.raises(SignInDelayed):
            try_in("siti", "salah", NOW + SECOND)
    assert counters(db) == before
    assert try_in("siti", now=NOW + 5 * SECOND).person_id == cast.siti


def test_success_forgets_the_failures(cast: Cast, db: SQLAlchemy) -> None:
    fail("siti", 4)
    try_in("siti")
    assert counters(db) == 0
    fail("siti", 4)


def test_failures_at_one_address_delay_nobody_elsewhere_and_no_other_account(cast: Cast, db: SQLAlchemy) -> None:
    fail("siti", 5)
    assert try_in("siti", address="10.0.0.2").person_id == cast.siti
    assert try_in("rahmat").person_id == cast.rahmat


def test_many_addresses_together_bring_a_short_delay_that_a_known_browser_does_not_feel(
    cast: Cast, db: SQLAlchemy
) -> None:
    for number in range(20):
        fail("siti", 1, address=f"10.0.1.{number}")
    with pytest.raises(SignInDelayed) as told:
        try_in("siti", address="10.0.2.1")
    assert told.value.seconds == 15
    assert try_in("siti", address="10.0.2.1", mark="hp-siti").person_id == cast.siti
    assert try_in("siti", address="10.0.2.1", now=NOW + 15 * SECOND).person_id == cast.siti


def test_a_known_browser_is_delayed_by_its_own_failures(cast: Cast, db: SQLAlchemy) -> None:
    for _ in range(5):
        with pytest.raises(SignInFailed):
            try_in("siti", "salah", mark="hp-siti")
    with pytest.raises(SignInDelayed):
        try_in("siti", mark="hp-siti")
    assert try_in("siti").person_id == cast.siti


def test_a_hundred_people_behind_one_address_get_in(cast: Cast, db: SQLAlchemy) -> None:
    for number in range(100):
        new = operations.NewPerson(name=f"Peserta {number}", user_name=f"peserta{number}", password=PASSWORD)
        operations.add_person(new, now=NOW)
    fail("peserta0", 1)
    entered = {try_in(f"peserta{number}").person_id for number in range(100)}
    assert len(entered) == 100


def test_a_closed_account_is_told_so_only_with_its_password(cast: Cast, db: SQLAlchemy) -> None:
    operations.deactivate(cast.siti)
    with pytest.raises(SignInFailed):
        try_in("siti", "salah")
    with pytest.raises(AccountClosed):
        try_in("siti")


def test_a_one_time_password_gets_in_as_people_type_it_and_must_be_changed(cast: Cast, db: SQLAlchemy) -> None:
    words = operations.reset_password(cast.siti)
    with pytest.raises(SignInFailed):
        try_in("siti")
    entered = try_in("siti", words.title().replace(" ", "  "))
    assert entered.session_version == 2
    with pytest.raises(PasswordUnchanged):
        operations.change_password(cast.siti, "", words.upper(), now=NOW)
    assert operations.change_password(cast.siti, "", "sandi milik siti", now=NOW) == 3
    assert try_in("siti", "sandi milik siti").session_version == 3
    with pytest.raises(SignInFailed):
        try_in("siti", "Sandi milik siti")


def test_a_new_password_asks_for_the_old_one_and_guessing_it_is_delayed(cast: Cast, db: SQLAlchemy) -> None:
    with pytest.raises(PasswordTooShort):
        operations.change_password(cast.siti, PASSWORD, "pendek", now=NOW)
    for _ in range(5):
        with pytest.raises(OldPasswordWrong):
            operations.change_password(cast.siti, "salah", "sandi milik siti", now=NOW)
    with pytest.raises(SignInDelayed):
        operations.change_password(cast.siti, PASSWORD, "sandi milik siti", now=NOW)
    assert operations.change_password(cast.siti, PASSWORD, "sandi milik siti", now=NOW + 5 * SECOND) == 2


def test_a_password_kept_at_an_older_cost_is_kept_anew(cast: Cast, db: SQLAlchemy) -> None:
    from flask import current_app

    def kept() -> str:
        db.session.rollback()
        return db.session.scalar(select(Person.password_hash).where(Person.id == cast.siti)) or ""

    old = kept()
    current_app.extensions["passwords"] = Passwords(memory=16, passes=1)
    try_in("siti")
    assert kept() != old
    assert "m=16,t=1" in kept()
    try_in("siti")


def test_old_counters_are_swept_away(cast: Cast, db: SQLAlchemy) -> None:
    fail("siti", 1)
    assert operations.forget_failures(now=NOW) == 0
    assert operations.forget_failures(now=NOW + timedelta(days=2)) == 2
    assert counters(db) == 0


def test_yesterdays_failures_count_no_more(cast: Cast, db: SQLAlchemy) -> None:
    fail("siti", 4)
    fail("siti", 4, NOW + timedelta(days=1))
