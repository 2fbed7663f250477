"""What the keys of the files are called where people read: never a key of YAML in a sentence for a trainer.

A table, so longer than other files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import N_, Message
from app.questions.base import Difficulty
from app.texts.local import Language

LANGUAGE_WORDS: Final[Mapping[Language, Message]] = {"id": N_("bahasa Indonesia"), "en": N_("bahasa Inggris")}

KIND_WORDS: Final[Mapping[str, Message]] = {
    "course": N_("Kursus"),
    "module": N_("Modul"),
    "lesson": N_("Materi"),
    "quiz": N_("Kuis"),
    "task": N_("Tugas praktik"),
    "survey": N_("Survei"),
    "bank": N_("Bank soal"),
    "media": N_("Gambar"),
    "file": N_("File"),
}

DIFFICULTY_WORDS: Final[Mapping[Difficulty, Message]] = {
    "easy": N_("Mudah"),
    "medium": N_("Sedang"),
    "hard": N_("Sukar"),
}

TYPE_WORDS: Final[Mapping[str, Message]] = {
    "single": N_("Pilihan ganda"),
    "multiple": N_("Pilihan ganda kompleks"),
    "true-false": N_("Benar-salah"),
    "short-text": N_("Isian singkat"),
    "number": N_("Isian angka"),
    "cloze": N_("Isian rumpang"),
    "gap-select": N_("Isian rumpang dengan pilihan"),
    "matching": N_("Menjodohkan"),
    "ordering": N_("Mengurutkan"),
    "categorise": N_("Mengelompokkan"),
    "hotspot": N_("Tunjuk bagian gambar"),
    "essay": N_("Uraian"),
    "file": N_("Unggah foto atau file"),
    "likert": N_("Skala sikap"),
    "information": N_("Teks bacaan"),
}

FIELD_WORDS: Final[Mapping[str, Message]] = {
    # a course, its modules and activities
    "title": N_("Judul"),
    "code": N_("Kode kursus"),
    "summary": N_("Ringkasan"),
    "track": N_("Jalur"),
    "hours": N_("Jam pelajaran"),
    "completion": N_("Syarat selesai"),
    "open": N_("Terbuka untuk semua orang"),
    "modules": N_("Daftar modul"),
    "activities": N_("Kegiatan"),
    "hidden": N_("Disembunyikan dari peserta"),
    "body": N_("Isi"),
    "minutes": N_("Perkiraan lama (menit)"),
    "intro": N_("Pengantar"),
    "questions": N_("Soal"),
    "anonymous": N_("Tanpa nama"),
    "accept": N_("Yang dikumpulkan"),
    "photos": N_("Jumlah foto"),
    "files": N_("Jumlah dokumen"),
    "max_files": N_("Jumlah file"),
    "marked_by": N_("Dinilai oleh"),
    "rubric": N_("Rubrik"),
    "levels": N_("Tingkat"),
    # the settings of a quiz
    "preset": N_("Jenis kuis"),
    "pass": N_("Batas lulus"),
    "attempts": N_("Kesempatan"),
    "review": N_("Yang boleh dilihat peserta"),
    "during": N_("Saat mengerjakan"),
    "after": N_("Setelah dikumpulkan"),
    "closed": N_("Setelah kuis selesai"),
    "answers_shown": N_("Soal dan jawaban sendiri"),
    "correctness": N_("Benar atau salahnya"),
    "marks": N_("Nilai tiap soal"),
    "key": N_("Kunci jawaban"),
    "overall": N_("Yang dikatakan tentang hasil"),
    "shuffle_questions": N_("Acak urutan soal"),
    "shuffle_options": N_("Acak urutan pilihan"),
    "markers": N_("Jumlah penilai"),
    "blind": N_("Nama disembunyikan dari penilai"),
    "time_limit": N_("Batas waktu"),
    "opens": N_("Dibuka"),
    "closes": N_("Ditutup"),
    "overdue": N_("Kalau waktu habis"),
    "grace": N_("Masa tenggang"),
    "delay": N_("Jeda antara dua percobaan"),
    "grading": N_("Nilai yang dipakai"),
    "navigation": N_("Urutan mengerjakan"),
    "pages": N_("Soal per halaman"),
    "redo": N_("Soal boleh dikerjakan ulang"),
    "purpose": N_("Tes awal atau tes akhir"),
    "pair": N_("Pasangan tes awal dan tes akhir"),
    "form": N_("Bentuk tes"),
    "checking": N_("Cara memeriksa jawaban"),
    # what stands in a quiz beside questions
    "draw": N_("Ambil acak"),
    "use": N_("Soal dari bank"),
    "from": N_("Mulai dari"),
    "bank": N_("Bank soal"),
    "section": N_("Judul bagian"),
    # a question
    "text": N_("Teks"),
    "stem": N_("Pertanyaan"),
    "type": N_("Jenis soal"),
    "competency": N_("Kompetensi"),
    "cut": N_("Batas penguasaan"),
    "difficulty": N_("Tingkat kesukaran"),
    "tags": N_("Tag"),
    "points": N_("Bobot"),
    "weight": N_("Bobot"),
    "fraction": N_("Bobot"),
    "explanation": N_("Pembahasan"),
    "feedback": N_("Umpan balik"),
    "feedback_true": N_("Umpan balik untuk Benar"),
    "feedback_false": N_("Umpan balik untuk Salah"),
    "hints": N_("Petunjuk"),
    "clear_wrong": N_("Kosongkan yang salah"),
    "show_number_correct": N_("Sebutkan jumlah yang benar"),
    "penalty": N_("Potongan tiap percobaan"),
    "options": N_("Pilihan jawaban"),
    "correct": N_("Jawaban benar"),
    "shuffle": N_("Acak urutan"),
    "scoring": N_("Cara menghitung nilai"),
    "answer": N_("Jawaban benar"),
    "answers": N_("Jawaban yang diterima"),
    "value": N_("Jawaban"),
    "tolerance": N_("Toleransi"),
    "tolerance_type": N_("Jenis toleransi"),
    "case_sensitive": N_("Bedakan huruf besar dan kecil"),
    "units": N_("Satuan"),
    "unit": N_("Satuan"),
    "factor": N_("Faktor satuan"),
    "unit_penalty": N_("Potongan tanpa satuan"),
    "unit_position": N_("Letak satuan"),
    "gaps": N_("Bagian rumpang"),
    "choices": N_("Pilihan"),
    "reuse": N_("Pilihan boleh dipakai lagi"),
    "pairs": N_("Pasangan"),
    "match": N_("Pasangannya"),
    "extra": N_("Pengecoh"),
    "items": N_("Butir"),
    "groups": N_("Kelompok"),
    "group": N_("Kelompok"),
    "image": N_("Gambar"),
    "alt": N_("Keterangan gambar"),
    "areas": N_("Bagian gambar"),
    "mode": N_("Cara menunjuk"),
    "several": N_("Boleh lebih dari satu"),
    "grid": N_("Kisi"),
    "min_words": N_("Jumlah kata paling sedikit"),
    "max_words": N_("Jumlah kata paling banyak"),
    "lines": N_("Tinggi kolom jawaban"),
    "statements": N_("Pernyataan"),
    "scale": N_("Skala"),
    "labels": N_("Label skala"),
    "required": N_("Wajib dijawab"),
    "id": N_("Nama tetap"),
}

# Keys under which `true` is a word like any other.
_FREE_TEXTS: Final = frozenset({"text", "stem", "title", "body", "match", "value", "explanation", "feedback", "intro"})
_TRUTHS: Final = {"true": N_("Ya"), "false": N_("Tidak")}

_CHOICES: Final[Mapping[str, Mapping[str, Message]]] = {
    "type": TYPE_WORDS,
    "difficulty": {str(key): words for key, words in DIFFICULTY_WORDS.items()},
    "answer": {"true": N_("Benar"), "false": N_("Salah")},
    "track": {"it": N_("Teknologi informasi"), "service": N_("Layanan")},
    "completion": {"all": N_("Semua kegiatan selesai"), "quizzes": N_("Semua kuis lulus")},
    "preset": {"practice": N_("Latihan"), "test": N_("Tes"), "exam": N_("Ujian")},
    "attempts": {"unlimited": N_("Tanpa batas")},
    "checking": {
        "deferred": N_("Hasil di akhir"),
        "immediate": N_("Tiap jawaban dapat diperiksa"),
        "interactive": N_("Diperiksa dengan petunjuk, lalu coba lagi"),
        "certainty": N_("Hasil di akhir, jawaban disertai keyakinan"),
    },
    "overdue": {
        "submit": N_("Jawaban yang tersimpan dikumpulkan"),
        "grace": N_("Masih boleh dikumpulkan selama masa tenggang"),
        "abandon": N_("Yang belum dikumpulkan tidak dinilai"),
    },
    "grading": {
        "highest": N_("Nilai terbaik"),
        "average": N_("Nilai rata-rata"),
        "first": N_("Nilai percobaan pertama"),
        "last": N_("Nilai percobaan terakhir"),
    },
    "navigation": {"free": N_("Bebas"), "sequential": N_("Berurutan")},
    "purpose": {
        "practice": N_("Kuis biasa"),
        "pretest": N_("Tes awal (pre-test)"),
        "posttest": N_("Tes akhir (post-test)"),
    },
    "pages": {"one": N_("Satu soal per halaman"), "all": N_("Semua soal di satu halaman")},
    "marked_by": {"trainer": N_("Pengajar"), "self": N_("Peserta sendiri")},
}


def field_words(key: str) -> Message:
    """What a key is called; one that is not known stays as it is written."""
    return FIELD_WORDS.get(key, Message("%(key)s", {"key": key}))


def value_words(key: str, text: str) -> Message | None:
    """What a setting's text means; None of one that is told as it is written."""
    if key in _CHOICES and text in _CHOICES[key]:
        return _CHOICES[key][text]
    return None if key in _FREE_TEXTS else _TRUTHS.get(text)
