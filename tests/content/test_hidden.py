"""What is hidden: written and kept, and none of what learners get."""

from __future__ import annotations

import pytest

from app.content.course import Course
from app.progress.rules import CourseFacts, QuizFact, course_progress, meets_completion
from tests.content.samples import MODULE, compiled, course_files, faults_of, said
from tests.content.test_editor_schema import complaints
from tests.ground.cast import NOW

FILE = "01-kelas.yaml"
ALL = """\
  - task: praktik
    title: {id: Praktik, en: Practice}
    body: {id: Kerjakan., en: Do it.}
    accept: {text: true}
  - survey: evaluasi
    title: {id: Evaluasi, en: Evaluation}
    anonymous: true
    questions:
      - {id: saran, type: essay, text: {id: Saran?, en: Suggestions?}}
"""
IDS = ("mengapa-ddc", "kuis-ddc", "praktik", "evaluasi")


def module(*hidden: str) -> str:
    text = MODULE + ALL
    for name in hidden:
        text = text.replace(f": {name}\n", f": {name}\n    hidden: true\n")
    return text


def course(*hidden: str) -> Course:
    return compiled(course_files({FILE: module(*hidden)}))


@pytest.mark.parametrize("name", IDS)
def test_what_is_hidden_is_written_but_not_what_learners_get(name: str) -> None:
    found = course(name)
    assert [each.id for each in found.activities] == [each for each in IDS if each != name]
    assert found.activity(name) is None
    written = found.written_activity(name)
    assert written is not None and written.hidden
    assert found.module_of(name) == found.written[0]
    assert found.following(IDS[0] if name != IDS[0] else IDS[1]) is not written
    assert complaints(module(name)) == []


def test_its_addresses_stay_taken_so_that_unhiding_brings_all_back() -> None:
    assert course(*IDS[1:]).kinds == course().kinds


def test_it_counts_neither_for_progress_nor_for_completion_and_comes_back_with_its_marks() -> None:
    facts = CourseFacts(
        {IDS[0]: NOW}, {IDS[1]: QuizFact(0.4, False, None, NOW, waiting=True)}, tasks={}, surveys={IDS[3]: None}
    )
    hidden = course_progress(course(IDS[1], IDS[2]), facts)
    assert (hidden.done, hidden.total, hidden.waiting, hidden.best) == (2, 2, False, None)
    assert meets_completion(course(IDS[1], IDS[2]), hidden)
    shown = course_progress(course(), facts)
    assert (shown.done, shown.total, shown.waiting) == (2, 4, True)
    assert not meets_completion(course(), shown)


def test_a_module_whose_all_is_hidden_is_no_chapter_to_learners() -> None:
    second = (
        "title: {id: Dua, en: Two}\nactivities:\n  - lesson: lain\n    hidden: true\n    title: Lain\n    minutes: 1\n"
    )
    files = course_files({"02-dua.yaml": second + "    body: Isi.\n"})
    files["course.yaml"] = files["course.yaml"].replace(b"[01-kelas]", b"[01-kelas, 02-dua]")
    found = compiled(files)
    assert [each.name for each in found.modules] == ["01-kelas"]
    assert [each.name for each in found.written] == ["01-kelas", "02-dua"]


def test_a_course_that_hides_everything_is_told_so() -> None:
    (fault,) = said(faults_of(course_files({FILE: module(*IDS)})))
    assert fault.startswith("courses/ddc/course.yaml:1:1: Semua kegiatan kursus ini tersembunyi.")
