"""A small course as files, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Mapping

from app.content.compile import compile_course, compile_shared
from app.content.course import Course, Shared
from app.content.faults import ContentFaults, Fault

COMPETENCIES = """\
title: {id: Kompetensi, en: Competencies}
areas:
  - id: F2
    title: {id: Pengorganisasian, en: Organisation}
    competencies:
      - id: F2.klasifikasi
        title: {id: Klasifikasi, en: Classification}
      - id: F2.deskripsi
        title: {id: Deskripsi, en: Description}
"""

GLOSSARY = """\
terms:
  - id: nomor-panggil
    term: {id: nomor panggil, en: call number}
    also: {id: [no. panggil]}
    definition: {id: Alamat buku di rak., en: The address of a book on the shelf.}
  - id: informasi
    term: {id: informasi, en: information}
    link: false
    definition: {id: Isi yang berguna., en: Useful content.}
"""

COURSE = """\
title: {id: Klasifikasi, en: Classification}
code: TI-3
summary: {id: Anda dapat memberi nomor., en: You can give numbers.}
track: it
hours: 4
modules: [01-kelas]
"""

MODULE = """\
title: {id: Kelas, en: Classes}
activities:
  - lesson: mengapa-ddc
    title: {id: Mengapa DDC?, en: Why DDC?}
    minutes: 10
    body:
      id: |
        Setiap buku punya nomor panggil.

        ![Sepuluh kelas](media/kelas.svg "Kelas utama")
      en: |
        Every book has a call number.

        ![Ten classes](media/kelas.svg "Main classes")
  - quiz: kuis-ddc
    title: {id: Kuis DDC, en: DDC quiz}
    preset: test
    pass: 70%
    questions:
      - id: dongeng
        type: single
        competency: F2.klasifikasi
        text: {id: Nomor cerita rakyat?, en: The number of folk tales?}
        options:
          - {text: 398.20, correct: true}
          - text: 020
            feedback: {id: Itu ilmu perpustakaan., en: That is library science.}
        explanation: {id: Cerita rakyat ada di 398.2., en: Folk tales are in 398.2.}
      - draw: 2
        from: ddc
"""

BANK = """\
title: {id: DDC, en: DDC}
questions:
  - id: benar-salah
    type: true-false
    competency: F2.klasifikasi
    tags: [dasar]
    text: {id: DDC memakai sepuluh kelas., en: DDC has ten classes.}
    answer: true
    explanation: {id: Dari 000 sampai 900., en: From 000 to 900.}
  - id: jumlah
    type: number
    competency: F2.klasifikasi
    text: {id: Berapa kelas utama?, en: How many main classes?}
    answers: [{value: 10}]
    explanation: {id: Sepuluh., en: Ten.}
  - id: bahasa
    type: short-text
    competency: F2.klasifikasi
    text: {id: Nomor kelas bahasa?, en: The class of language?}
    answers: [{text: 400}]
    explanation: {id: Bahasa ada di 400., en: Language is in 400.}
"""

SHARED_BANK = """\
title: {id: Umum, en: General}
questions:
  - id: tamu
    type: true-false
    competency: F2.deskripsi
    text: {id: Buku tamu perlu., en: A visitor book is needed.}
    answer: true
    explanation: {id: Perlu., en: Needed.}
"""

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 200" width="360" height="200">
<title>Kelas</title><rect width="360" height="200" fill="#fffdf8"/></svg>
"""

Files = dict[str, bytes]


def shared_files(**changes: str) -> Files:
    """The shared files; `changes` replace the text of one, by its name with `_` for the rest of its path."""
    texts = {"competencies": COMPETENCIES, "glossary": GLOSSARY, "bank_umum": SHARED_BANK, **changes}
    return {f"{name.replace('_', '/')}.yaml": text.encode() for name, text in texts.items()}


def course_files(extra: Mapping[str, str] | None = None) -> Files:
    """The files of the course `ddc`, with `extra` beside them or in place of them."""
    texts = {
        "course.yaml": COURSE,
        "01-kelas.yaml": MODULE,
        "bank/ddc.yaml": BANK,
        "media/kelas.svg": SVG,
        **(extra or {}),
    }
    return {path: text.encode() for path, text in texts.items()}


def spoiled(path: str, old: str, new: str) -> Files:
    """The course with one place of one file changed; the place must be there."""
    files = course_files()
    text = files[path].decode()
    assert text.count(old) >= 1, f"{old!r} is not in {path}"
    files[path] = text.replace(old, new, 1).encode()
    return files


def shared() -> Shared:
    """What courses share, compiled."""
    return compile_shared(shared_files())


def compiled(files: Mapping[str, bytes] | None = None) -> Course:
    """The course, compiled."""
    return compile_course("ddc", course_files() if files is None else files, shared())


def faults_of(files: Mapping[str, bytes], slug: str = "ddc") -> tuple[Fault, ...]:
    """What keeps the files from being a course; () where nothing does."""
    try:
        compile_course(slug, files, shared())
    except ContentFaults as broken:
        return broken.faults
    return ()


def said(faults: tuple[Fault, ...]) -> list[str]:
    """Faults as their lines."""
    return [str(fault) for fault in faults]


FIRST_QUESTION = BANK.count("\n") + 1  # the line on which the questions of `bank_of` begin


def bank_of(questions: str, old: str = "", new: str = "") -> str:
    """A bank of these questions, with one passage of them written otherwise."""
    assert old in questions
    return BANK + questions.replace(old, new, 1)
