"""The forms of passages with gaps."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.answers import NUMBER_PARTS, WORD_PARTS
from app.authoring.rules.question_forms.choosing import COST, RIGHT
from app.authoring.rules.question_forms.common import SHUFFLE, options
from app.authoring.rules.question_forms.parts import Field, Parts, Rows, Shape, Widget, one
from app.errors import N_

_WEIGHT: Final = Field("weight", N_("Bobot"), Widget.NUMBER, default="1", rare=True)
CLOZE: Final[Parts] = (
    Rows(
        "gaps",
        N_("Rumpang"),
        MappingProxyType(
            {
                "text": Shape(N_("Tambah rumpang kata"), N_("Rumpang kata"), (*WORD_PARTS, _WEIGHT)),
                "number": Shape(N_("Tambah rumpang angka"), N_("Rumpang angka"), (*NUMBER_PARTS, _WEIGHT)),
                "choice": Shape(
                    N_("Tambah rumpang pilihan"), N_("Rumpang pilihan"), (options(RIGHT, COST, begins=3), _WEIGHT)
                ),
            }
        ),
        by="type",
        hint=N_("Tulis [[1]] di dalam teks, di tempat rumpang pertama, [[2]] di tempat yang kedua, dan seterusnya."),
        needed=True,
        marked=True,
    ),
    SHUFFLE,
)
GAP_SELECT: Final[Parts] = (
    Rows(
        "choices",
        N_("Kata untuk dipilih"),
        one(
            Shape(
                N_("Tambah kata"),
                N_("Kata"),
                (
                    Field("text", N_("Kata"), needed=True),
                    Field(
                        "group",
                        N_("Kelompok kata"),
                        Widget.SLUG,
                        hint=N_("Rumpang hanya menawarkan kata dari kelompok kata yang benar."),
                        rare=True,
                    ),
                ),
            )
        ),
        hint=N_("Tulis [[1]] di dalam teks, di tempat kata pertama. Kata tanpa tempat menjadi pengecoh."),
        begins=3,
        needed=True,
        marked=True,
    ),
    Field("reuse", N_("Satu kata boleh dipakai di beberapa rumpang"), Widget.FLAG, default="false", rare=True),
    SHUFFLE,
)
