"""A course with a test before and one after in two forms: four quizzes over one bank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COURSE: Final = """\
title: {id: Bimtek, en: Training}
code: BT-1
summary: {id: Sebelum dan sesudah., en: Before and after.}
track: service
hours: 2
modules: [01-tes]
"""
LESSON: Final = """\
  - lesson: materi
    title: {id: Materi, en: Lesson}
    minutes: 5
    body: {id: Bacalah., en: Read.}
"""
FORMS: Final = {"A": ("a-satu", "a-dua"), "B": ("b-satu", "b-dua")}
TESTS: Final = (("awal-a", "pretest", "A"), ("awal-b", "pretest", "B"), ("akhir-a", "posttest", "A"),
                ("akhir-b", "posttest", "B"))  # fmt: skip
TITLES: Final = {"pretest": "{id: Tes awal, en: Pre-test}", "posttest": "{id: Tes akhir, en: Post-test}"}


def quiz_of(name: str, purpose: str, form: str, asked: tuple[str, ...] = ()) -> str:
    """One of the four as YAML; form "" has none."""
    questions = "".join(f"      - use: tes/{each}\n" for each in asked or FORMS[form or "A"])
    formed = f"    form: {form}\n" if form else ""
    passed = 0 if purpose == "pretest" else 60
    return (
        f"  - quiz: {name}\n    title: {TITLES[purpose]}\n    preset: exam\n    pass: {passed}\n"
        f"    purpose: {purpose}\n{formed}    questions:\n{questions}"
    )


def question(name: str, more: str = "", competency: str = "competency: F2.klasifikasi, ") -> str:
    """A statement that is true, of one competency."""
    return (
        f"  - {{id: {name}, type: true-false, text: {{id: Benar {name}, en: True {name}}}, answer: true, "
        f"{competency}explanation: {{id: Ya., en: Yes.}}{more}}}\n"
    )


def paired(*tests: str, bank: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The course's files: these tests (default: the four) around a lesson. `bank`: what questions say besides."""
    written = tests or tuple(quiz_of(*each) for each in TESTS)
    half = (len(written) + 1) // 2
    module = "".join(("title: {id: Tes, en: Tests}\nactivities:\n", *written[:half], LESSON, *written[half:]))
    names = [*(name for form in FORMS.values() for name in form), "a-tiga"]
    questions = "".join(question(name, (bank or {}).get(name, "")) for name in names)
    texts = {
        "course.yaml": COURSE,
        "01-tes.yaml": module,
        "bank/tes.yaml": "title: {id: Soal tes, en: Test questions}\nquestions:\n" + questions,
    }
    return {path: text.encode() for path, text in texts.items()}
