"""What the forms of most kinds share."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.parts import BARE, Field, Parts, Rows, Shape, Widget, one
from app.errors import N_, Message
from app.questions.base import Question

LEVELS: Final = MappingProxyType({"easy": N_("Mudah"), "medium": N_("Sedang"), "hard": N_("Sukar")})

TEXT: Final = Field("text", N_("Pertanyaan"), Widget.PROSE, needed=True)
FEEDBACK: Final = Field("feedback", N_("Umpan balik"))
FRACTION: Final = Field("fraction", N_("Nilai"), Widget.PERCENT, default="100", suffix="%")
CASE: Final = Field("case_sensitive", N_("Huruf besar dan kecil harus tepat"), Widget.FLAG, default="false", rare=True)
SHUFFLE: Final = Field("shuffle", N_("Acak urutannya untuk setiap peserta"), Widget.FLAG, default="true", rare=True)
ONE_EACH: Final = Field(
    "scoring",
    N_("Cara menilai"),
    Widget.CHOICE,
    choices=MappingProxyType(
        {
            "each": N_("Setiap butir yang benar mendapat nilai"),
            "all-or-nothing": N_("Hanya dinilai kalau semuanya benar"),
        }
    ),
    default="each",
    rare=True,
)

COMPETENCY: Final = Field("competency", N_("Kompetensi"), Widget.COMPETENCY)
DIFFICULTY: Final = Field(
    "difficulty",
    N_("Tingkat kesukaran"),
    Widget.CHOICE,
    choices=LEVELS,
    default=Question.model_fields["difficulty"].default,
)
POINTS: Final = Field("points", N_("Poin"), Widget.NUMBER, default="1", hint=N_("Nilai soal ini kalau dijawab benar."))
TAGS: Final = Field(
    "tags", N_("Tag"), Widget.TAGS, hint=N_("Untuk mencari dan mengambil acak. Pisahkan dengan koma."), rare=True
)
EXPLANATION: Final = Field(
    "explanation", N_("Pembahasan"), Widget.PROSE, hint=N_("Mengapa jawabannya begitu. Dibaca setelah menjawab.")
)
HINTS: Final = Rows(
    "hints",
    N_("Petunjuk"),
    one(
        Shape(
            N_("Tambah petunjuk"),
            N_("Petunjuk"),
            (
                Field("text", N_("Petunjuk"), needed=True),
                Field("clear_wrong", N_("Kosongkan jawaban yang salah"), Widget.FLAG, default="false"),
                Field("show_number_correct", N_("Sebutkan berapa yang sudah benar"), Widget.FLAG, default="false"),
            ),
        )
    ),
    hint=N_(
        "Dipakai di kuis dengan petunjuk: setelah jawaban yang belum benar, petunjuk berikutnya tampil dan peserta "
        "boleh mencoba lagi."
    ),
    rare=True,
)
PENALTY: Final = Field(
    "penalty",
    N_("Potongan nilai setiap mencoba lagi"),
    Widget.PERCENT,
    hint=N_("Kalau dikosongkan, sepertiga."),
    suffix="%",
    rare=True,
)

MARKED: Final[Parts] = (COMPETENCY, DIFFICULTY, POINTS, TAGS)
CHECKED: Final[Parts] = (*MARKED, TEXT, EXPLANATION, HINTS, PENALTY)
BY_HAND: Final[Parts] = (*MARKED, TEXT, EXPLANATION)
UNMARKED: Final[Parts] = (TAGS, TEXT)


def options(mark: Field, weight: Field | None = None, *, begins: int = 4, feedback: bool = True) -> Rows:
    """The options to choose from, with what marks the right ones."""
    parts = (Field("text", N_("Pilihan"), needed=True), mark, *([FEEDBACK] if feedback else []))
    return Rows(
        "options",
        N_("Pilihan jawaban"),
        one(Shape(N_("Tambah pilihan"), N_("Pilihan"), (*parts, weight) if weight else parts)),
        begins=begins,
        needed=True,
    )


def texts(key: str, label: Message, add: Message, title: Message, **more: object) -> Rows:
    """A list of texts."""
    return Rows(key, label, one(Shape(add, title, (Field(BARE, title, needed=True),))), **more)  # type: ignore[arg-type]
