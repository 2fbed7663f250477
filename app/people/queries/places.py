"""Where people belong: organisations and the sub-districts they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, true

from app.db import db
from app.errors import NotFound
from app.people.models import District, Organisation
from app.people.permissions import Scope
from app.people.rules.organisations import OrganisationKind


@dataclass(frozen=True, slots=True)
class DistrictFact:
    """A sub-district (kecamatan)."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class OrganisationFact:
    """An organisation with its sub-district."""

    id: int
    name: str
    kind: OrganisationKind
    district: DistrictFact


def ids(texts: frozenset[str]) -> list[int]:
    """The row ids of a scope's organisations or places; what is no number names nothing."""
    return sorted(int(text) for text in texts if text.isdecimal())


def organisations_within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Organisation` rows that a scope sets."""
    if scope.everything:
        return true()
    if not scope.organisations and not scope.places:
        return false()
    return or_(Organisation.id.in_(ids(scope.organisations)), Organisation.district_id.in_(ids(scope.places)))


_ORGANISATIONS = select(
    Organisation.id,
    Organisation.name,
    Organisation.kind,
    District.id.label("district_id"),
    District.name.label("place"),
).join(District, District.id == Organisation.district_id)


def organisations(within: Scope) -> tuple[OrganisationFact, ...]:
    """The organisations in reach, by name."""
    chosen = _ORGANISATIONS.where(organisations_within(within)).order_by(Organisation.name, District.name)
    return tuple(_organisation(*row) for row in db.session.execute(chosen))


def get_organisation(organisation_id: int, within: Scope) -> OrganisationFact:
    """One of them. Raises NotFound."""
    chosen = _ORGANISATIONS.where(Organisation.id == organisation_id, organisations_within(within))
    row = db.session.execute(chosen).one_or_none()
    if row is None:
        raise NotFound
    return _organisation(*row)


def districts(within: Scope) -> tuple[DistrictFact, ...]:
    """The sub-districts in reach, by name: those of the scope, and those its organisations stand in."""
    chosen = select(District.id, District.name).order_by(District.name)
    if not within.everything:
        standing = select(Organisation.district_id).where(organisations_within(within))
        chosen = chosen.where(or_(District.id.in_(ids(within.places)), District.id.in_(standing)))
    return tuple(DistrictFact(*row) for row in db.session.execute(chosen))


def _organisation(organisation_id: int, name: str, kind: str, district_id: int, place: str) -> OrganisationFact:
    return OrganisationFact(organisation_id, name, OrganisationKind(kind), DistrictFact(district_id, place))
