"""Questions with a figure or with gaps, read from a course's files: each fault at its place, each picture found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.content.activities import Quiz
from app.content.compile import compile_shared
from app.content.faults import ContentFaults
from app.content.figures import figure_kilobytes
from app.questions.cloze import Cloze
from app.questions.hotspot import Hotspot, Picture
from tests.content.samples import (
    BANK,
    MODULE,
    SHARED_BANK,
    SVG,
    compiled,
    course_files,
    faults_of,
    said,
    shared_files,
)

HOTSPOT = """\
  - id: meja
    type: hotspot
    competency: F2.klasifikasi
    text: {id: Di mana meja?, en: Where is the desk?}
    image: media/denah.svg
    alt: {id: Denah ruang., en: Floor plan.}
    areas:
      - {label: {id: Pintu, en: Door}, shape: rectangle, x: 10%, y: 10, width: 30.5, height: 20%, correct: true}
      - {label: {id: Jendela, en: Window}, shape: circle, x: 70, y: '50', radius: 10}
      - label: {id: Sudut, en: Corner}
        shape: polygon
        corners: [[60, 80], [90, 80%], ['90', 100]]
    explanation: {id: Dekat pintu., en: By the door.}
"""
CLOZE = """\
  - id: rumpang
    type: cloze
    competency: F2.klasifikasi
    text: {id: "Nomor [[1]], [[2]], [[3]].", en: "Number [[3]], [[2]], [[1]]."}
    gaps:
      - type: number
        weight: 2
        answers: [{value: 10}]
      - {type: text, answers: [{text: 400, fraction: 100%}]}
      - {type: choice, options: [{text: 020, correct: true}, {text: no}]}
    explanation: {id: Begitulah., en: That is so.}
"""
GAP_SELECT = """\
  - id: kata
    type: gap-select
    competency: F2.klasifikasi
    text: {id: "Kata [[1]] dan [[b]].", en: "Words [[b]] and [[1]]."}
    choices: [{text: 020}, {id: b, text: no}, {text: {id: lain, en: other}}]
    reuse: false
    explanation: {id: Begitulah., en: That is so.}
"""
OTHER_SVG = SVG.replace("Kelas", "Denah")
BANK_FILE = "bank/ddc.yaml"
FIRST_LINE = BANK.count("\n")


def with_question(text: str, **files: str) -> dict[str, bytes]:
    return course_files({BANK_FILE: BANK + text, "media/denah.svg": OTHER_SVG, **files})


def spoiled(text: str, old: str, new: str) -> list[str]:
    assert old in text
    return said(faults_of(with_question(text.replace(old, new, 1))))


def test_a_figure_is_shown_from_where_it_is_served() -> None:
    course = compiled(with_question(HOTSPOT))
    question, picture = course.question("ddc/ddc/meja"), course.media["media/denah.svg"]
    assert isinstance(question, Hotspot)
    assert question.picture == Picture(picture.url, 360, 200)
    assert course.banks["ddc"].questions[-1].picture == question.picture  # type: ignore[attr-defined]
    assert course.warnings == ()  # the picture is used, and every text is translated and explained


def test_a_question_of_a_quiz_finds_its_figure_too() -> None:
    indented = "".join(f"    {line}\n" for line in HOTSPOT.splitlines())
    course = compiled(course_files({"01-kelas.yaml": MODULE + indented, "media/denah.svg": SVG}))
    question = course.question("ddc/kuis-ddc/meja")
    assert isinstance(question, Hotspot) and question.picture is not None


def test_a_quiz_knows_what_all_figures_it_may_show_cost_to_open() -> None:
    large = SVG + f"<!--{'x' * 5_000}-->"
    bank = BANK + HOTSPOT + HOTSPOT.replace("id: meja", "id: kursi")  # one figure for two questions
    course = compiled(course_files({BANK_FILE: bank, "media/denah.svg": large}))
    quiz = next(each for each in course.activities if isinstance(each, Quiz))
    assert "ddc/ddc/meja" in quiz.addresses and 5 < figure_kilobytes(course, quiz) < 7
    assert figure_kilobytes(course, replace(quiz, slots=quiz.slots[:1])) == 0


def test_a_picture_that_nothing_shows_is_told_as_advice() -> None:
    told = [str(warning) for warning in compiled(course_files({"media/denah.svg": OTHER_SVG})).warnings]
    assert told == ["courses/ddc/media/denah.svg:1:1: Gambar ini tidak dipakai di materi, soal, atau tugas."]


def test_a_figure_that_is_missing_is_a_fault_at_its_place_with_the_nearest_name() -> None:
    (fault,) = spoiled(HOTSPOT, "media/denah.svg", "media/dena.svg")
    assert fault.startswith(f"courses/ddc/{BANK_FILE}:{FIRST_LINE + 5}:12: ")
    assert 'Gambar "media/dena.svg" tidak ada di folder kursus. Mungkin maksud Anda: media/denah.svg.' in fault
    assert len(spoiled(HOTSPOT, "media/denah.svg", "../denah.svg")) == 1
    both = spoiled(HOTSPOT.replace("media/denah.svg", "media/x.svg"), "shape: circle", "shape: bulat")
    assert len(both) == 2  # neither hides the other


def test_a_figure_with_faults_of_its_own_is_not_also_called_missing() -> None:
    faults = faults_of(with_question(HOTSPOT, **{"media/denah.svg": "<svg/>"}))
    assert {fault.path for fault in faults} == {"courses/ddc/media/denah.svg"}


def test_a_bank_that_all_courses_share_has_no_figures() -> None:
    with pytest.raises(ContentFaults) as broken:
        compile_shared(shared_files(bank_umum=SHARED_BANK + HOTSPOT))
    (fault,) = said(broken.value.faults)
    assert fault.startswith(f"courses/bank/umum.yaml:{SHARED_BANK.count(chr(10)) + 5}:12: Soal bergambar tidak dapat")


def test_the_gaps_of_a_passage_are_read_with_their_scalars_as_written() -> None:
    question = compiled(with_question(CLOZE)).question("ddc/ddc/rumpang")
    assert isinstance(question, Cloze)
    assert [gap.weight for gap in question.gaps] == [2, 1, 1]
    assert question.right_answer_summary("id") == "1. 10; 2. 400; 3. 020"
    assert compiled(with_question(GAP_SELECT)).question("ddc/ddc/kata").right_answer_summary("en") == "1. 020; 2. no"  # type: ignore[union-attr]


PLACED = [
    (CLOZE, "- type: number\n        weight", "- weight", 6, 9, 'Kunci "type" belum ada.'),
    (CLOZE, "type: number", "type: numer", 6, 15, "Mungkin maksud Anda: number."),
    (CLOZE, "answers: [{value: 10}]", "answer: [{value: 10}]", 8, 9, "Mungkin maksud Anda: answers."),
    (CLOZE, "{value: 10}", "{value: sepuluh}", 8, 27, "Di sini harus ada bilangan"),
    (CLOZE, "weight: 2", "unit_penalti: 2", 7, 9, "Mungkin maksud Anda: unit_penalty."),
    (HOTSPOT, "radius: 10", "radiuss: 10", 9, 75, "Mungkin maksud Anda: radius."),
    (CLOZE, "fraction: 100%", "fraction: 80%", 9, 31, "Paling sedikit satu jawaban harus bernilai 100%"),
    (CLOZE, "correct: true", "benar: true", 10, 46, "tidak dikenal di sini"),
    (CLOZE, "text: no", "text: ''", 10, 69, "Teks ini kosong"),
    (CLOZE, "[[3]], [[2]], [[1]]", "[[3]], [[2]]", 4, 50, "Rumpang ke-1 tidak punya tempat"),
    (CLOZE, "weight: 2", "weight: 0", 7, 17, "dari 0.1 sampai 100"),
    (GAP_SELECT, "[[b]]", "[[c]]", 4, 16, 'Tanda "[[c]]" bukan nomor atau id'),
    (GAP_SELECT, "reuse: false", "reuse: tidak", 6, 12, "true atau false"),
    (GAP_SELECT, "{text: 020}", "{txt: 020}", 5, 16, "Mungkin maksud Anda: text."),
    (HOTSPOT, "shape: circle", "shape: bulat", 9, 51, "Yang dikenal: rectangle, circle, polygon."),
    (HOTSPOT, "radius: 10", "jari: 10", 9, 75, "tidak dikenal di sini"),
    (HOTSPOT, "width: 30.5", "width: 95", 8, 9, "keluar dari gambar"),
    (HOTSPOT, "[60, 80]", "[60]", 12, 19, "dua bilangan dari 0 sampai 100"),
    (HOTSPOT, "[60, 80]", "[60, 180]", 12, 19, "dua bilangan dari 0 sampai 100"),
    (HOTSPOT, "alt: {id: Denah ruang., en: Floor plan.}", "alt: ''", 6, 10, "Teks ini kosong"),
    (HOTSPOT, ", correct: true", "", 8, 7, "Tidak ada bagian gambar yang benar"),
    (HOTSPOT, "    explanation", "    mode: titik\n    explanation", 13, 11, "Yang dikenal: area, point."),
    (HOTSPOT, "    explanation", "    mode: point\n    grid: 8\n    explanation", 14, 11, "kolom x baris"),
    (HOTSPOT, "    explanation", "    grid: 8x6\n    explanation", 13, 11, 'Kunci "grid" tidak dipakai'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new", "line", "column", "words"), PLACED)
def test_a_fault_in_a_gap_or_an_area_stands_at_its_place(
    text: str, old: str, new: str, line: int, column: int, words: str
) -> None:
    found = spoiled(text, old, new)
    assert len(found) in (1, 2) and words in "".join(found)
    at = next(each for each in found if words in each)
    assert at.startswith(f"courses/ddc/{BANK_FILE}:{FIRST_LINE + line}:{column}: "), at


def test_a_typo_in_one_gap_hides_nothing_in_another() -> None:
    text = CLOZE.replace("weight: 2", "weight: banyak")
    told = spoiled(text, "{text: no}", "{text: no, correct: true}")
    assert len(told) == 2
    assert "harus ada bilangan" in told[0] and "satu pilihan benar" in told[1]


def test_a_list_far_too_long_inside_a_gap_is_not_looked_into() -> None:
    many = ", ".join("{value: 10}" for _ in range(201))
    (fault,) = spoiled(CLOZE, "answers: [{value: 10}]", f"answers: [{many}]")
    assert "Paling banyak 200 butir" in fault


def test_a_long_passage_is_not_called_a_long_question() -> None:
    for text in (CLOZE, GAP_SELECT):
        for extra in ("", "Kata yang tidak perlu. " * 30):
            long = text.replace('{id: "', '{id: "' + extra)
            assert compiled(course_files({BANK_FILE: BANK + long})).warnings == ()
