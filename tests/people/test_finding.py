"""Finding people on both databases, always within a scope."""

from __future__ import annotations

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.errors import NotFound
from app.people import operations
from app.people.operations import Attempt, NewPerson, authenticate
from app.people.permissions import Grant, Role, Scope
from app.people.queries import PeopleFilter, districts, find_people, get_organisation, get_person, organisations
from app.people.queries.people import PAGE
from app.people.rules.organisations import OrganisationKind
from tests.ground.cast import NOW, PASSWORD, Cast

EVERYBODY = Scope(0, everything=True)


@pytest.fixture
def school(cast: Cast, db: SQLAlchemy) -> int:
    """A school library elsewhere, with one reader: Nor Hidayah, who has a phone and is in Angkatan I."""
    place = operations.add_organisation("SMP Contoh 2", OrganisationKind.SCHOOL, "Kecamatan Contoh Hulu")
    new = NewPerson(name="Nor Hidayah", phone="0813 3456 7890", organisation_id=place)
    added = operations.add_person(new, now=NOW)
    operations.enrol(operations.add_cohort("Angkatan I"), [added.person_id])
    return place


def names(wanted: PeopleFilter, within: Scope = EVERYBODY) -> list[str]:
    return [each.name for each in find_people(wanted, within).people]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Admin Kantor", "Noor Jannah", "Nor Hidayah", "Rahmat Hidayat", "Siti Aminah"]),
        ("hiday", ["Nor Hidayah", "Rahmat Hidayat"]),
        ("SITI", ["Siti Aminah"]),
        ("+62 813-3456-7890", ["Nor Hidayah"]),
        ("%", []),
        ("tidak ada", []),
    ],
)
def test_people_are_found_by_part_of_a_name_or_a_whole_phone(school: int, text: str, found: list[str]) -> None:
    assert names(PeopleFilter(text=text)) == found


def test_people_are_found_by_place_kind_cohort_and_absence(school: int, cast: Cast, db: SQLAlchemy) -> None:
    authenticate(Attempt(login="siti", password=PASSWORD, address="10.0.0.1"), now=NOW)
    hulu = next(each.id for each in districts(EVERYBODY) if each.name == "Kecamatan Contoh Hulu")
    cohort = operations.add_cohort("Angkatan II")
    operations.enrol(cohort, [cast.siti])
    assert names(PeopleFilter(organisation_id=school)) == ["Nor Hidayah"]
    assert names(PeopleFilter(district_id=hulu)) == ["Nor Hidayah"]
    assert names(PeopleFilter(kind=OrganisationKind.VILLAGE)) == ["Siti Aminah"]
    assert names(PeopleFilter(cohort_id=cohort)) == ["Siti Aminah"]
    assert "Siti Aminah" not in names(PeopleFilter(never_signed_in=True))
    assert names(PeopleFilter(kind=OrganisationKind.VILLAGE, never_signed_in=True)) == []


def test_a_limited_scope_finds_only_its_own_people(school: int, cast: Cast, db: SQLAlchemy) -> None:
    hulu = next(each.id for each in districts(EVERYBODY) if each.name == "Kecamatan Contoh Hulu")
    for scope in (
        Scope(cast.noor, organisations=frozenset({str(school)})),
        Scope(cast.noor, places=frozenset({str(hulu)})),
    ):
        assert names(PeopleFilter(), scope) == ["Nor Hidayah"]
        assert [each.id for each in organisations(scope)] == [school]
        assert [each.id for each in districts(scope)] == [hulu]
        with pytest.raises(NotFound):
            get_person(cast.siti, scope)
        with pytest.raises(NotFound):
            get_organisation(cast.organisation, scope)
    own = Scope(cast.siti)
    assert get_person(cast.siti, own).name == "Siti Aminah"
    assert names(PeopleFilter(), own) == ["Siti Aminah"]
    assert names(PeopleFilter(), Scope(cast.noor, courses=frozenset({"ti-3"}))) == []
    operations.set_courses(operations.add_cohort("III"), ["ti-3"], has_path=False)
    operations.enrol(2, [cast.siti])
    assert names(PeopleFilter(), Scope(cast.noor, courses=frozenset({"ti-3"}))) == ["Siti Aminah"]


def test_the_list_comes_in_pages_with_everybodys_roles(cast: Cast, db: SQLAlchemy) -> None:
    for number in range(PAGE):
        new = NewPerson(name=f"Orang {number:03}", user_name=f"orang{number}", password=PASSWORD)
        operations.add_person(new, now=NOW)
    first, last = find_people(PeopleFilter(), EVERYBODY), find_people(PeopleFilter(), EVERYBODY, 9)
    assert (first.total, first.page, first.pages, len(first.people)) == (PAGE + 4, 1, 2, PAGE)
    assert (last.page, len(last.people)) == (2, 4)
    assert not {each.id for each in first.people} & {each.id for each in last.people}
    admin = next(each for each in first.people if each.id == cast.admin)
    assert admin.grants == (Grant(Role.ADMIN),)
