"""A course that asks for files: published beside the others."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from tests.ground.courses import publish
from tests.quizzes.content import START

SLUG: Final = "foto"
QUIZ: Final = "bukti"
PHOTO, PAPER, WORDS = 1, 2, 3  # its slots: two photos, one document, a text

COURSE: Final = """\
title: {id: Bukti kerja, en: Proof of work}
code: BK-1
summary: {id: Anda memotret., en: You take photos.}
track: service
hours: 1
open: true
modules: [01-bukti]
"""
MODULE: Final = """\
title: {id: Bukti, en: Proof}
activities:
  - quiz: bukti
    title: {id: Bukti rak, en: Proof of shelves}
    preset: test
    pass: 60
    shuffle_questions: false
    questions:
      - id: rak
        type: file
        max_files: 2
        text: {id: Foto rak Anda., en: Take a photo of your shelf.}
        rubric:
          - id: urut
            text: {id: Urut, en: In order}
            levels:
              - {text: {id: Semua, en: All}, points: 2}
              - {text: {id: Tidak, en: Not}, points: 0}
        explanation: {id: Nomor dibaca digit demi digit., en: Read digit by digit.}
      - id: daftar
        type: file
        accept: document
        text: {id: Kirim daftar buku., en: Send a list of books.}
        explanation: {id: Bebas., en: Free.}
      - id: nomor
        type: short-text
        text: {id: Nomor kelas?, en: Class number?}
        answers: [{text: "398"}]
        explanation: {id: Cerita rakyat., en: Folktales.}
"""


def publish_photos(folder: Path, *, now: datetime = START) -> None:
    """Write the course into the folder of courses and publish it."""
    publish(folder, SLUG, {"course.yaml": COURSE, "01-bukti.yaml": MODULE}, now=now)
