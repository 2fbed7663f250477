"""The shapes of a course's files: what each may hold, and what a key means (the hover text of an editor).

Lists that hold different kinds of things (activities, questions) are `Entries` here: each entry is read by itself
against its own model, so that one entry's fault hides no other's. Questions have their models in `app.questions`. All
that a course and its modules may hold stands here in one place, which makes this file longer than most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import BaseModel, Field

from app.content.activities import Feedback, Grading, MarkedBy, Navigation, Overdue, Pages, Purpose, TestForm
from app.content.course import Completion, Track
from app.content.review import Preset
from app.content.schema_shared import CompetencyEntry, FrameworkFile
from app.content.schema_values import (
    Attempts,
    DrawCount,
    Entries,
    FileCount,
    FileModel,
    Hours,
    Markers,
    PhotoCount,
    Reference,
    Text,
)
from app.questions.base import Difficulty, Points
from app.questions.essay import Words
from app.questions.rubric import Criterion
from app.texts.local import LocalText
from app.texts.scalars import (
    Duration,
    Flag,
    Minutes,
    Moment,
    Percent,
    PlainText,
    Slug,
)

BANDS_LIMIT: Final = 20
PASS_PERCENT: Final = 70.0  # where the author names no pass mark
HIDDEN: Final = (
    "true: peserta belum melihatnya dan tidak dihitung dalam kemajuan. Yang sudah dikerjakan tetap disimpan. Biasanya "
    "false."
)


class CourseFile(FileModel):
    """course.yaml"""

    title: Text = Field(description="Judul kursus.")
    code: PlainText = Field(description="Kode kursus, misalnya TI-3.")
    summary: Text = Field(description="Dua atau tiga kalimat: apa yang dapat dilakukan sesudah kursus ini.")
    track: Track = Field(description="Jalur kursus: it (teknologi informasi) atau service (layanan).")
    hours: Hours = Field(description="Jam pelajaran (JP, 45 menit).")
    completion: Completion = Field(
        default="all",
        description="Kapan kursus selesai: all (semua materi dibaca, semua kuis lulus, semua tugas diterima) atau "
        "quizzes (semua kuis lulus).",
    )
    open: Flag = Field(default=False, description="true: kursus ada di rak semua orang, tanpa didaftarkan.")
    modules: tuple[Slug, ...] = Field(
        min_length=1, description="Nama file modul tanpa .yaml, menurut urutan belajarnya."
    )


class ModuleFile(FileModel):
    """A module: `NN-name.yaml`"""

    title: Text = Field(description="Judul modul.")
    summary: LocalText | None = Field(default=None, description="Satu kalimat tentang isi modul.")
    activities: Entries = Field(description="Kegiatan modul ini (materi, kuis, tugas, survei), menurut urutannya.")


class LessonEntry(FileModel):
    """A lesson among a module's activities."""

    lesson: Slug = Field(description="Id materi: huruf kecil, angka, dan tanda hubung. Jangan diubah setelah terbit.")
    title: Text = Field(description="Judul materi.")
    hidden: Flag = Field(default=False, description=HIDDEN)
    minutes: Minutes = Field(description="Perkiraan lama membaca, dalam menit.")
    body: Text = Field(description='Isi materi dalam Markdown. Tulis setelah "|".')


class ReviewRow(FileModel):
    """What is shown of each question at one time; what is not named is as the preset has it."""

    answers: Flag | None = Field(
        default=None, description="true: soal dan jawaban sendiri. Tanpa ini tidak ada yang lain."
    )
    correctness: Flag | None = Field(default=None, description="true: benar atau salahnya.")
    marks: Flag | None = Field(default=None, description="true: nilai tiap soal.")
    feedback: Flag | None = Field(default=None, description="true: umpan balik bagi jawaban yang dipilih.")
    key: Flag | None = Field(default=None, description="true: kunci jawaban.")
    explanation: Flag | None = Field(default=None, description="true: pembahasan.")


class ReviewEntry(FileModel):
    """What learners may see, and when."""

    during: ReviewRow | None = Field(default=None, description="Saat mengerjakan, setelah sebuah jawaban diperiksa.")
    after: ReviewRow | None = Field(default=None, description="Setelah dikumpulkan.")
    closed: ReviewRow | None = Field(default=None, description="Setelah kuis lulus atau kesempatannya habis.")


class OverallEntry(FileModel):
    """What is said to a result."""

    percent: Percent = Field(alias="from", description="Mulai dari nilai berapa, dalam persen.")
    text: Text = Field(description="Yang dikatakan tentang hasil itu.")


class QuizEntry(FileModel):
    """A quiz among a module's activities."""

    quiz: Slug = Field(description="Id kuis: huruf kecil, angka, dan tanda hubung. Jangan diubah setelah terbit.")
    title: Text = Field(description="Judul kuis.")
    hidden: Flag = Field(default=False, description=HIDDEN)
    intro: LocalText | None = Field(default=None, description="Pengantar yang tampil sebelum kuis dimulai.")
    preset: Preset = Field(
        description="practice: umpan balik langsung, boleh diulang terus. test: nilai di akhir, tiga kesempatan. "
        "exam: satu kesempatan, hanya nilai total."
    )
    pass_percent: Percent = Field(default=PASS_PERCENT, alias="pass", description="Batas lulus dalam persen.")
    attempts: Attempts = Field(default=None, description="Berapa kali boleh dikerjakan, atau unlimited (tanpa batas).")
    feedback: Feedback | None = Field(
        default=None,
        description="deferred: hasil di akhir. immediate: tiap jawaban dapat diperiksa. interactive: diperiksa, dengan "
        "petunjuk (hints) dan coba lagi. certainty: di akhir, dan tiap jawaban disertai keyakinan.",
    )
    review: ReviewEntry | None = Field(default=None, description="Yang boleh dilihat peserta, kalau lain dari preset.")
    overall: Annotated[tuple[OverallEntry, ...], Field(max_length=BANDS_LIMIT)] = Field(
        default=(), description="Yang dikatakan tentang hasil, menurut nilainya."
    )
    shuffle_questions: Flag | None = Field(default=None, description="true: urutan soal diacak.")
    shuffle_options: Flag | None = Field(default=None, description="true: urutan pilihan diacak.")
    markers: Markers = Field(
        default=1, description="Berapa orang menilai tiap uraian: 1, atau 2 (nilainya rata-rata keduanya)."
    )
    blind: Flag = Field(default=False, description="true: penilai tidak melihat nama peserta.")
    time_limit: Duration | None = Field(
        default=None, description="Waktu untuk satu percobaan, misalnya 15 min. Hanya untuk test dan exam."
    )
    opens: Moment | None = Field(default=None, description="Mulai kapan boleh dikerjakan, misalnya 2026-11-22 08:00.")
    closes: Moment | None = Field(default=None, description="Sampai kapan boleh dikerjakan, misalnya 2026-11-29 16:00.")
    overdue: Overdue = Field(
        default="submit",
        description="Kalau waktu habis. submit: jawaban yang tersimpan dikumpulkan. grace: masih boleh dikumpulkan "
        "selama grace, tidak boleh diubah. abandon: yang belum dikumpulkan tidak dinilai.",
    )
    grace: Duration | None = Field(
        default=None, description="Dengan overdue: grace, berapa lama masih boleh dikumpulkan. Biasanya 1 day."
    )
    delay: Duration | None = Field(
        default=None, description="Jeda antara dua percobaan, misalnya 2 hours atau 1 day. Biasanya tanpa jeda."
    )
    grading: Grading = Field(
        default="highest",
        description="Nilai kuis dari beberapa percobaan: highest (tertinggi), average (rata-rata), first (percobaan "
        "pertama), atau last (percobaan terakhir).",
    )
    navigation: Navigation = Field(
        default="free",
        description="free: soal boleh dikerjakan dalam urutan apa pun. sequential: berurutan, dan soal yang sudah "
        "dilewati tidak dapat dibuka lagi.",
    )
    pages: Pages = Field(
        default="one",
        description="one: satu soal per halaman. all: semua soal di satu halaman, hanya dengan hasil di akhir "
        "(deferred atau certainty) dan tanpa navigation: sequential.",
    )
    redo: Flag | None = Field(
        default=None,
        description="true: soal yang sudah diperiksa boleh dikerjakan ulang di dalam percobaan yang sama. Hanya untuk "
        "practice tanpa batas percobaan, dengan feedback immediate atau interactive; di situ selalu true kalau tidak "
        "ditulis.",
    )
    purpose: Purpose = Field(
        default="practice",
        description="pretest: tes awal. posttest: tes akhir. Dari nilai pertama orang yang mengikuti keduanya dihitung "
        "peningkatan kelompok. practice: kuis biasa.",
    )
    pair: Slug | None = Field(
        default=None,
        description="Hanya kalau kursus punya lebih dari satu pasangan tes awal dan tes akhir: nama pasangan, sama di "
        "keduanya.",
    )
    form: TestForm | None = Field(
        default=None,
        description="Bentuk tes, A atau B, kalau tes awal dan tes akhir masing-masing punya dua bentuk (empat kuis). "
        "Peserta melihat satu tes awal dan satu tes akhir; bentuknya diundi: separuh A lalu B, separuh sebaliknya.",
    )
    questions: Entries = Field(description="Soal kuis, atau pengambilan acak dari bank (draw dan from).")


class AcceptEntry(FileModel):
    """What is handed in for a task."""

    text: Flag = Field(default=False, description="true: peserta menulis teks.")
    min_words: Words | None = Field(
        default=None, description="Jumlah kata paling sedikit. Hanya diberitahukan, yang lebih pendek tetap diterima."
    )
    max_words: Words | None = Field(
        default=None, description="Jumlah kata paling banyak. Hanya diberitahukan, yang lebih panjang tetap diterima."
    )
    photos: PhotoCount = Field(default=0, description="Jumlah foto paling banyak; 0: tanpa foto.")
    files: FileCount = Field(
        default=0, description="Jumlah dokumen paling banyak (PDF, Word, Excel, …); 0: tanpa dokumen."
    )


class TaskEntry(FileModel):
    """A task among a module's activities."""

    task: Slug = Field(description="Id tugas: huruf kecil, angka, dan tanda hubung. Jangan diubah setelah terbit.")
    title: Text = Field(description="Judul tugas.")
    hidden: Flag = Field(default=False, description=HIDDEN)
    body: Text = Field(description='Apa yang dikerjakan, dalam Markdown. Tulis setelah "|".')
    minutes: Minutes | None = Field(default=None, description="Perkiraan lama mengerjakan, dalam menit.")
    accept: AcceptEntry = Field(description="Yang dikumpulkan: text, photos, files.")
    rubric: tuple[Criterion, ...] = Field(
        default=(), description="Rubrik penilaian: kriteria dan tingkatnya. Dilihat peserta sejak awal."
    )
    marked_by: MarkedBy = Field(
        default="trainer",
        description="trainer: dinilai pengajar, diperbaiki sampai diterima. self: peserta memeriksa sendiri.",
    )
    pass_percent: Percent = Field(
        default=PASS_PERCENT, alias="pass", description="Mulai nilai berapa tugas boleh diterima, dalam persen."
    )


class DrawEntry(FileModel):
    """An entry of a quiz that draws questions from a bank."""

    draw: DrawCount = Field(description="Berapa soal yang diambil acak.")
    source: Slug = Field(alias="from", description="Nama bank: file bank/<nama>.yaml di kursus ini atau bersama.")
    tags: tuple[Slug, ...] = Field(default=(), description="Hanya soal yang punya semua tag ini.")
    difficulty: Difficulty | None = Field(
        default=None, description="Hanya soal dengan tingkat kesukaran ini: easy, medium, atau hard."
    )
    points: Points | None = Field(
        default=None, description="Nilai tiap soal yang diambil, sebagai ganti nilainya sendiri."
    )


class UseEntry(FileModel):
    """An entry of a quiz that takes one question of a bank."""

    use: Reference = Field(description="Soal dari bank: nama bank, garis miring, id soal. Misalnya ddc/kelas-bahasa.")
    points: Points | None = Field(default=None, description="Nilai soal ini di kuis ini, sebagai ganti nilainya.")


class SectionEntry(FileModel):
    """An entry of a quiz that puts a heading above the questions that follow it."""

    section: Text = Field(description="Judul bagian, di atas soal-soal berikutnya.")
    text: Text | None = Field(default=None, description="Yang dibaca sebelum soal pertama bagian ini.")


class SurveyEntry(FileModel):
    """A survey among a module's activities."""

    survey: Slug = Field(description="Id survei: huruf kecil, angka, dan tanda hubung. Jangan diubah setelah terbit.")
    title: Text = Field(description="Judul survei.")
    hidden: Flag = Field(default=False, description=HIDDEN)
    intro: LocalText | None = Field(default=None, description="Pengantar di atas pertanyaan. Boleh memakai **tebal**.")
    anonymous: Flag = Field(
        description="true: jawaban disimpan tanpa nama. false: dengan nama. Tidak dapat diubah untuk id ini."
    )
    questions: Entries = Field(description="Pertanyaan: likert, essay, single, multiple, atau information (teks saja).")


class BankFile(FileModel):
    """A bank: `bank/name.yaml`"""

    title: Text = Field(description="Judul bank soal.")
    questions: Entries = Field(description="Soal-soal di bank ini.")


# What design papers name and authors may have read about, but no code does yet: a fault that says so.
NOT_YET_QUESTION_KEYS: Final = frozenset({"hint", "certainty", "tries", "media"})
NOT_YET_KEYS: Final[Mapping[type[BaseModel], frozenset[str]]] = {
    QuizEntry: frozenset(
        {
            "certainty", "hints", "password", "path",
        }
    ),
    TaskEntry: frozenset({"competency", "intro", "opens", "closes", "blind"}),
    LessonEntry: frozenset({"competencies", "requires", "opens"}),
    CourseFile: frozenset({"requires", "opens", "closes", "certificate", "pretest", "posttest"}),
    ModuleFile: frozenset({"requires", "opens"}),
    FrameworkFile: frozenset({"levels"}),
    CompetencyEntry: frozenset({"levels", "level"}),
}  # fmt: skip

# Keys whose text is read by people: looked at for what a comment swallowed and for missing translations.
PROSE_KEYS: Final = frozenset(
    {
        "title", "summary", "body", "intro", "text", "explanation", "feedback", "feedback_true", "feedback_false",
        "definition", "term", "source", "match", "alt", "label", "section",
    }
)  # fmt: skip
PROSE_LISTS: Final = frozenset({"items", "extra", "labels"})  # lists of such texts, or of maps that hold them
