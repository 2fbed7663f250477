"""A course as large as authors may make one: 100 lessons, and 500 questions in quizzes and banks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.processes import ROOT

SLUG: Final = "besar"
MODULES: Final = 10
LESSONS: Final = 10  # in each module
ASKED: Final = 25  # written in each module's quiz
BANKS: Final = 5
IN_BANK: Final = 50
COMPETENCY: Final = "F2.klasifikasi"
QUIZ: Final = "kuis-5"
QUESTION: Final = "soal-5-12"
BANK: Final = "kumpulan-3"
BANK_QUESTION: Final = "soal-b3-20"

_PARAGRAPH: Final = {
    "id": "Nomor panggil adalah alamat buku di rak. **Label** yang lepas membuat buku hilang di antara ribuan buku.",
    "en": "A call number is the address of a book on the shelf. A **label** that falls off loses it among thousands.",
}


def write_courses(folder: Path) -> Path:
    """A courses/ folder with what all courses share here, and the large course; what was there is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in (ROOT / "courses").glob("*.yaml"):
        shutil.copy(path, folder / path.name)
    if (ROOT / "courses" / "bank").is_dir():
        shutil.copytree(ROOT / "courses" / "bank", folder / "bank")
    for path, text in files().items():
        (folder / SLUG / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / SLUG / path).write_text(text, "utf-8")
    return folder


def files() -> dict[str, str]:
    """The course's files, path -> text."""
    modules = [f"{number:02}-bagian" for number in range(1, MODULES + 1)]
    head = (
        "title: {id: Kursus besar, en: A large course}\ncode: BES-1\ntrack: it\nhours: 40\nopen: true\n"
        "summary: {id: Anda mengukur., en: You measure.}\n"
        f"modules: [{', '.join(modules)}]\n"
    )
    found = {"course.yaml": head}
    for number, name in enumerate(modules, start=1):
        found[f"{name}.yaml"] = "\n".join(_module(number)) + "\n"
    for number in range(1, BANKS + 1):
        items = "\n".join(line for each in range(IN_BANK) for line in _question(f"b{number}-{each}", "  "))
        found[f"bank/kumpulan-{number}.yaml"] = (
            f"title: {{id: Kumpulan {number}, en: Bank {number}}}\nquestions:\n{items}\n"
        )
    return found


def _module(number: int) -> Iterator[str]:
    yield f"title: {{id: Bagian {number}, en: Part {number}}}"
    yield "activities:"
    for each in range(LESSONS):
        yield f"  - lesson: materi-{number}-{each}"
        yield f"    title: {{id: Materi {number}.{each}, en: Lesson {number}.{each}}}"
        yield "    minutes: 10"
        yield "    body:"
        for language, paragraph in _PARAGRAPH.items():
            yield f"      {language}: |"
            for part in range(6):
                yield f"        ## {number}.{each}.{part}"
                yield ""
                yield f"        {paragraph}"
                yield ""
    yield f"  - quiz: kuis-{number}"
    yield f"    title: {{id: Kuis {number}, en: Quiz {number}}}"
    yield "    preset: test"
    yield "    questions:"
    for each in range(ASKED):
        yield from _question(f"{number}-{each}", "      ")
    yield f"      - {{draw: 5, from: kumpulan-{1 + number % BANKS}, tags: [dasar]}}"


def _question(name: str, indent: str) -> Iterator[str]:
    lines = [
        f"- id: soal-{name}",
        "  type: single",
        f"  competency: {COMPETENCY}",
        f"  tags: [{'dasar' if len(name) % 2 else 'lanjut'}]",
        f"  text: {{id: 'Nomor {name}: kelas mana yang tepat?', en: 'Number {name}: which class is right?'}}",
        "  options:",
        "    - text: {id: '398.2', en: '398.2'}",
        "      correct: true",
        "    - text: {id: '020', en: '020'}",
        "      feedback: {id: Itu ilmu perpustakaan., en: That is library science.}",
        "    - text: {id: '330', en: '330'}",
        "      feedback: {id: Itu ekonomi., en: That is economics.}",
        "    - text: {id: '641', en: '641'}",
        "  explanation: {id: Cerita rakyat ada di 398.2., en: Folk tales are in 398.2.}",
    ]
    return (indent + line for line in lines)
