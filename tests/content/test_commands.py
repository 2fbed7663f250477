"""`courses check` and `courses schema` as a person at the shell, an editor or a script meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.content import commands
from app.content.commands import courses
from tests.content.samples import course_files, shared_files
from tests.ground.folder import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with courses/ddc and courses/lain; the shell stands in it."""
    for slug, files in (("", shared_files()), ("ddc/", course_files()), ("lain/", course_files())):
        for path, data in files.items():
            place = tmp_path / "courses" / (slug + path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LANG", raising=False)
    monkeypatch.delenv("RAK_COURSES", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(courses, arguments)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_courses_without_faults_pass_in_silence(folder: Path) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "2 kursus diperiksa: tidak ada kesalahan" in result.stderr


def test_a_test_whose_other_half_is_missing_is_told_with_its_line(folder: Path) -> None:
    place = folder / "courses/ddc/01-kelas.yaml"
    change(place, "pass: 70%", "pass: 70%\n    purpose: posttest")
    result = run("check", "courses/ddc")
    assert result.exit_code == 0
    assert "courses/ddc/01-kelas.yaml:15:11: Saran: Tes akhir ini belum punya tes awal" in result.stdout
    assert run("check", "--strict", "courses/ddc").exit_code == 1


def test_what_a_stranger_wrote_in_a_first_hour_is_clean(folder: Path) -> None:
    """Ten questions, a draw, a picture, a task and a survey, from the guide and the editor's help alone."""
    result = run("check", str(ROOT / "tests/content/first_hour/buku-tamu"))
    assert result.exit_code == 0
    assert "1 kursus diperiksa: tidak ada kesalahan" in result.stderr
    told = {line.split(": ", 1)[1] for line in result.stdout.splitlines()}
    assert len(told) == 2, told  # of the questions' competency and explanation


def test_the_folder_that_is_served_is_the_one_that_is_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "courses").rename(folder / "kursus")
    monkeypatch.setenv("RAK_COURSES", str(folder / "kursus"))
    assert "2 kursus diperiksa" in run("check").stderr
    monkeypatch.setenv("RAK_COURSES", "tidak-ada")
    assert run("check").exit_code == 2


def test_faults_of_all_courses_are_lines_and_the_exit_status_is_1(folder: Path) -> None:
    change(folder / "courses/ddc/course.yaml", "hours: 4", "hours: empat")
    change(folder / "courses/lain/bank/ddc.yaml", "answer: true", "answer: ya")
    change(folder / "courses/glossary.yaml", "link: false", "link: tidak")
    result = run("check")
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
        "courses/ddc/course.yaml:5:8",
        "courses/glossary.yaml:8:11",
        "courses/lain/bank/ddc.yaml:8:13",
    ]
    assert "3 kesalahan" in result.stderr


def test_a_fault_in_shared_files_makes_no_other_faults(folder: Path) -> None:
    (folder / "courses/competencies.yaml").write_text("title: [a\n")
    (folder / "courses/bank/umum.yaml").write_text("title: [a\n")
    change(folder / "courses/ddc/01-kelas.yaml", "draw: 2\n        from: ddc", "draw: 1\n        from: umum")
    result = run("check")
    assert {line.split(":")[0] for line in result.stdout.splitlines()} == {
        "courses/competencies.yaml",
        "courses/bank/umum.yaml",
    }


PATHS = [
    ("courses", ["course.yaml", "bank/ddc.yaml", "lain"]),
    ("courses/ddc", ["course.yaml", "bank/ddc.yaml"]),
    ("courses/ddc/", ["course.yaml", "bank/ddc.yaml"]),
    ("courses/ddc/course.yaml", ["course.yaml"]),
    ("courses/ddc/bank", ["bank/ddc.yaml"]),
    ("courses/ddc/bank/ddc.yaml", ["bank/ddc.yaml"]),
    ("courses/ddc/01-kelas.yaml", []),
    ("courses/competencies.yaml", []),
    ("courses/bank", []),
]


@pytest.mark.parametrize(("path", "told"), PATHS)
def test_a_path_may_be_a_file_a_course_or_all_courses(folder: Path, path: str, told: list[str]) -> None:
    change(folder / "courses/ddc/course.yaml", "hours: 4", "hours: empat")
    change(folder / "courses/ddc/bank/ddc.yaml", "answer: true", "answer: ya")
    change(folder / "courses/lain/course.yaml", "hours: 4", "hours: empat")
    result = run("check", path)
    places = [line.split(":")[0] for line in result.stdout.splitlines()]
    expected = [f"courses/ddc/{name}" for name in told if name != "lain"] + ["courses/lain/course.yaml"] * (
        "lain" in told
    )
    assert sorted(places) == sorted(expected)
    assert result.exit_code == (1 if told else 0)


def test_a_file_is_checked_against_the_course_around_it(folder: Path) -> None:
    change(folder / "courses/ddc/01-kelas.yaml", "from: ddc", "from: dcd")
    change(folder / "courses/ddc/01-kelas.yaml", "F2.klasifikasi", "F2.klasifikas")
    result = run("check", "courses/ddc/01-kelas.yaml")
    assert "Mungkin maksud Anda: ddc." in result.stdout
    assert "Mungkin maksud Anda: F2.klasifikasi." in result.stdout


def test_a_course_folder_without_its_course_file_is_checked_as_a_course(folder: Path) -> None:
    (folder / "courses/ddc/course.yaml").unlink()
    result = run("check", "courses/ddc")
    assert result.stdout.startswith("courses/ddc/course.yaml:1:1: File course.yaml belum ada")


def test_a_course_on_its_own_somewhere_else_can_be_checked(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = tmp_path_factory.mktemp("sendiri") / "ddc"
    (folder / "courses/ddc").rename(alone)
    result = run("check", str(alone))
    assert result.stdout.startswith(f"{alone}/01-kelas.yaml:22:21: Kompetensi")
    assert result.exit_code == 1


def test_links_and_other_things_on_disk_are_told_too(folder: Path) -> None:
    (folder / "courses/ddc/02-lain.yaml").symlink_to(folder / "courses/ddc/course.yaml")
    result = run("check", "courses/ddc")
    assert result.exit_code == 1
    assert result.stdout.startswith("courses/ddc/02-lain.yaml:1:1: Tautan (symlink)")


def test_advice_is_told_and_is_a_fault_only_when_asked(folder: Path) -> None:
    change(folder / "courses/ddc/bank/ddc.yaml", "    explanation: {id: Sepuluh., en: Ten.}\n", "")
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.startswith("courses/ddc/bank/ddc.yaml:10:5: Saran: Soal ini belum punya pembahasan")
    result = run("check", "--strict")
    assert result.exit_code == 1
    assert "Saran:" not in result.stdout


def test_texts_without_english_are_listed_when_asked_and_are_no_fault(folder: Path) -> None:
    change(folder / "courses/ddc/bank/ddc.yaml", ", en: Ten.}", "}")
    assert run("check").stdout == ""
    result = run("check", "--languages")
    assert result.exit_code == 0
    assert result.stdout.startswith("courses/ddc/bank/ddc.yaml:15:5: Saran: Teks ini belum ada bahasa Inggrisnya.")


def test_json_is_an_array_of_objects_and_nothing_else(folder: Path) -> None:
    assert json.loads(run("check", "--json").stdout) == []
    change(folder / "courses/ddc/course.yaml", "hours: 4", "hours: empat")
    change(folder / "courses/ddc/bank/ddc.yaml", "    explanation: {id: Sepuluh., en: Ten.}\n", "")
    change(folder / "courses/ddc/bank/ddc.yaml", ", en: Language is in 400.}", "}")
    result = run("check", "--json", "--languages")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [(each["path"], each["line"], each["column"], each["level"]) for each in found] == [
        ("courses/ddc/course.yaml", 5, 8, "fault"),
        ("courses/ddc/bank/ddc.yaml", 10, 5, "warning"),
        ("courses/ddc/bank/ddc.yaml", 20, 5, "untranslated"),
    ]
    assert all(set(each) == {"path", "line", "column", "level", "message"} for each in found)


def test_a_path_that_is_not_there_is_refused(folder: Path) -> None:
    assert run("check", "tidak-ada").exit_code == 2


def test_without_a_courses_folder_one_must_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "courses" / "ddc")
    assert run("check").exit_code == 2


def test_the_schema_of_the_courses_is_current() -> None:
    assert (ROOT / "courses" / "course.schema.json").read_text(encoding="utf-8") == commands.editor_schema_text()


def test_the_schema_is_written_into_the_folder(folder: Path) -> None:
    result = run("schema")
    assert result.stdout == "courses/course.schema.json\n"
    assert (folder / "courses/course.schema.json").read_text(encoding="utf-8") == commands.editor_schema_text()
    assert run("check").exit_code == 0


def test_the_courses_of_this_project_have_no_faults() -> None:
    result = run("check", str(ROOT / "courses"))
    assert result.stdout == ""
    assert result.exit_code == 0


def test_reading_courses_needs_no_framework_and_no_database() -> None:
    script = (
        "import sys, types; app = types.ModuleType('app'); app.__path__ = ['app']; sys.modules['app'] = app\n"
        "import app.content.commands\n"
        "print(sorted({'flask', 'sqlalchemy', 'wtforms'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
