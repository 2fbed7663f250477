"""Where the made-up people work. Every place is invented: a real village shown as weak would be hurt by it.

Villages are named after things to read, which no village of Kotabaru is; schools carry the word Contoh.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.people.rules.organisations import OrganisationKind

DISTRICTS: Final = ("Teluk Melati", "Pulau Aksara", "Muara Pantun", "Rantau Kisah", "Bukit Hikayat")

VILLAGES: Final = (
    "Sungai Bait", "Layar Senja", "Tanjung Lembar", "Karang Huruf", "Ujung Cerita", "Batu Dongeng",
    "Kampung Sajak", "Muara Kalam", "Telaga Tinta", "Simpang Syair", "Pulau Pena", "Lubuk Gurindam",
    "Pantai Alinea", "Kuala Prosa", "Padang Kamus", "Rimba Kata", "Sungai Kertas", "Teluk Catatan",
    "Bukit Naskah", "Tanjung Bacaan", "Karang Pustaka", "Sumber Halaman", "Mekar Paragraf", "Bandar Buku",
    "Danau Puisi", "Air Jilid", "Gunung Risalah", "Rawa Warkah", "Hulu Babad", "Hilir Tambo",
)  # fmt: skip

SCHOOLS: Final = (
    *(f"SDN Contoh {number}" for number in range(1, 13)),
    *(f"SMPN Contoh {number}" for number in range(1, 6)),
    *(f"MI Contoh {number}" for number in range(1, 4)),
)

READING_PARKS: Final = (
    "Layar Ilmu", "Perahu Kata", "Sauh Cerita", "Dermaga Bacaan", "Lentera Bait", "Jangkar Aksara", "Rakit Dongeng",
    "Pelita Pantun",
)  # fmt: skip

OTHERS: Final = (
    "Pojok Baca Puskesmas Contoh",
    "Perpustakaan Masjid Contoh",
    "Perpustakaan Panti Contoh",
    "Pojok Baca Pelabuhan Contoh",
)


@dataclass(frozen=True, slots=True)
class Place:
    """An invented organisation and the invented sub-district it lies in."""

    name: str
    kind: OrganisationKind
    district: str


def places() -> tuple[Place, ...]:
    """Every invented organisation, spread evenly over the sub-districts."""
    named = tuple(_named())
    return tuple(Place(name, kind, DISTRICTS[index % len(DISTRICTS)]) for index, (name, kind) in enumerate(named))


def _named() -> Iterator[tuple[str, OrganisationKind]]:
    for village in VILLAGES:
        yield f"Perpustakaan Desa {village}", OrganisationKind.VILLAGE
    for school in SCHOOLS:
        yield f"Perpustakaan {school}", OrganisationKind.SCHOOL
    for park in READING_PARKS:
        yield f"TBM {park}", OrganisationKind.READING_PARK
    for other in OTHERS:
        yield other, OrganisationKind.OTHER
