"""Tasks in a module's file: what is read, and what is said of what cannot be."""

from __future__ import annotations

import pytest

from app.content.activities import Accepts, Task
from tests.content.samples import MODULE, compiled, course_files, faults_of
from tests.content.test_editor_schema import complaints

MODULE_FILE = "01-kelas.yaml"
TASK = """\
  - task: praktik
    title: {id: Praktik katalog, en: Cataloguing in practice}
    minutes: 60
    body:
      id: |
        Katalogkan **tiga** buku.

        ![Sepuluh kelas](media/kelas.svg)
      en: |
        Catalogue **three** books.
    accept: {text: true, min_words: 20, max_words: 300, photos: 3, files: 1}
    rubric:
      - id: lengkap
        text: {id: Lengkap, en: Complete}
        levels:
          - {text: {id: Semua, en: All}, points: 2}
          - {text: {id: Sebagian, en: Some}, points: 1}
    marked_by: trainer
    pass: 75
"""
START = MODULE.count("\n")


def task(text: str = TASK) -> Task:
    found = compiled(course_files({MODULE_FILE: MODULE + text})).activity("praktik")
    assert isinstance(found, Task)
    return found


def test_a_task_is_read_with_its_body_in_each_language() -> None:
    found = task()
    assert found.accepts == Accepts(text=True, photos=3, files=1, min_words=20, max_words=300)
    assert (found.minutes, found.marked_by, found.pass_percent, found.rubric[0].most) == (60, "trainer", 75.0, 2.0)
    assert "<strong>tiga</strong>" in found.html["id"] and "/media/" in found.html["id"]
    assert "<strong>three</strong>" in found.html["en"]
    assert complaints(MODULE + TASK) == []


def test_a_task_without_rubric_and_bounds_asks_the_trainer_alone() -> None:
    lines = [line for line in TASK.splitlines() if "minutes" not in line]
    short = "\n".join(lines[: lines.index("    rubric:")]).replace(
        "{text: true, min_words: 20, max_words: 300, photos: 3, files: 1}", "{photos: 1}"
    )
    found = task(short)
    assert (found.rubric, found.marked_by, found.pass_percent, found.minutes) == ((), "trainer", 70.0, None)
    assert found.accepts == Accepts(text=False, photos=1, files=0)


def test_the_address_of_a_task_stays_a_tasks() -> None:
    course = compiled(course_files({MODULE_FILE: MODULE + TASK}))
    assert course.kinds["ddc/praktik"] == "task" and course.kinds["ddc/kuis-ddc"] == "quiz"


FAULTS = [
    ("accept: {text: true, min_words: 20, max_words: 300, photos: 3, files: 1}", "accept: {}", 11, "apa-apa"),
    ("photos: 3", "photos: 11", 11, "dari 0 sampai 10"),
    ("photos: 3", "fotos: 3", 11, 'Kunci "fotos" tidak dikenal di sini. Mungkin maksud Anda: photos.'),
    ("max_words: 300", "max_words: 3", 11, "lebih besar daripada"),
    ("marked_by: trainer", "marked_by: teman", 18, "Yang dikenal: trainer, self"),
    ("marked_by: trainer", "marked_by: self", 19, "tidak punya batas lulus"),
    ("          - {text: {id: Sebagian, en: Some}, points: 1}\n", "", 16, "tingkat"),
    ("minutes: 60", "competency: F2.klasifikasi", 3, '"competency" belum didukung'),
    ("media/kelas.svg", "media/lain.svg", 8, "tidak ada di folder kursus"),
    ("task: praktik", "task: mengapa-ddc", 1, "sudah dipakai"),
    ("    accept: {text: true, min_words: 20, max_words: 300, photos: 3, files: 1}\n", "", 1, '"accept" belum ada'),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), FAULTS)
def test_a_fault_is_told_at_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in TASK
    (fault, *_) = faults_of(course_files({MODULE_FILE: MODULE + TASK.replace(old, new, 1)}))
    assert words in str(fault), str(fault)
    assert fault.line == START + line
