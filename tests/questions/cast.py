"""Questions that several tests ask, one of each kind, and short ways to make others."""

from __future__ import annotations

from typing import Any

from app.questions.base import Question
from app.questions.registry import KINDS


def question(kind: str, **written: Any) -> Question[Any]:
    """A question of `kind` from what an author would write; id and text are filled in."""
    return KINDS[kind].model_validate({"type": kind, "id": "soal", "text": "Pertanyaan?", **written})


def options(*written: tuple[str, Any]) -> list[dict[str, Any]]:
    """Options as (text, correct) or (text, weight in per cent)."""
    return [
        {"text": text, **({"correct": worth} if isinstance(worth, bool) else {"weight": worth})}
        for text, worth in written
    ]


FOLKTALES = question(
    "single",
    text="Nomor kelas untuk kumpulan cerita rakyat adalah …",
    options=[
        {"text": "398.2", "correct": True},
        {"text": "020", "feedback": "Itu ilmu perpustakaan."},
        {"text": {"id": "899.221 (sastra)", "en": "899.221 (literature)"}},
    ],
    explanation="398.2 adalah cerita rakyat.",
)
LOANS = question(
    "multiple",
    text="Apa saja yang dicatat saat meminjamkan?",
    options=options(("Nama", True), ("Tanggal kembali", True), ("Agama", False), ("Cuaca", False)),
)
STATEMENT = question(
    "true-false",
    text="Katalog adalah daftar koleksi.",
    answer="true",
    feedback_false={"id": "Katalog memang daftar koleksi.", "en": "A catalogue does list the collection."},
)
AUTHOR = question(
    "short-text",
    text="Tajuk pengarang?",
    answers=[
        {"text": "Hirata, Andrea"},
        {"text": "*hirata*", "fraction": "50%", "feedback": "Nama keluarga lebih dulu."},
    ],
)
DAYS = question(
    "number",
    text="Berapa hari?",
    answers=[{"value": "15"}, {"value": "14", "tolerance": "2", "fraction": "40", "feedback": "Hampir."}],
)

TOOLS = question(
    "matching",
    text="Jodohkan alat dengan gunanya.",
    pairs=[
        {"text": "Katalog", "match": {"id": "Mencari koleksi", "en": "Finding items"}},
        {"text": "Buku induk", "match": {"id": "Mencatat koleksi baru", "en": "Recording new items"}},
        {"text": "OPAC", "match": "Mencari koleksi"},
    ],
    extra=[{"id": "Menghitung denda", "en": "Counting fines"}],
    explanation="Buku induk mencatat setiap koleksi baru.",
)
ROUTINE = question(
    "ordering",
    text="Urutkan pengolahan buku baru.",
    items=["Terima", {"id": "Catat", "en": "Record"}, "Klasifikasi", "Beri label", "Taruh di rak"],
)
COLLECTIONS = question(
    "categorise",
    text="Masukkan ke kelompoknya.",
    groups=[{"id": "umum", "text": {"id": "Umum", "en": "General"}}, {"id": "rujukan", "text": "Rujukan"}],
    items=[
        {"text": "Novel", "group": "umum"},
        {"text": "Kamus", "group": "rujukan"},
        {"text": "Ensiklopedia", "group": "rujukan"},
        {"text": "Stempel", "group": "none"},
    ],
)

PASSAGE = question(
    "cloze",
    text={
        "id": "Cerita rakyat bernomor [[1]], disusun menurut [[2]], dan **dipinjamkan** [[3]] hari.",
        "en": "Folk tales, lent for [[3]] days, have the number [[1]] and stand by [[2]].",
    },
    gaps=[
        {
            "type": "choice",
            "weight": "2",
            "options": [
                {"text": "398.2", "correct": True},
                {"text": "020", "feedback": "Itu ilmu perpustakaan."},
                {"text": "*800*", "weight": "25"},
            ],
        },
        {"type": "text", "answers": [{"text": "pengarang"}, {"text": "nama*", "fraction": "50"}]},
        {"type": "number", "answers": [{"value": "7.5", "tolerance": "0.5", "feedback": "Hampir."}]},
    ],
    explanation="398.2 adalah cerita rakyat.",
)
GREETING = question(
    "gap-select",
    text={
        "id": "Sambut pemustaka dengan [[1]], tanyakan [[perlu]], lalu [[1]] lagi di [[4]].",
        "en": "Greet with a [[1]] at the [[4]], ask for the [[perlu]], then [[1]] again.",
    },
    choices=[
        {"text": {"id": "senyum", "en": "smile"}},
        {"id": "perlu", "text": {"id": "keperluannya", "en": "need"}},
        {"text": {"id": "keluhan", "en": "complaint"}},
        {"text": {"id": "pintu", "en": "door"}, "group": "tempat"},
        {"text": {"id": "gudang", "en": "store"}, "group": "tempat"},
    ],
    reuse=True,
    explanation="Senyum di awal dan akhir.",
)
AREAS = [
    {
        "id": "meja", "label": {"id": "Dekat pintu", "en": "By the door"}, "feedback": "Hampir.",
        "shape": "rectangle", "x": "10", "y": "10", "width": "30", "height": "20", "correct": True,
    },
    {"id": "jendela", "label": "Dekat jendela", "shape": "circle", "x": "70", "y": "50", "radius": "10%"},
    {"label": "Sudut baca", "shape": "polygon", "corners": [["60", "80"], ["90", "80"], ["90", "100"]],
     "feedback": "Itu ilmu perpustakaan."},
]  # fmt: skip
FLOOR_PLAN = question(
    "hotspot",
    text="Di mana meja sirkulasi?",
    image="media/denah.svg",
    alt={"id": "Denah ruang dengan pintu di kiri atas.", "en": "Floor plan with a door at the top left."},
    areas=AREAS,
)
POINTED = question(
    "hotspot",
    text="Tunjuk meja sirkulasi.",
    image="media/denah.svg",
    alt="Denah ruang.",
    mode="point",
    grid="8x6",
    tolerance="2",
    areas=AREAS,
)

REPORT = question(
    "essay",
    text="Ceritakan satu kegiatan membaca di desa Anda.",
    min_words="3",
    max_words="6",
    lines="5",
    rubric=[
        {"id": "isi", "text": "Isi", "levels": [{"text": "Lengkap", "points": "3"}, {"text": "Kurang", "points": "1"}]},
        {"id": "bahasa", "text": "Bahasa", "levels": [{"text": "Rapi", "points": "1"}, {"text": "-", "points": "0"}]},
    ],
    explanation="Cerita yang baik menyebut siapa yang datang.",
)
SHELF_PHOTO = question("file", text="Foto rak Anda sesudah ditata.", max_files="2")
OPINION = question(
    "likert",
    text="Seberapa setuju Anda?",
    statements=[{"id": "rapi", "text": "Rak kami rapi."}, {"text": {"id": "Buku cukup.", "en": "Books suffice."}}],
)
WELCOME = question("information", text="Bagian kedua: **layanan**.")

ALL = {
    asked.type: asked
    for asked in (
        FOLKTALES,
        LOANS,
        STATEMENT,
        AUTHOR,
        DAYS,
        TOOLS,
        ROUTINE,
        COLLECTIONS,
        PASSAGE,
        GREETING,
        FLOOR_PLAN,
        REPORT,
        SHELF_PHOTO,
        OPINION,
        WELCOME,
    )
}
