"""Accounts on both databases: added, corrected, closed, given roles."""

from __future__ import annotations

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.errors import NotFound
from app.people import operations
from app.people.identity import signed_in
from app.people.operations import Details, NewPerson
from app.people.operations.accounts import Namesake, PhoneTaken, UserNameTaken
from app.people.permissions import Grant, Role, Scope, ScopeKind
from app.people.queries import get_person, person_named
from app.people.rules.authority import GrantUnclear, LastAdmin
from app.people.rules.organisations import OrganisationKind
from tests.ground.cast import NOW, Cast

EVERYBODY = Scope(0, everything=True)


def add(name: str, **more: object) -> operations.Added:
    return operations.add_person(NewPerson(name=name, **more), now=NOW)  # type: ignore[arg-type]


def test_a_person_is_added_with_a_suggested_name_and_three_words(cast: Cast, db: SQLAlchemy) -> None:
    added = add("Nor Hidayah", phone="0813 3456 7890", organisation_id=cast.organisation)
    assert added.user_name == "nor"
    assert added.one_time is not None
    assert len(added.one_time.split()) == 3
    who = get_person(added.person_id, EVERYBODY)
    assert (who.name, who.phone, who.must_change_password) == ("Nor Hidayah", "+6281334567890", True)
    assert who.organisation is not None
    assert (who.organisation.kind, who.organisation.district.name) == (
        OrganisationKind.VILLAGE,
        "Kecamatan Contoh Laut",
    )
    assert who.roles == {Role.LEARNER}
    assert who.first_signed_in_at is None
    assert added.one_time not in repr(who)


def test_the_suggested_name_steps_aside_for_people_who_have_it(cast: Cast, db: SQLAlchemy) -> None:
    assert add("Siti Rahmah").user_name == "sitirahmah"
    assert add("Siti").user_name == "siti2"


def test_a_user_name_and_a_phone_are_one_persons_only(cast: Cast, db: SQLAlchemy) -> None:
    add("Nor", phone="0813 3456 7890")
    with pytest.raises(UserNameTaken):
        add("Orang lain", user_name="SITI")
    with pytest.raises(PhoneTaken):
        add("Orang lain", phone="+62 813-3456-7890")
    with pytest.raises(PhoneTaken):
        operations.correct_person(cast.siti, Details("Siti Aminah", "081334567890", None))


def test_the_same_name_at_the_same_place_is_asked_about_first(cast: Cast, db: SQLAlchemy) -> None:
    with pytest.raises(Namesake) as told:
        add("siti aminah", organisation_id=cast.organisation)
    assert "siti" in str(told.value.message)
    assert add("Siti Aminah", organisation_id=None).user_name == "sitiaminah"
    assert add("Siti Aminah", organisation_id=cast.organisation, even_if_known=True).user_name == "siti2"


def test_a_correction_keeps_ones_own_phone_and_moves_the_organisation(cast: Cast, db: SQLAlchemy) -> None:
    operations.correct_person(cast.siti, Details("Siti Aminah", "081334567890", cast.organisation))
    operations.correct_person(cast.siti, Details("Siti Aminah, S.Pd.", "0813 3456 7890", None))
    who = get_person(cast.siti, EVERYBODY)
    assert (who.name, who.phone, who.organisation) == ("Siti Aminah, S.Pd.", "+6281334567890", None)
    operations.set_organisation(cast.siti, cast.organisation)
    assert get_person(cast.siti, EVERYBODY).organisation is not None


def test_a_closed_account_keeps_its_row_and_loses_its_sessions_for_good(cast: Cast, db: SQLAlchemy) -> None:
    assert signed_in(f"{cast.siti}.1") is not None
    operations.deactivate(cast.siti)
    assert signed_in(f"{cast.siti}.1") is None
    assert not get_person(cast.siti, EVERYBODY).active
    operations.reactivate(cast.siti)
    assert get_person(cast.siti, EVERYBODY).active
    assert signed_in(f"{cast.siti}.1") is None
    assert signed_in(f"{cast.siti}.2") is not None


def test_a_role_is_given_once_and_taken_back(cast: Cast, db: SQLAlchemy) -> None:
    given = Grant(Role.STAFF, ScopeKind.ORGANISATIONS, str(cast.organisation))
    operations.grant(cast.siti, given, now=NOW)
    operations.grant(cast.siti, given, now=NOW)
    assert get_person(cast.siti, EVERYBODY).grants == (Grant(Role.LEARNER), given)
    operations.revoke(cast.siti, given)
    operations.revoke(cast.siti, given)
    assert get_person(cast.siti, EVERYBODY).grants == (Grant(Role.LEARNER),)


def test_a_role_for_a_place_that_does_not_exist_is_refused(cast: Cast, db: SQLAlchemy) -> None:
    for nowhere in ("999999", "abc"):
        with pytest.raises(GrantUnclear):
            operations.grant(cast.siti, Grant(Role.STAFF, ScopeKind.ORGANISATIONS, nowhere), now=NOW)


def test_the_last_admin_stays_admin(cast: Cast, db: SQLAlchemy) -> None:
    with pytest.raises(LastAdmin):
        operations.revoke(cast.admin, Grant(Role.ADMIN))
    operations.grant(cast.noor, Grant(Role.ADMIN), now=NOW)
    operations.revoke(cast.admin, Grant(Role.ADMIN))
    assert get_person(cast.admin, EVERYBODY).roles == set()


def test_changes_to_nobody_are_told_so(cast: Cast, db: SQLAlchemy) -> None:
    for change in (operations.deactivate, operations.reactivate, operations.reset_password):
        with pytest.raises(NotFound):
            change(999_999)
    with pytest.raises(NotFound):
        operations.grant(999_999, Grant(Role.STAFF), now=NOW)


def test_a_language_is_kept_and_an_unknown_one_changes_nothing(cast: Cast, db: SQLAlchemy) -> None:
    operations.choose_language(cast.siti, "en")
    operations.choose_language(cast.siti, "xx")
    assert get_person(cast.siti, EVERYBODY).language == "en"


def test_an_organisation_is_made_once_however_it_is_written(cast: Cast, db: SQLAlchemy) -> None:
    again = operations.add_organisation(
        "perpustakaan desa  melati (contoh)", OrganisationKind.OTHER, "kecamatan contoh laut"
    )
    elsewhere = operations.add_organisation("Perpustakaan Desa Melati (contoh)", OrganisationKind.VILLAGE, "Hulu")
    assert again == cast.organisation
    assert elsewhere != again
    assert operations.add_district("HULU") == operations.add_district("Hulu")


def test_a_person_is_found_by_user_name_or_phone(cast: Cast, db: SQLAlchemy) -> None:
    operations.correct_person(cast.siti, Details("Siti Aminah", "081334567890", None))
    for login in ("siti", " SITI ", "+62 813 3456 7890"):
        found = person_named(login)
        assert found is not None
        assert found.id == cast.siti
    assert person_named("agus") is None
