"""Organisations and sub-districts: found by their name, or made."""

from __future__ import annotations

from sqlalchemy import func, select

from app.db import db
from app.errors import N_
from app.people.models import District, Organisation
from app.people.operations.races import settled
from app.people.rules.names import EntryRefused, plain_name
from app.people.rules.organisations import OrganisationKind


class DistrictMissing(EntryRefused):
    """A new organisation without its sub-district could not be found again by place."""

    def __init__(self) -> None:
        super().__init__(N_("Isi juga kecamatan lembaga yang baru."))


def add_district(name: str) -> int:
    """The id of the sub-district of this name (letters' case aside), made where there is none. Raises NameMissing."""
    name = plain_name(name, 120)
    return settled(lambda: store_district(name))


def add_organisation(name: str, kind: OrganisationKind, district: str) -> int:
    """The id of the organisation of this name in this sub-district, both made where there are none.

    Raises NameMissing, DistrictMissing.

    One that is there keeps its kind.
    """
    if not district.strip():
        raise DistrictMissing
    name, district = plain_name(name), plain_name(district, 120)
    return settled(lambda: store_organisation(name, kind, district))


def store_district(name: str) -> int:
    """`add_district` within the caller's transaction."""
    found = db.session.scalar(select(District.id).where(func.lower(District.name) == name.lower()).limit(1))
    if found is not None:
        return found
    made = District(name=name)
    db.session.add(made)
    db.session.flush()
    return made.id


def store_organisation(name: str, kind: OrganisationKind, district: str) -> int:
    """`add_organisation` within the caller's transaction."""
    district_id = store_district(district)
    alike = select(Organisation.id).where(
        func.lower(Organisation.name) == name.lower(), Organisation.district_id == district_id
    )
    found = db.session.scalar(alike.limit(1))
    if found is not None:
        return found
    made = Organisation(name=name, kind=kind.value, district_id=district_id)
    db.session.add(made)
    db.session.flush()
    return made.id
