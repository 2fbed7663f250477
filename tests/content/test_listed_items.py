"""Matching, ordering and categorise in files: every text of their parts is looked at, every fault has its place."""

from __future__ import annotations

from functools import partial

import pytest

from app.content.faults import Findings
from app.content.lint import untranslated
from app.content.reading import read_document
from tests.content.samples import FIRST_QUESTION, bank_of, compiled, course_files, faults_of, said
from tests.content.test_editor_schema import complaints

QUESTIONS = """\
  - id: alat
    type: matching
    competency: F2.klasifikasi
    text: {id: Jodohkan., en: Match.}
    pairs:
      - {text: {id: Katalog, en: Catalogue}, match: {id: mencari koleksi, en: finding items}}
      - {text: Buku induk, match: {id: mencatat koleksi, en: recording items}}
    extra:
      - {id: menghitung denda, en: counting fines}
      - 020
    explanation: {id: Karena itu., en: Therefore.}
  - id: langkah
    type: ordering
    competency: F2.klasifikasi
    text: {id: Urutkan., en: Put in order.}
    items:
      - {id: terima buku, en: receive}
      - 398.20
      - {id: taruh di rak, en: shelve}
    scoring: longest
    explanation: {id: Karena itu., en: Therefore.}
  - id: kelompok
    type: categorise
    competency: F2.klasifikasi
    text: {id: Kelompokkan., en: Sort.}
    groups:
      - {id: umum, text: {id: koleksi umum, en: general}}
      - {id: rujukan, text: {id: koleksi rujukan, en: reference}}
    items:
      - {text: Novel, group: umum}
      - {text: {id: kamus, en: dictionary}, group: rujukan}
      - {text: no, group: none}
    explanation: {id: Karena itu., en: Therefore.}
"""

bank = partial(bank_of, QUESTIONS)


def test_good_questions_of_these_kinds_have_no_fault_and_get_no_advice() -> None:
    course = compiled(course_files({"bank/ddc.yaml": bank()}))
    assert course.warnings == ()
    assert complaints(bank()) == []
    assert [course.questions[f"ddc/ddc/{name}"].type for name in ("alat", "langkah", "kelompok")] == [
        "matching",
        "ordering",
        "categorise",
    ]


# what is replaced, by what; the line from the first of QUESTIONS, from 0, and the column; words of the sentence
FAULTS = [
    ("text: Buku induk", "text: ''", 6, 16, "Teks ini kosong"),
    ("en: finding items", "en: ' '", 5, 79, "Teks ini kosong"),
    ("- 020", "- ' '", 9, 9, "Teks ini kosong"),
    ("- 398.20", "- ''", 17, 9, "Teks ini kosong"),
    ("text: Novel", "text: ''", 29, 16, "Teks ini kosong"),
    ("en: reference", "en: ''", 27, 55, "Teks ini kosong"),
    ("- 020", "- MENCARI koleksi", 9, 9, "tampak sama dengan pilihan lain"),
    ("- 398.20", "- terima buku", 17, 9, "tampak sama dengan butir lain"),
    ("      - 398.20\n", "", 16, 7, "paling sedikit 3"),
    ("group: umum}", "group: umun}", 29, 30, 'Kelompok "umun" tidak ada'),
    ("group: umum}", "group: Koleksi umum}", 29, 30, "Misalnya: koleksi-umum"),
    ("scoring: longest", "scoring: terpanjang", 19, 14, "next, position, longest"),
    ("match: {id: mencatat", "matc: {id: mencatat", 6, 28, "match"),
    ("- 020", "- '[x](//evil.example)'", 9, 9, "Tautan ke"),
    ("en: shelve", "en: '[x](//evil.example)'", 18, 32, "Tautan ke"),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "words"), FAULTS)
def test_a_fault_of_a_part_stands_at_its_place_and_is_the_only_one(
    old: str, new: str, line: int, column: int, words: str
) -> None:
    faults = faults_of(course_files({"bank/ddc.yaml": bank(old, new)}))
    assert [(fault.line - FIRST_QUESTION, fault.column) for fault in faults] == [(line, column)], said(faults)
    assert words in str(faults[0])


def test_what_a_part_lacks_is_not_told_of_a_question_that_was_not_understood() -> None:
    faults = faults_of(course_files({"bank/ddc.yaml": bank("{id: umum, text", "{id: Umum, text")}))
    assert [fault.line - FIRST_QUESTION for fault in faults] == [26], said(faults)


@pytest.mark.parametrize(("old", "line"), [("- 020", 9), ("- 398.20", 17), ("{text: Novel, group: umum}", 29)])
def test_a_comment_that_may_have_swallowed_a_part_is_told(old: str, line: int) -> None:
    swallowed = (
        old + " # lanjutan" if old.startswith("- ") else "\n          text: Novel # lanjutan\n          group: umum"
    )
    warnings = compiled(course_files({"bank/ddc.yaml": bank(old, swallowed)})).warnings
    assert ["komentar" in str(warning) for warning in warnings] == [True]
    assert warnings[0].line - FIRST_QUESTION in (line, line + 1)


@pytest.mark.parametrize(
    ("old", "line"),
    [(", en: finding items", 5), (", en: counting fines", 8), (", en: shelve", 18), (", en: dictionary", 30)],
)
def test_parts_without_english_are_found(old: str, line: int) -> None:
    def lines(text: str) -> list[int]:
        root = read_document(text.encode(), Findings().of("x.yaml"))
        assert root is not None
        return [place.line - FIRST_QUESTION for place in untranslated(root)]

    assert lines(bank()) == [6, 29, 31]  # "Buku induk", "Novel" and "no" are written once for both languages
    assert sorted(lines(bank(old, ""))) == sorted([6, 29, 31, line])


def test_the_editor_marks_what_the_reader_refuses() -> None:
    for old, new in (
        ("match: {id: mencatat", "matc: {id: mencatat"),
        ("scoring: longest", "scoring: terpanjang"),
        ("group: umum}", "group: Koleksi umum}"),
        ("scoring: longest", "shuffle: false"),
    ):
        assert complaints(bank(old, new)) != [], new
