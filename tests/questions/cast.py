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

ALL = {asked.type: asked for asked in (FOLKTALES, LOANS, STATEMENT, AUTHOR, DAYS)}
