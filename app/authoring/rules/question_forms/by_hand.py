"""The forms of the kinds that a person marks, by a rubric or without."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.parts import Field, Parts, Rows, Shape, Widget, one
from app.errors import N_

RUBRIC: Final = Rows(
    "rubric",
    N_("Rubrik"),
    one(
        Shape(
            N_("Tambah kriteria"),
            N_("Kriteria"),
            (
                Field("id", N_("Kriteria"), Widget.NAME, default="kriteria"),
                Field("text", N_("Kriteria"), needed=True, hint=N_("Yang dilihat dari jawabannya.")),
                Rows(
                    "levels",
                    N_("Tingkat"),
                    one(
                        Shape(
                            N_("Tambah tingkat"),
                            N_("Tingkat"),
                            (
                                Field("text", N_("Tingkat"), needed=True),
                                Field("points", N_("Nilai"), Widget.NUMBER, needed=True),
                            ),
                        )
                    ),
                    begins=2,
                    needed=True,
                ),
            ),
        )
    ),
    hint=N_("Dipakai saat menilai. Tanpa rubrik, pengajar mengetik nilainya."),
)
LINES: Final = Field(
    "lines", N_("Tinggi kotak jawaban (baris)"), Widget.NUMBER, hint=N_("Kalau dikosongkan, 8."), rare=True
)
ESSAY: Final[Parts] = (
    Field("min_words", N_("Paling sedikit (kata)"), Widget.NUMBER),
    Field("max_words", N_("Paling banyak (kata)"), Widget.NUMBER),
    RUBRIC,
    LINES,
)
FILE: Final[Parts] = (
    Field(
        "accept",
        N_("Yang dikumpulkan"),
        Widget.CHOICE,
        choices=MappingProxyType(
            {"photo": N_("Foto"), "document": N_("Dokumen (PDF, Word, Excel)"), "any": N_("Foto atau dokumen")}
        ),
        default="photo",
    ),
    Field("max_files", N_("Paling banyak (file)"), Widget.NUMBER, default="1"),
    RUBRIC,
)
