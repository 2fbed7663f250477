"""The forms of the kinds where one chooses: one option, several, true or false, a point of a scale."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.common import SHUFFLE, options, texts
from app.authoring.rules.question_forms.parts import Field, Only, Parts, Rows, Shape, Widget, one
from app.errors import N_

WEIGHED: Final = Only("scoring", frozenset({"weights"}))
UNWEIGHED: Final = Only("scoring", frozenset({"each", "all-or-nothing", "right-minus-excess"}))
RIGHT: Final = Field("correct", N_("Jawaban benar"), Widget.KEY, default="false")
COST: Final = Field(
    "weight",
    N_("Bobot"),
    Widget.PERCENT,
    suffix="%",
    hint=N_("Kosongkan saja kalau hanya satu yang mendapat nilai. Di bawah 0 mengurangi nilai."),
    rare=True,
)

SINGLE: Final[Parts] = (options(RIGHT, COST), SHUFFLE)
MULTIPLE: Final[Parts] = (
    options(
        Field("correct", N_("Jawaban benar"), Widget.FLAG, default="false", only=UNWEIGHED),
        Field("weight", N_("Bobot"), Widget.PERCENT, suffix="%", only=WEIGHED),
    ),
    Field(
        "scoring",
        N_("Cara menilai"),
        Widget.CHOICE,
        choices=MappingProxyType(
            {
                "each": N_("Yang benar menambah, yang salah mengurangi"),
                "weights": N_("Menurut bobot setiap pilihan"),
                "all-or-nothing": N_("Hanya dinilai kalau semuanya tepat"),
                "right-minus-excess": N_("Yang benar dikurangi centang yang berlebih"),
            }
        ),
        default="each",
        rare=True,
    ),
    SHUFFLE,
)
TRUE_FALSE: Final[Parts] = (
    Field(
        "answer",
        N_("Jawaban benar"),
        Widget.CHOICE,
        choices=MappingProxyType({"true": N_("Benar"), "false": N_("Salah")}),
        needed=True,
    ),
    Field("feedback_true", N_('Umpan balik untuk yang memilih "Benar"'), rare=True),
    Field("feedback_false", N_('Umpan balik untuk yang memilih "Salah"'), rare=True),
)
LIKERT: Final[Parts] = (
    Rows(
        "statements",
        N_("Pernyataan"),
        one(Shape(N_("Tambah pernyataan"), N_("Pernyataan"), (Field("text", N_("Pernyataan"), needed=True),))),
        begins=3,
        needed=True,
    ),
    Field(
        "scale",
        N_("Skala"),
        Widget.CHOICE,
        choices=MappingProxyType(
            {
                "": N_("Setuju atau tidak (5 tingkat)"),
                "agreement-5": N_("Sangat tidak setuju sampai sangat setuju"),
                "frequency-5": N_("Tidak pernah sampai selalu"),
                "satisfaction-5": N_("Sangat tidak puas sampai sangat puas"),
            }
        ),
    ),
    texts(
        "labels",
        N_("Label sendiri"),
        N_("Tambah label"),
        N_("Label"),
        hint=N_("Sebagai ganti skala di atas, dari yang terendah ke yang tertinggi."),
        rare=True,
    ),
)
