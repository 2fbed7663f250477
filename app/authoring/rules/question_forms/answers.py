"""What is accepted as an answer, as the kinds that are typed in and the gaps of a passage share it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.common import CASE, FEEDBACK, FRACTION
from app.authoring.rules.question_forms.parts import Field, Parts, Rows, Shape, Widget, one
from app.errors import N_

WORDS: Final = Rows(
    "answers",
    N_("Jawaban yang diterima"),
    one(
        Shape(
            N_("Tambah jawaban"),
            N_("Jawaban"),
            (
                Field(
                    "text",
                    N_("Jawaban"),
                    needed=True,
                ),
                FRACTION,
                FEEDBACK,
            ),
        )
    ),
    hint=N_(
        "Dicoba dari atas ke bawah. Tanda * berarti teks apa saja, misalnya *salmah*. Jawaban yang kurang tepat boleh "
        "diberi nilai di bawah 100%."
    ),
    begins=1,
    needed=True,
)
NUMBERS: Final = Rows(
    "answers",
    N_("Jawaban yang diterima"),
    one(
        Shape(
            N_("Tambah jawaban"),
            N_("Jawaban"),
            (
                Field("value", N_("Bilangan"), Widget.NUMBER, needed=True),
                Field("tolerance", N_("Boleh meleset"), Widget.NUMBER, default="0"),
                FRACTION,
                FEEDBACK,
                Field(
                    "tolerance_type",
                    N_("Cara menghitung meleset"),
                    Widget.CHOICE,
                    choices=MappingProxyType(
                        {
                            "nominal": N_("Kurang atau lebih sebanyak itu"),
                            "relative": N_("Sebagian dari bilangannya (0,1 berarti 10%)"),
                            "geometric": N_("Dibagi atau dikali (1 + itu)"),
                        }
                    ),
                    default="nominal",
                    rare=True,
                ),
            ),
        )
    ),
    hint=N_("Dicoba dari atas ke bawah. Tanda * berarti bilangan apa saja."),
    begins=1,
    needed=True,
)
UNITS: Final[Parts] = (
    Rows(
        "units",
        N_("Satuan"),
        one(
            Shape(
                N_("Tambah satuan"),
                N_("Satuan"),
                (
                    Field("unit", N_("Satuan"), Widget.LINE, needed=True, hint=N_("Misalnya cm.")),
                    Field(
                        "factor",
                        N_("Berapa dari ini sama dengan satu satuan jawaban"),
                        Widget.NUMBER,
                        default="1",
                        hint=N_("cm: 100, kalau jawabannya dalam m."),
                    ),
                ),
            )
        ),
        hint=N_("Kalau jawabannya boleh memakai satuan, tulis satuannya di sini."),
        rare=True,
    ),
    Field(
        "unit_penalty",
        N_("Potongan kalau satuannya salah atau tidak ditulis"),
        Widget.PERCENT,
        hint=N_("Kalau dikosongkan, satuan boleh tidak ditulis."),
        suffix="%",
        rare=True,
    ),
    Field(
        "unit_position",
        N_("Letak satuan"),
        Widget.CHOICE,
        choices=MappingProxyType(
            {
                "either": N_("Di depan atau di belakang bilangan"),
                "after": N_("Di belakang bilangan"),
                "before": N_("Di depan bilangan"),
            }
        ),
        default="either",
        rare=True,
    ),
)
WORD_PARTS: Final[Parts] = (WORDS, CASE)
NUMBER_PARTS: Final[Parts] = (NUMBERS, *UNITS)
