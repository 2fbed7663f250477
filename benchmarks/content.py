"""The courses that are measured: the real ones, and in one of them a further quiz of ten questions."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from benchmarks.processes import ROOT, BenchFault

COURSE: Final = "katalogisasi"
LESSON: Final = "nomor-panggil"
QUIZ: Final = "ukuran"
QUESTIONS: Final = 10
MODULE: Final = "05-ukuran"

_LAST_MODULE: Final = "04-metadata-dan-pertukaran]"
_TEXT: Final = f"""
title: {{id: Ukuran, en: Measure}}
activities:
  - quiz: {QUIZ}
    title: {{id: Sepuluh soal, en: Ten questions}}
    preset: test
    attempts: unlimited
    pass: 70
    questions:
      - {{draw: 3, from: deskripsi}}
      - {{draw: 3, from: klasifikasi}}
      - {{draw: 2, from: subjek}}
      - {{draw: 2, from: metadata}}
"""


def copy_courses(folder: Path) -> Path:
    """The courses in `folder`, the measured quiz among them; what was there is replaced. Raises BenchFault."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "courses", folder)
    course = folder / COURSE / "course.yaml"
    text = course.read_text()
    if _LAST_MODULE not in text:
        raise BenchFault(f"{course}: the list of modules does not end with {_LAST_MODULE}; adapt {__file__}")
    course.write_text(text.replace(_LAST_MODULE, f"{_LAST_MODULE[:-1]}, {MODULE}]"))
    (folder / COURSE / f"{MODULE}.yaml").write_text(_TEXT)
    return folder
