"""Essay, likert and information in files: every text of their parts is looked at, every fault has its place."""

from __future__ import annotations

from functools import partial

import pytest

from app.content.activities import Quiz
from app.content.faults import Findings
from app.content.lint import NO_EXPLANATION, untranslated
from app.content.reading import read_document
from tests.content.samples import BANK, FIRST_QUESTION, bank_of, compiled, course_files, faults_of, said, spoiled
from tests.content.test_editor_schema import complaints

QUESTIONS = """\
  - id: keluhan
    type: essay
    competency: F2.klasifikasi
    text: {id: Ceritakan., en: Tell.}
    min_words: 40
    max_words: 150
    lines: 12
    rubric:
      - id: sikap
        text: {id: sikap, en: attitude}
        levels:
          - {text: {id: baik, en: good}, points: 2}
          - {text: {id: kurang, en: poor}, points: 0.5}
    explanation: {id: Karena itu., en: Therefore.}
  - id: pendapat
    type: likert
    text: {id: Seberapa?, en: How much?}
    statements:
      - {id: rapi, text: {id: rak rapi, en: tidy shelves}}
      - {text: {id: buku cukup, en: enough books}}
    labels:
      - {id: kurang, en: little}
      - {id: banyak, en: much}
  - id: situasi
    type: information
    text: {id: Baca dulu., en: Read first.}
"""

bank = partial(bank_of, QUESTIONS)


def test_good_questions_of_these_kinds_have_no_fault_and_a_survey_needs_no_competency() -> None:
    course = compiled(course_files({"bank/ddc.yaml": bank()}))
    assert course.warnings == ()
    assert complaints(bank()) == []
    kinds = [course.questions[f"ddc/ddc/{name}"].type for name in ("keluhan", "pendapat", "situasi")]
    assert kinds == ["essay", "likert", "information"]


def test_a_photo_may_be_asked_for() -> None:
    asked = "  - id: foto\n    type: file\n    max_files: 2\n    text: {id: Foto., en: A photo.}\n"
    course = compiled(course_files({"bank/ddc.yaml": BANK + asked}))
    assert course.questions["ddc/ddc/foto"].type == "file"
    assert complaints(BANK + asked) == []


def test_what_a_person_marks_needs_an_explanation() -> None:
    start = QUESTIONS.index("    max_words: 150\n    lines: 12\n")
    end = QUESTIONS.index("    explanation", start)
    rest = QUESTIONS[end:].split("\n", 1)[1]
    warnings = compiled(course_files({"bank/ddc.yaml": BANK + QUESTIONS[:end] + rest})).warnings
    assert [warning.message for warning in warnings] == [NO_EXPLANATION]


# what is replaced, by what; the line from the first of QUESTIONS, from 0, and the column; words of the sentence
FAULTS = [
    ("max_words: 150", "max_words: 20", 5, 16, 'lebih dari "max_words: 20"'),
    ("min_words: 40", "min_words: 0", 4, 16, "dari 1 sampai 2500"),
    ("en: attitude", "en: ''", 9, 31, "Teks ini kosong"),
    ("en: poor", "en: ' '", 12, 37, "Teks ini kosong"),
    ("points: 2}", "points: dua}", 11, 50, "Di sini harus ada bilangan"),
    ("en: good", "en: '[x](//evil.example)'", 11, 35, "Tautan ke"),
    ("          - {text: {id: kurang, en: poor}, points: 0.5}\n", "", 11, 11, "paling sedikit dua"),
    ("en: tidy shelves", "en: ''", 18, 45, "Teks ini kosong"),
    ("en: little", "en: ''", 21, 26, "Teks ini kosong"),
    ("    labels:", "    scale: agreement-5\n    labels:", 20, 12, "Hapus salah satu"),
    ("      - {id: banyak, en: much}\n", "", 21, 7, "2 sampai 11 label"),
    ("    text: {id: Baca", "    points: 0\n    text: {id: Baca", 25, 13, "dari 0.1 sampai 100"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "column", "words"), FAULTS)
def test_a_fault_of_a_part_stands_at_its_place_and_is_the_only_one(
    old: str, new: str, line: int, column: int, words: str
) -> None:
    faults = faults_of(course_files({"bank/ddc.yaml": bank(old, new)}))
    assert [(fault.line - FIRST_QUESTION, fault.column) for fault in faults] == [(line, column)], said(faults)
    assert words in str(faults[0])


@pytest.mark.parametrize(
    ("old", "line"), [(", en: attitude", 9), (", en: poor", 12), (", en: enough books", 19), (", en: much", 22)]
)
def test_parts_without_english_are_found(old: str, line: int) -> None:
    root = read_document(bank(old, "").encode(), Findings().of("x.yaml"))
    assert root is not None
    assert [place.line - FIRST_QUESTION for place in untranslated(root)] == [line]


def test_the_editor_marks_what_the_reader_refuses() -> None:
    for old, new in (
        ("lines: 12", "lines: 41"),
        ("points: 0.5", "points: -1"),
        ("    labels:", "    scale: agreement-7\n    labels:"),
        ("levels:", "level:"),
    ):
        assert complaints(bank(old, new)) != [], new


def test_a_quiz_says_how_many_mark_and_whether_they_see_names() -> None:
    for more, expected in (("", (1, False)), ("\n    markers: 2\n    blind: true", (2, True))):
        quiz = compiled(spoiled("01-kelas.yaml", "pass: 70%", f"pass: 70%{more}")).activity("kuis-ddc")
        assert isinstance(quiz, Quiz)
        assert (quiz.settings.markers, quiz.settings.blind) == expected


def test_more_than_two_markers_are_refused() -> None:
    (fault,) = faults_of(spoiled("01-kelas.yaml", "pass: 70%", "markers: 3"))
    assert "dari 1 sampai 2" in str(fault)
