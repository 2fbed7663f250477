"""The form of every kind of question, as data. The models in `app.questions` are the law; tests hold these to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from app.authoring.rules.question_forms.answers import NUMBER_PARTS, WORD_PARTS
from app.authoring.rules.question_forms.arranging import CATEGORISE, MATCHING, ORDERING
from app.authoring.rules.question_forms.by_hand import ESSAY, FILE, LINES
from app.authoring.rules.question_forms.choosing import LIKERT, MULTIPLE, SINGLE, TRUE_FALSE
from app.authoring.rules.question_forms.common import (
    BY_HAND,
    CHECKED,
    TEXT,
    UNMARKED,
)
from app.authoring.rules.question_forms.parts import Field, Parts, QuestionForm, Rows, Shape, Widget, one
from app.authoring.rules.question_forms.passages import CLOZE, GAP_SELECT
from app.authoring.rules.question_forms.pictures import HOTSPOT
from app.errors import N_, Message


def _asking(common: Parts, label: Message) -> Parts:
    """What is asked of every question, where its text is called something else than a question."""
    return tuple(replace(part, label=label) if part is TEXT else part for part in common)


_PASSAGE: Final[Parts] = _asking(CHECKED, N_("Teks dengan rumpang"))
_STATEMENT: Final[Parts] = _asking(CHECKED, N_("Pernyataan"))
_READING: Final[Parts] = _asking(UNMARKED, N_("Teks"))

_ALL: Final = (
    QuestionForm(
        "single", N_("Pilihan ganda"), N_("Satu jawaban benar di antara beberapa pilihan."), SINGLE, CHECKED
    ),
    QuestionForm(
        "multiple",
        N_("Pilihan ganda kompleks"),
        N_("Lebih dari satu jawaban benar; peserta mencentang semuanya."),
        MULTIPLE,
        CHECKED,
    ),
    QuestionForm(
        "true-false", N_("Benar-salah"), N_("Satu pernyataan yang dinilai benar atau salah."), TRUE_FALSE, _STATEMENT
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
        CLOZE,
        _PASSAGE,
    ),
    QuestionForm(
        "gap-select",
        N_("Isian rumpang dengan daftar kata"),
        N_("Kata dari satu daftar ditaruh di bagian kosong sebuah teks."),
        GAP_SELECT,
        _PASSAGE,
    ),
    QuestionForm(
        "matching", N_("Menjodohkan"), N_("Setiap butir punya pasangan: istilah dan artinya."), MATCHING, CHECKED
    ),
    QuestionForm(
        "ordering", N_("Mengurutkan"), N_("Langkah kerja atau nomor panggil yang harus berurutan."), ORDERING, CHECKED
    ),
    QuestionForm(
        "categorise", N_("Mengelompokkan"), N_("Butir-butir dipilah ke dalam kelompok."), CATEGORISE, CHECKED
    ),
    QuestionForm(
        "hotspot", N_("Tunjuk bagian gambar"), N_("Peserta menunjuk tempat yang benar di gambar."), HOTSPOT, CHECKED
    ),
    QuestionForm("essay", N_("Uraian"), N_("Jawaban beberapa kalimat, dinilai oleh pengajar."), ESSAY, BY_HAND),
    QuestionForm(
        "file", N_("Unggah foto atau file"), N_("Foto dari HP atau dokumen, dinilai oleh pengajar."), FILE, BY_HAND
    ),
    QuestionForm(
        "likert", N_("Skala sikap"), N_("Pendapat tentang pernyataan; tidak ada yang benar atau salah."), LIKERT,
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
_FEW_LINES: Final = Field("lines", LINES.label, Widget.NUMBER, hint=N_("Kalau dikosongkan, 4."), rare=True)
_IN_SURVEYS: Final = (
    QuestionForm("likert", FORMS["likert"].name, FORMS["likert"].use, LIKERT, _ASKED),
    QuestionForm("single", N_("Pilih satu"), N_("Satu pilihan di antara beberapa."), _PLAIN_OPTIONS, _ASKED),
    QuestionForm("multiple", N_("Pilih beberapa"), N_("Boleh lebih dari satu pilihan."), _PLAIN_OPTIONS, _ASKED),
    QuestionForm("essay", N_("Jawaban bebas"), N_("Peserta menulis pendapatnya."), (_FEW_LINES,), _ASKED),
    QuestionForm("information", FORMS["information"].name, FORMS["information"].use, (), _asking((TEXT,), N_("Teks"))),
)
SURVEY_FORMS: Final[Mapping[str, QuestionForm]] = MappingProxyType({form.type: form for form in _IN_SURVEYS})
