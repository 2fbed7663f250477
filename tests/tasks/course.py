"""A course with tasks: one that a trainer judges by a rubric, one by points, one that its learner checks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from app.catalogue.queries import get_published
from app.content.activities import Task
from app.questions.file import Upload
from app.tasks.operations import Assignment
from app.tasks.queries import work_on
from app.tasks.rules import Work, Written
from tests.ground.courses import publish
from tests.quizzes.content import START

SLUG: Final = "praktik"
RUBRIC: Final = "katalog"  # text, two photos and one document; a rubric of 3 + 1 points, accepted from 75
POINTS: Final = "laporan"  # a text, without a rubric
OWN: Final = "rak"  # a text, checked by oneself; a rubric of one criterion
DECLARED: Final = "janji"  # a text, checked by oneself, without a rubric

COURSE: Final = """\
title: {id: Praktik, en: Practice}
code: PR-1
summary: {id: Anda berlatih., en: You practise.}
track: service
hours: 2
open: true
modules: [01-praktik]
"""
MODULE: Final = """\
title: {id: Praktik, en: Practice}
activities:
  - task: katalog
    title: {id: Katalogkan tiga buku, en: Catalogue three books}
    minutes: 60
    body:
      id: |
        Pilih **tiga** buku, lalu:

        1. catat judul dan pengarangnya;
        2. foto kartu katalognya.
      en: |
        Choose **three** books, then:

        1. note title and author;
        2. take a photo of the catalogue card.
    accept: {text: true, min_words: 3, max_words: 200, photos: 2, files: 1}
    pass: 75
    rubric:
      - id: isi
        text: {id: Isi, en: Content}
        levels:
          - {text: {id: Lengkap, en: Complete}, points: 3}
          - {text: {id: Kurang, en: Lacking}, points: 1}
      - id: bahasa
        text: {id: Bahasa, en: Language}
        levels:
          - {text: {id: Rapi, en: Tidy}, points: 1}
          - {text: {id: Sulit dibaca, en: Hard to read}, points: 0}
  - task: laporan
    title: {id: Laporan, en: Report}
    body: {id: Tulis laporan., en: Write a report.}
    accept: {text: true}
  - task: rak
    title: {id: Rapikan rak, en: Tidy a shelf}
    body: {id: Rapikan satu rak., en: Tidy one shelf.}
    accept: {text: true, photos: 1}
    marked_by: self
    rubric:
      - id: urut
        text: {id: Urut, en: In order}
        levels:
          - {text: {id: Semua, en: All}, points: 1}
          - {text: {id: Belum, en: Not yet}, points: 0}
  - task: janji
    title: {id: Rencana, en: Plan}
    body: {id: Tulis rencana., en: Write a plan.}
    accept: {text: true}
    marked_by: self
"""


def publish_tasks(folder: Path, *, only: str = "", now: datetime = START) -> None:
    """Write the course into the folder of courses and publish it; `only` leaves one task in it."""
    head, *tasks = MODULE.split("  - task: ")
    kept = [each for each in tasks if not only or each.startswith(f"{only}\n")]
    publish(folder, SLUG, {"course.yaml": COURSE, "01-praktik.yaml": "  - task: ".join([head, *kept])}, now=now)


def assigned(person_id: int, task_id: str = RUBRIC) -> Assignment:
    """A task of the course as it is served."""
    found = get_published(SLUG)
    task = found.course.activity(task_id)
    assert isinstance(task, Task)
    return Assignment(person_id, found, task)


def wrote(
    text: str, *files: Upload, page: str = "hal-1", seen: int = 0, levels: dict[str, int] | None = None, **more: bool
) -> Written:
    """What a page sends."""
    return Written(text, files, page, seen, levels or {}, **more)


def work(person_id: int, task_id: str = RUBRIC) -> Work:
    """What there is of it."""
    return work_on(person_id, SLUG, task_id)
