"""The settings of a quiz as a form shows them: their groups, words and choices. The keys are those of `QuizEntry`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from app.content.review import Preset
from app.content.schema_values import UNLIMITED
from app.errors import N_, Message

Widget = Literal["choice", "percent", "duration", "moment"]
AS_PRESET: Final = ""  # what a field holds where the file says nothing

PRESET_WORDS: Final[Mapping[Preset, tuple[Message, Message]]] = {
    "practice": (N_("Latihan"), N_("Tiap jawaban langsung diperiksa dan dijelaskan. Boleh diulang kapan saja.")),
    "test": (N_("Tes"), N_("Hasilnya di akhir. Tiga kesempatan; kunci jawaban dibuka setelah kuis selesai.")),
    "exam": (N_("Ujian"), N_("Satu kesempatan. Peserta hanya melihat nilai totalnya.")),
}

YES_NO: Final[Mapping[str, Message]] = {"true": N_("Ya"), "false": N_("Tidak")}
UNITS: Final[Mapping[str, Message]] = {"min": N_("menit"), "hour": N_("jam"), "day": N_("hari")}

TIME_WORDS: Final[Mapping[str, Message]] = {
    "during": N_("Saat mengerjakan"),
    "after": N_("Setelah dikumpulkan"),
    "closed": N_("Setelah kuis selesai"),
}
THING_WORDS: Final[Mapping[str, Message]] = {
    "answers": N_("Jawaban sendiri"),
    "correctness": N_("Benar atau salah"),
    "marks": N_("Nilai tiap soal"),
    "feedback": N_("Umpan balik"),
    "key": N_("Kunci jawaban"),
    "explanation": N_("Pembahasan"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key in the file, its label, and for a choice the values with their words.

    `counts` are further values: how many times.
    """

    key: str
    label: Message
    widget: Widget = "choice"
    choices: Mapping[str, Message] = field(default_factory=dict)
    counts: tuple[int, ...] = ()
    help: Message | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together. `parts`: which of the larger tables stand below them."""

    title: Message
    settings: tuple[Setting, ...]
    part: Literal["", "review", "overall"] = ""


GROUPS: Final = (
    Group(
        N_("Percobaan"),
        (
            Setting(
                "attempts",
                N_("Boleh dikerjakan"),
                choices={UNLIMITED: N_("Tanpa batas")},
                counts=(1, 2, 3, 4, 5, 6, 8, 10),
            ),
            Setting("delay", N_("Jeda antara dua percobaan"), "duration"),
            Setting(
                "grading",
                N_("Nilai kuis dari beberapa percobaan"),
                choices={
                    "highest": N_("Nilai tertinggi"),
                    "average": N_("Rata-rata"),
                    "first": N_("Percobaan pertama"),
                    "last": N_("Percobaan terakhir"),
                },
            ),
        ),
    ),
    Group(
        N_("Waktu"),
        (
            Setting("time_limit", N_("Batas waktu satu percobaan"), "duration", help=N_("Hanya untuk Tes dan Ujian.")),
            Setting("opens", N_("Dibuka"), "moment"),
            Setting("closes", N_("Ditutup"), "moment"),
            Setting(
                "overdue",
                N_("Kalau waktu habis"),
                choices={
                    "submit": N_("Jawaban yang tersimpan dikumpulkan"),
                    "grace": N_("Masih boleh dikumpulkan selama masa tenggang"),
                    "abandon": N_("Yang belum dikumpulkan tidak dinilai"),
                },
            ),
            Setting("grace", N_("Masa tenggang"), "duration"),
        ),
    ),
    Group(
        N_("Umpan balik"),
        (
            Setting(
                "feedback",
                N_("Cara memberi umpan balik"),
                choices={
                    "immediate": N_("Tiap jawaban dapat diperiksa"),
                    "interactive": N_("Diperiksa, dengan petunjuk dan coba lagi"),
                    "deferred": N_("Hasil di akhir"),
                    "certainty": N_("Hasil di akhir, tiap jawaban disertai keyakinan"),
                },
            ),
            Setting(
                "redo",
                N_("Soal yang sudah diperiksa boleh dikerjakan ulang"),
                choices=YES_NO,
                help=N_("Hanya di Latihan tanpa batas percobaan."),
            ),
        ),
        "review",
    ),
    Group(
        N_("Urutan dan halaman"),
        (
            Setting("shuffle_questions", N_("Urutan soal diacak"), choices=YES_NO),
            Setting("shuffle_options", N_("Urutan pilihan diacak"), choices=YES_NO),
            Setting(
                "navigation",
                N_("Urutan mengerjakan"),
                choices={"free": N_("Bebas"), "sequential": N_("Berurutan, tidak dapat kembali")},
            ),
            Setting(
                "pages",
                N_("Soal per halaman"),
                choices={"one": N_("Satu soal per halaman"), "all": N_("Semua soal di satu halaman")},
            ),
        ),
    ),
    Group(N_("Batas lulus"), (Setting("pass", N_("Batas lulus (persen)"), "percent"),)),
    Group(
        N_("Tes awal dan tes akhir"),
        (
            Setting(
                "purpose",
                N_("Dipakai sebagai"),
                choices={
                    "practice": N_("Kuis biasa"),
                    "pretest": N_("Tes awal (pre-test)"),
                    "posttest": N_("Tes akhir (post-test)"),
                },
                help=N_("Dari nilai pertama orang yang mengikuti keduanya dihitung peningkatan kelompok."),
            ),
            Setting(
                "form",
                N_("Bentuk tes"),
                choices={"A": N_("Bentuk A"), "B": N_("Bentuk B")},
                help=N_(
                    "Hanya kalau tes awal dan tes akhir masing-masing punya bentuk A dan B. Peserta melihat satu tes "
                    "saja; bentuknya diundi: separuh A dulu lalu B, separuh sebaliknya."
                ),
            ),
        ),
    ),
    Group(
        N_("Penilaian uraian"),
        (
            Setting(
                "markers",
                N_("Uraian dinilai oleh"),
                choices={"1": N_("Satu orang"), "2": N_("Dua orang, nilainya rata-rata keduanya")},
            ),
            Setting("blind", N_("Nama peserta disembunyikan dari penilai"), choices=YES_NO),
        ),
    ),
    Group(N_("Kata penutup menurut nilai"), (), "overall"),
)

SETTINGS: Final = tuple(setting for group in GROUPS for setting in group.settings)
REVIEW: Final = "review"
REVIEW_LABEL: Final = N_("Yang boleh dilihat peserta")
