"""The forms of the kinds where one arranges: pairs, an order, groups."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.common import ONE_EACH, SHUFFLE, texts
from app.authoring.rules.question_forms.parts import Field, Parts, Rows, Shape, Widget, one
from app.errors import N_

MATCHING: Final[Parts] = (
    Rows(
        "pairs",
        N_("Pasangan"),
        one(
            Shape(
                N_("Tambah pasangan"),
                N_("Pasangan"),
                (Field("text", N_("Butir"), needed=True), Field("match", N_("Pasangannya"), needed=True)),
            )
        ),
        hint=N_("Satu pasangan boleh dipakai beberapa butir."),
        begins=3,
        needed=True,
    ),
    texts(
        "extra",
        N_("Pengecoh"),
        N_("Tambah pengecoh"),
        N_("Pengecoh"),
        hint=N_("Pilihan yang bukan pasangan butir mana pun."),
    ),
    ONE_EACH,
    SHUFFLE,
)
ORDERING: Final[Parts] = (
    texts(
        "items",
        N_("Butir dalam urutan yang benar"),
        N_("Tambah butir"),
        N_("Butir"),
        hint=N_("Tulis dari yang pertama sampai yang terakhir. Peserta melihatnya dalam urutan lain."),
        begins=3,
        needed=True,
    ),
    Field(
        "scoring",
        N_("Cara menilai"),
        Widget.CHOICE,
        choices=MappingProxyType(
            {
                "next": N_("Setiap butir yang tepat sebelum butir berikutnya"),
                "position": N_("Setiap butir di tempatnya sendiri"),
                "longest": N_("Rangkaian terpanjang yang urutannya benar"),
                "all-or-nothing": N_("Hanya dinilai kalau semuanya benar"),
            }
        ),
        default="next",
        rare=True,
    ),
)
CATEGORISE: Final[Parts] = (
    Rows(
        "groups",
        N_("Kelompok"),
        one(
            Shape(
                N_("Tambah kelompok"),
                N_("Kelompok"),
                (
                    Field("id", N_("Nama kelompok"), Widget.NAME, default="kelompok"),
                    Field("text", N_("Nama kelompok"), needed=True),
                ),
            )
        ),
        begins=2,
        needed=True,
    ),
    Rows(
        "items",
        N_("Butir"),
        one(
            Shape(
                N_("Tambah butir"),
                N_("Butir"),
                (
                    Field("text", N_("Butir"), needed=True),
                    Field("group", N_("Kelompoknya"), Widget.GROUP, needed=True),
                ),
            )
        ),
        begins=4,
        needed=True,
    ),
    ONE_EACH,
    SHUFFLE,
)
