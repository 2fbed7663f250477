"""The kinds of place where people work or read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.errors import N_, Message


class OrganisationKind(StrEnum):
    """What an organisation is. The value is what is stored; KIND_LABELS says it to people."""

    VILLAGE = "village"
    SCHOOL = "school"
    READING_PARK = "reading_park"
    OTHER = "other"


KIND_LABELS: Final[Mapping[OrganisationKind, Message]] = {
    OrganisationKind.VILLAGE: N_("Perpustakaan desa"),
    OrganisationKind.SCHOOL: N_("Perpustakaan sekolah"),
    OrganisationKind.READING_PARK: N_("TBM"),
    OrganisationKind.OTHER: N_("Lainnya"),
}
