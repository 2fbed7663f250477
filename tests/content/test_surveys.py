"""Surveys in files: what is read, what is refused and where, and that a promise of anonymity is not taken back."""

from __future__ import annotations

import pytest

from app.content.activities import Survey
from app.content.compile import compile_course
from app.content.faults import ContentFaults
from tests.content.samples import MODULE, compiled, course_files, faults_of, shared
from tests.content.test_editor_schema import complaints

SURVEY = """\
  - survey: evaluasi
    title: {id: Evaluasi, en: Evaluation}
    intro: {id: "Isilah, **tiga menit**.", en: "Fill in, **three minutes**."}
    anonymous: true
    questions:
      - id: materi
        type: likert
        required: true
        text: {id: Seberapa setuju?, en: How much do you agree?}
        statements: [{id: jelas, text: {id: Jelas, en: Clear}}]
      - {id: baca, type: information, text: {id: Baca., en: Read.}}
      - id: alat
        type: single
        text: {id: Alat apa?, en: Which device?}
        options: [{text: HP}, {text: Laptop}]
      - id: saran
        type: essay
        text: {id: Apa saran Anda?, en: What do you suggest?}
        lines: 6
"""
FILE = "01-kelas.yaml"
FIRST = len(MODULE.splitlines()) + 1  # the line on which the survey begins


def with_survey(old: str = "", new: str = "") -> dict[str, bytes]:
    assert old in SURVEY
    return course_files({FILE: MODULE + SURVEY.replace(old, new, 1)})


def test_a_survey_is_read_without_fault_or_advice_and_an_editor_accepts_it() -> None:
    course = compiled(with_survey())
    survey = course.activity("evaluasi")
    assert isinstance(survey, Survey) and survey.anonymous
    assert [each.id for each in survey.asked] == ["materi", "alat", "saran"] and survey.question_count == 3
    assert course.warnings == () and complaints(MODULE + SURVEY) == []
    assert not any(address.startswith("ddc/evaluasi/") for address in course.questions), "nothing there is graded"


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ("    anonymous: true\n", "", (0, 5), 'Kunci "anonymous" belum ada'),
        ("anonymous: true", "anonymous: maybe", (3, 16), "true atau false"),
        ("anonymous: true", "anonymous: true\n    pass: 70", (4, 5), 'Kunci "pass" tidak dikenal'),
        ("type: single", "type: number", (12, 15), 'Jenis soal "number" tidak dapat dipakai di sini'),
        ("type: single", "type: angket", (12, 15), 'Jenis soal "angket" tidak dikenal'),
        ("{text: HP}", "{text: HP, correct: true}", (14, 30), '"correct" tidak dipakai di survei'),
        ("        lines: 6", "        points: 6", (18, 9), '"points" tidak dipakai di survei'),
        ("[{text: HP}, {text: Laptop}]", "[{text: HP}]", (14, 18), "pilihan"),
        ("id: alat", "id: materi", (11, 13), "sudah dipakai di baris"),
        ("**tiga menit**", "![peta](media/kelas.svg)", (2, 17), "Gambar di dalam soal belum didukung"),
    ],
)
def test_what_a_survey_may_not_hold_is_told_at_its_place(
    old: str, new: str, place: tuple[int, int], sentence: str
) -> None:
    faults = faults_of(with_survey(old, new))
    assert [(each.line - FIRST, each.column) for each in faults] == [place], faults
    assert sentence in str(faults[0])
    if sentence not in ("sudah dipakai di baris", "Gambar di dalam soal belum didukung", "pilihan"):
        assert complaints(MODULE + SURVEY.replace(old, new, 1)) != [], "an editor marks it too"


def test_a_survey_that_asks_nothing_is_a_fault() -> None:
    text = (
        SURVEY[: SURVEY.index("      - id: materi")] + "      - {id: baca, type: information, text: {id: B, en: R}}\n"
    )
    (fault,) = faults_of(course_files({FILE: MODULE + text}))
    assert "belum menanyakan apa-apa" in str(fault)


@pytest.mark.parametrize("back", [False, True], ids=["anonymous to named", "named to anonymous"])
def test_under_one_id_a_survey_stays_anonymous_or_named(back: bool) -> None:
    named = with_survey("anonymous: true", "anonymous: false")
    before, after = (named, with_survey()) if back else (with_survey(), named)
    kinds = compiled(before).kinds
    compile_course("ddc", before, shared(), earlier=kinds)
    with pytest.raises(ContentFaults, match="dulu dipakai untuk jenis lain"):
        compile_course("ddc", after, shared(), earlier=kinds)


def test_a_question_that_returns_as_another_kind_is_a_fault() -> None:
    kinds = compiled(with_survey()).kinds
    assert kinds["ddc/evaluasi"] == "anonymous-survey" and kinds["ddc/evaluasi/alat"] == "single"
    with pytest.raises(ContentFaults, match="dulu dipakai untuk jenis lain"):
        compile_course("ddc", with_survey("type: single", "type: multiple"), shared(), earlier=kinds)
