"""A small course as authors see it: two quizzes and a survey, two banks of its own and one of all courses."""

from __future__ import annotations

from app.authoring.rules.holders import Holder, holders_in

COURSE = """\
title: Klasifikasi
code: TI-3
summary: Anda dapat memberi nomor.
track: it
hours: 4
modules: [01-kelas]
"""

MODULE = """\
title: Kelas
activities:
  - lesson: mengapa-ddc
    title: Mengapa DDC?
    minutes: 10
    body: Baca.
  - quiz: kuis-ddc
    title: Kuis DDC
    preset: test
    questions:
      # yang pertama mudah
      - id: dongeng
        type: true-false
        difficulty: easy
        text: Cerita rakyat bernomor 398.2.
        answer: true
      - section: Bagian kedua
      - use: ddc/jumlah   # dari bank
      - draw: 2
        from: ddc
        tags: [dasar]
  - quiz: kuis-umum
    title: Kuis Umum
    preset: practice
    questions:
      - id: pengantar
        type: information
        text: Bacalah dulu.
      - use: umum/tamu
  - survey: evaluasi
    title: Evaluasi
    anonymous: true
    questions:
      - id: saran
        type: essay
        text: Apa saran Anda?
"""


def question(name: str, text: str, tags: str = "dasar", more: str = "") -> str:
    """A question of a bank, as its lines."""
    return f"  - id: {name}\n    type: true-false\n    tags: [{tags}]\n    text: {text}\n    answer: true\n{more}"


DDC = (
    "title: {id: Bank DDC, en: DDC bank}\nquestions:\n"
    + question("jumlah", "Ada sepuluh kelas.")
    + question("bahasa", "Bahasa ada di kelas 400.")
    + "  # yang sukar\n"
    + question("sastra", "Sastra ada di 800?", more="    difficulty: hard\n")
    + question("peta", "Peta ada di 912.", tags="khusus")
)
LAIN = "title: Bank Lain\nquestions:\n" + question("bahasa", "Bahasa  ada di KELAS 400!", tags="lain")
SHARED = "title: Umum\nquestions:\n" + question("tamu", "Buku tamu perlu.", tags="umum")

FILES = {
    "course.yaml": COURSE.encode(),
    "01-kelas.yaml": MODULE.encode(),
    "bank/ddc.yaml": DDC.encode(),
    "bank/lain.yaml": LAIN.encode(),
}
SHARED_FILES = {"bank/umum.yaml": SHARED.encode(), "competencies.yaml": b"title: x\n"}


def holders(files: dict[str, bytes] | None = None) -> dict[str, Holder]:
    """The course's holders by their ids."""
    return {each.id: each for each in holders_in(FILES if files is None else files, SHARED_FILES)}
