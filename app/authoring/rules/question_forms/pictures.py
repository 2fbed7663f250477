"""The form of a question about a figure: which picture, its areas in per cent, and how they are pointed at."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.common import FEEDBACK
from app.authoring.rules.question_forms.parts import Field, Only, Parts, Rows, Shape, Widget
from app.errors import N_

BY_AREA: Final = Only("mode", frozenset({"area"}))
BY_POINT: Final = Only("mode", frozenset({"point"}))

_NAME: Final = Field("label", N_("Nama bagian"), needed=True, hint=N_("Katakan letaknya, jangan jawabannya."))
_RIGHT: Final = Field("correct", N_("Jawaban benar"), Widget.FLAG, default="false")
_X: Final = Field("x", N_("Dari kiri"), Widget.PLACE, needed=True, suffix="%")
_Y: Final = Field("y", N_("Dari atas"), Widget.PLACE, needed=True, suffix="%")

HOTSPOT: Final[Parts] = (
    Field("image", N_("Gambar"), Widget.LINE, needed=True),
    Field(
        "alt",
        N_("Apa yang tampak di gambar"),
        needed=True,
        hint=N_("Untuk yang tidak dapat melihat gambarnya. Jangan sebut jawabannya."),
    ),
    Rows(
        "areas",
        N_("Bagian gambar"),
        MappingProxyType(
            {
                "rectangle": Shape(
                    N_("Tambah kotak"),
                    N_("Kotak"),
                    (
                        _NAME,
                        _RIGHT,
                        _X,
                        _Y,
                        Field("width", N_("Lebar"), Widget.PLACE, needed=True, suffix="%"),
                        Field("height", N_("Tinggi"), Widget.PLACE, needed=True, suffix="%"),
                        FEEDBACK,
                    ),
                ),
                "circle": Shape(
                    N_("Tambah lingkaran"),
                    N_("Lingkaran"),
                    (
                        _NAME,
                        _RIGHT,
                        _X,
                        _Y,
                        Field("radius", N_("Jari-jari"), Widget.PLACE, needed=True, suffix="%"),
                        FEEDBACK,
                    ),
                ),
                "polygon": Shape(
                    N_("Tambah bidang bersudut"),
                    N_("Bidang bersudut"),
                    (
                        _NAME,
                        _RIGHT,
                        Field(
                            "corners",
                            N_("Titik sudut"),
                            Widget.CORNERS,
                            needed=True,
                            hint=N_("Berkeliling, setiap titik kiri,atas dalam persen. Misalnya: 60,80 90,80 90,100"),
                        ),
                        FEEDBACK,
                    ),
                ),
            }
        ),
        by="shape",
        needed=True,
        drawn="image",
    ),
    Field(
        "mode",
        N_("Cara menjawab"),
        Widget.CHOICE,
        choices=MappingProxyType(
            {
                "area": N_("Memilih bagian yang bernomor"),
                "point": N_("Menunjuk satu titik, tanpa melihat bagiannya"),
            }
        ),
        default="area",
        rare=True,
    ),
    Field("several", N_("Boleh memilih lebih dari satu"), Widget.FLAG, default="false", only=BY_AREA, rare=True),
    Field("shuffle", N_("Acak nomor bagian"), Widget.FLAG, default="true", only=BY_AREA, rare=True),
    Field(
        "grid",
        N_("Kisi"),
        Widget.LINE,
        default="8x6",
        hint=N_("Kolom x baris, paling banyak 20x20."),
        only=BY_POINT,
        rare=True,
    ),
    Field(
        "tolerance",
        N_("Boleh meleset sejauh"),
        Widget.PERCENT,
        default="0",
        suffix="%",
        only=BY_POINT,
        rare=True,
    ),
)
