"""`courses report`: what a course holds and lacks, as a person at the shell and a script read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.content.report import course_report
from app.content.report_command import report
from tests.content.samples import MODULE, compiled, course_files, shared_files

TASK = """\
  - task: praktik
    title: {id: Tiga buku, en: Three books}
    minutes: 45
    body: {id: Katalogkan., en: Catalogue them.}
    accept: {text: true}
    marked_by: self
"""
RUBRIC = """\
    rubric:
      - id: isi
        text: {id: Isi, en: Contents}
        levels:
          - {text: {id: Lengkap, en: Complete}, points: 2}
          - {text: {id: Kurang, en: Not yet}, points: 1}
"""
TESTS = """\
  - quiz: tes-awal
    title: {id: Tes awal, en: Pre-test}
    preset: exam
    pass: 0
    purpose: pretest
    questions: [{use: tes/t-1}, {use: tes/t-2}]
  - quiz: tes-akhir
    title: {id: Tes akhir, en: Post-test}
    preset: exam
    purpose: posttest
    questions: [{use: tes/t-1}, {use: tes/t-2}]
"""
HELD_BACK = "title: {id: Tes, en: Test}\nquestions:\n" + "".join(
    f"  - id: t-{number}\n    type: true-false\n    competency: F2.deskripsi\n    difficulty: hard\n"
    f"    text: {{id: Pernyataan {number}., en: Statement {number}.}}\n    answer: true\n"
    for number in (1, 2)
)


def missing(**changed: str) -> list[str]:
    """What the sample course lacks, with its files changed (`module=`, `tests=`)."""
    paths = {"module": "01-kelas.yaml", "tests": "bank/tes.yaml"}
    files = course_files({paths[name]: text for name, text in changed.items()})
    return [each.text(str) for each in course_report(compiled(files)).missing]


def test_questions_to_practise_and_those_held_back_are_counted_apart() -> None:
    files = course_files({"01-kelas.yaml": MODULE + TESTS, "bank/tes.yaml": HELD_BACK})
    plain, tested = course_report(compiled()), course_report(compiled(files))
    assert plain.held_back.items == 0 and plain.practice == tested.practice
    assert plain.practice.items == sum(plain.practice.kinds.values()) == sum(plain.practice.difficulties.values()) > 0
    assert (tested.held_back.items, tested.held_back.kinds) == (2, {"true-false": 2})
    assert tested.held_back.competencies == {"F2.deskripsi": 2}
    assert tested.held_back.difficulties == {"easy": 0, "medium": 0, "hard": 2}
    assert tested.minutes - plain.minutes in (3, 4), "two tests of two questions, 50 seconds each"


def test_words_figures_and_minutes_are_those_of_its_lessons_and_what_there_is_to_do() -> None:
    plain, tasked = (course_report(compiled(course_files({"01-kelas.yaml": MODULE + more}))) for more in ("", TASK))
    assert (plain.modules, plain.lessons, plain.figures) == (1, 1, 1)
    assert plain.words["id"] > 0 and plain.words["en"] > 0
    assert tasked.minutes == plain.minutes + 45


def test_what_a_course_lacks_is_told() -> None:
    said = missing()
    assert "Belum ada tugas praktik." in said
    assert any(each.startswith("Materi mengapa-ddc: ") for each in said)
    assert any("F2.klasifikasi: " in each and "kurang dari 12" in each for each in said)
    assert any(each.startswith("Waktunya ") and each.endswith("JP-nya 180.") for each in said)
    assert not any("gambar" in each or "kuis" in each for each in said)
    assert "Tugas praktik belum punya rubrik." in missing(module=MODULE + TASK)
    assert not any("ugas praktik" in each for each in missing(module=MODULE + TASK + RUBRIC))


def test_a_module_without_figure_or_quiz_is_told() -> None:
    figures = ('![Sepuluh kelas](media/kelas.svg "Kelas utama")', '![Ten classes](media/kelas.svg "Main classes")')
    bare = MODULE
    for figure in figures:
        bare = bare.replace(figure, "Gambar menyusul.")
    assert "Modul 01-kelas belum punya gambar." in missing(module=bare)
    said = missing(module=MODULE[: MODULE.index("  - quiz:")])
    assert "Modul 01-kelas belum punya kuis." in said and "3 soal di bank tidak dipakai kuis mana pun." in said


def test_a_bank_that_no_quiz_asks_is_told() -> None:
    assert "2 soal di bank tidak dipakai kuis mana pun." in missing(tests=HELD_BACK)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the courses ddc and lain."""
    for slug, files in (("", shared_files()), ("ddc/", course_files()), ("lain/", course_files())):
        for path, data in files.items():
            place = tmp_path / (slug + path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(report, [str(each) for each in arguments])


def test_the_table_has_a_line_for_each_course_and_their_sum(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0 and result.stderr == ""
    head, ddc, lain, total = result.stdout.splitlines()[:4]
    assert head.split()[0] == "Kursus" and ddc.startswith("TI-3 ddc ") and lain.startswith("TI-3 lain ")
    figures = [[int(cell) for cell in line.split()[-9:]] for line in (ddc, lain, total)]
    assert figures[2] == [one + other for one, other in zip(*figures[:2], strict=True)]
    assert len({len(line) for line in (head, ddc, lain, total)}) == 1
    assert "! Belum ada tugas praktik." in result.stdout
    assert "Kompetensi dengan kurang dari 12 soal latihan:" in result.stdout
    assert "TI-3 Klasifikasi" in result.stdout
    assert "TI-3 Classification" in run(folder, "--language", "en").stdout


def test_a_script_reads_the_same_as_one_object(folder: Path) -> None:
    found: dict[str, Any] = json.loads(run(folder, "--json").stdout)
    assert [each["slug"] for each in found["courses"]] == ["ddc", "lain"] and found["broken"] == []
    course = found["courses"][0]
    assert course["jp"] == 4 and course["title"] == {"id": "Klasifikasi", "en": "Classification"}
    assert set(course["words"]) == {"id", "en"} and "Belum ada tugas praktik." in course["missing"]
    assert found["practice_items"] == 2 * course["practice"]["items"]
    assert found["competencies"]["F2.klasifikasi"] == 2 * course["practice"]["competencies"]["F2.klasifikasi"]
    assert set(found["competencies"]) == {"F2.klasifikasi", "F2.deskripsi"}


def test_texts_without_english_are_counted(folder: Path) -> None:
    path = folder / "ddc" / "01-kelas.yaml"
    path.write_text(path.read_text().replace(", en: Why DDC?", ""))
    ddc, lain = json.loads(run(folder, "--json").stdout)["courses"]
    assert "1 teks belum ada bahasa Inggrisnya." in ddc["missing"]
    assert not any("Inggris" in each for each in lain["missing"])


def test_a_course_that_cannot_be_read_is_named_and_the_others_are_told(folder: Path) -> None:
    (folder / "lain" / "course.yaml").write_text("title: [")
    result = run(folder)
    assert result.exit_code == 1
    assert "lain tidak dapat dibaca" in result.stderr and "TI-3 ddc " in result.stdout
    assert json.loads(run(folder, "--json").stdout)["broken"] == ["lain"]


def test_a_folder_without_courses_has_an_empty_report(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 1
    assert json.loads(run(tmp_path, "--json").stdout)["courses"] == []
