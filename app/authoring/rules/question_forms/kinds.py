"""The form of every kind of question, as data. The models in `app.questions` are the law; tests hold these to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.answers import NUMBER_PARTS, WORD_PARTS
from app.authoring.rules.question_forms.common import (
    BY_HAND,
    CHECKED,
    ONE_EACH,
    SHUFFLE,
    TEXT,
    UNMARKED,
    options,
    texts,
)
from app.authoring.rules.question_forms.parts import Field, Only, Parts, QuestionForm, Rows, Shape, Widget, one
from app.authoring.rules.question_forms.pictures import HOTSPOT
from app.errors import N_, Message

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

_SINGLE: Final[Parts] = (options(RIGHT, COST), SHUFFLE)
_MULTIPLE: Final[Parts] = (
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
_TRUE_FALSE: Final[Parts] = (
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
_MATCHING: Final[Parts] = (
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
_ORDERING: Final[Parts] = (
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
_CATEGORISE: Final[Parts] = (
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
_WEIGHT: Final = Field("weight", N_("Bobot"), Widget.NUMBER, default="1", rare=True)
_CLOZE: Final[Parts] = (
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
_GAP_SELECT: Final[Parts] = (
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
_LINES: Final = Field(
    "lines", N_("Tinggi kotak jawaban dalam baris"), Widget.NUMBER, hint=N_("Kalau dikosongkan, 8."), rare=True
)
_ESSAY: Final[Parts] = (
    Field("min_words", N_("Paling sedikit, dalam kata"), Widget.NUMBER),
    Field("max_words", N_("Paling banyak, dalam kata"), Widget.NUMBER),
    RUBRIC,
    _LINES,
)
_FILE: Final[Parts] = (
    Field(
        "accept",
        N_("Yang dikumpulkan"),
        Widget.CHOICE,
        choices=MappingProxyType(
            {"photo": N_("Foto"), "document": N_("Dokumen (PDF, Word, Excel)"), "any": N_("Foto atau dokumen")}
        ),
        default="photo",
    ),
    Field("max_files", N_("Paling banyak, dalam file"), Widget.NUMBER, default="1"),
    RUBRIC,
)
_LIKERT: Final[Parts] = (
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


def _asking(common: Parts, label: Message) -> Parts:
    """What is asked of every question, where its text is called something else than a question."""
    return tuple(replace(part, label=label) if part is TEXT else part for part in common)


_PASSAGE: Final[Parts] = _asking(CHECKED, N_("Teks dengan rumpang"))
_STATEMENT: Final[Parts] = _asking(CHECKED, N_("Pernyataan"))
_READING: Final[Parts] = _asking(UNMARKED, N_("Teks"))

_ALL: Final = (
    QuestionForm(
        "single", N_("Pilihan ganda"), N_("Satu jawaban benar di antara beberapa pilihan."), _SINGLE, CHECKED
    ),
    QuestionForm(
        "multiple",
        N_("Pilihan ganda kompleks"),
        N_("Lebih dari satu jawaban benar; peserta mencentang semuanya."),
        _MULTIPLE,
        CHECKED,
    ),
    QuestionForm(
        "true-false", N_("Benar-salah"), N_("Satu pernyataan yang dinilai benar atau salah."), _TRUE_FALSE, _STATEMENT
    ),
    QuestionForm(
        "short-text", N_("Isian singkat"), N_("Peserta mengetik satu atau beberapa kata."), WORD_PARTS, CHECKED
    ),
    QuestionForm(
        "number", N_("Isian angka"), N_("Peserta mengetik bilangan, boleh dengan satuan."), NUMBER_PARTS, CHECKED
    ),
    QuestionForm(
        "cloze",
        N_("Isian rumpang"),
        N_("Sebuah teks dengan bagian kosong yang diisi dengan mengetik atau memilih."),
        _CLOZE,
        _PASSAGE,
    ),
    QuestionForm(
        "gap-select",
        N_("Isian rumpang dengan daftar kata"),
        N_("Kata dari satu daftar ditaruh di bagian kosong sebuah teks."),
        _GAP_SELECT,
        _PASSAGE,
    ),
    QuestionForm(
        "matching", N_("Menjodohkan"), N_("Setiap butir punya pasangan: istilah dan artinya."), _MATCHING, CHECKED
    ),
    QuestionForm(
        "ordering", N_("Mengurutkan"), N_("Langkah kerja atau nomor panggil yang harus berurutan."), _ORDERING, CHECKED
    ),
    QuestionForm(
        "categorise", N_("Mengelompokkan"), N_("Butir-butir dipilah ke dalam kelompok."), _CATEGORISE, CHECKED
    ),
    QuestionForm(
        "hotspot", N_("Tunjuk bagian gambar"), N_("Peserta menunjuk tempat yang benar di gambar."), HOTSPOT, CHECKED
    ),
    QuestionForm("essay", N_("Uraian"), N_("Jawaban beberapa kalimat, dinilai oleh pengajar."), _ESSAY, BY_HAND),
    QuestionForm(
        "file", N_("Unggah foto atau file"), N_("Foto dari HP atau dokumen, dinilai oleh pengajar."), _FILE, BY_HAND
    ),
    QuestionForm(
        "likert", N_("Skala sikap"), N_("Pendapat tentang pernyataan; tidak ada yang benar atau salah."), _LIKERT,
        UNMARKED,
    ),
    QuestionForm(
        "information", N_("Teks informasi"), N_("Teks untuk dibaca di antara soal, tanpa pertanyaan."), (), _READING
    ),
)  # fmt: skip
FORMS: Final[Mapping[str, QuestionForm]] = MappingProxyType({form.type: form for form in _ALL})

_REQUIRED: Final = Field("required", N_("Wajib dijawab"), Widget.FLAG, default="false")
_ASKED: Final[Parts] = (TEXT, _REQUIRED)
_PLAIN_OPTIONS: Final[Parts] = (
    Rows(
        "options",
        N_("Pilihan jawaban"),
        one(Shape(N_("Tambah pilihan"), N_("Pilihan"), (Field("text", N_("Pilihan"), needed=True),))),
        begins=3,
        needed=True,
    ),
)
_FEW_LINES: Final = Field("lines", _LINES.label, Widget.NUMBER, hint=N_("Kalau dikosongkan, 4."), rare=True)
_IN_SURVEYS: Final = (
    QuestionForm("likert", FORMS["likert"].name, FORMS["likert"].use, _LIKERT, _ASKED),
    QuestionForm("single", N_("Pilih satu"), N_("Satu pilihan di antara beberapa."), _PLAIN_OPTIONS, _ASKED),
    QuestionForm("multiple", N_("Pilih beberapa"), N_("Boleh lebih dari satu pilihan."), _PLAIN_OPTIONS, _ASKED),
    QuestionForm("essay", N_("Jawaban bebas"), N_("Peserta menulis pendapatnya."), (_FEW_LINES,), _ASKED),
    QuestionForm("information", FORMS["information"].name, FORMS["information"].use, (), _asking((TEXT,), N_("Teks"))),
)
SURVEY_FORMS: Final[Mapping[str, QuestionForm]] = MappingProxyType({form.type: form for form in _IN_SURVEYS})
