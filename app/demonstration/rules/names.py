"""Names for made-up people, as they sound around Kotabaru: Banjar, Bugis, Javanese. Put together by chance."""

from __future__ import annotations

from random import Random
from typing import Final

_FLAVOURS: Final[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = (
    (
        (
            "Norhayati", "Rusmiati", "Mastorah", "Halimatus", "Rahimah", "Fitriah", "Noorlaila", "Saniah", "Jumiati",
            "Yusran", "Fauzan", "Hamdani", "Syahrani", "Rifani", "Akhmad", "Jailani", "Ruspandi", "Taufik",
        ),
        (
            "Hasanah", "Salamah", "Rahmi", "Aulia", "Latifah", "Ramadhan", "Arifin", "Hidayat", "Anshari", "Maulana",
            "Kurnia", "Safitri",
        ),
    ),
    (
        (
            "Andi Tenri", "Besse", "Nurhalisa", "Hasnawati", "Indo Upe", "Suriani", "Rosdiana", "Andi Fatimah",
            "Ambo Tuo", "Muhammad Arsyad", "Baharuddin", "Syamsul", "Andi Rusli", "Lukman", "Saharuddin",
        ),
        ("Mappeasse", "Tenriawaru", "Sulolipu", "Pawennari", "Makkulau", "Paduppa", "Sompeng", "Lawarani", "Arung"),
    ),
    (
        (
            "Sri Wahyuni", "Endang", "Suparmi", "Wulan", "Retno", "Tri", "Dwi", "Yuni", "Siti Komariah", "Bambang",
            "Joko", "Sugeng", "Wahyu", "Eko", "Slamet", "Teguh",
        ),
        (
            "Lestari", "Handayani", "Puspitasari", "Wulandari", "Prasetyo", "Setyawan", "Nugroho", "Purnomo",
            "Widodo", "Astuti", "Susanto",
        ),
    ),
)  # fmt: skip
_WEIGHTS: Final = (50, 25, 25)  # how many of a hundred


def made_up_name(chance: Random) -> str:
    """A name of two or three words."""
    given, family = chance.choices(_FLAVOURS, _WEIGHTS)[0]
    return f"{chance.choice(given)} {chance.choice(family)}"


def user_name_of(name: str, number: int) -> str:
    """A user name that only this number has: `norhayati.hasanah17`."""
    words = name.lower().split()
    return f"{words[0]}.{words[-1]}{number}"
