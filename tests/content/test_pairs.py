"""Tests before and after: which belong together, what learners get of two forms, and what is told to their author."""

from __future__ import annotations

import pytest

from app.content.compile import compile_course
from app.content.course import Course
from app.content.pairs import pairs_among
from tests.content.paired import TESTS, paired, question, quiz_of
from tests.content.samples import faults_of, shared

LATER = "    time_limit: 20 min\n"


def course(*tests: str, bank: dict[str, str] | None = None) -> Course:
    return compile_course("bimtek", paired(*tests, bank=bank), shared())


def four(**changed: str) -> tuple[str, ...]:
    """The four tests, some written otherwise; ids with `_` for `-`."""
    return tuple(changed.get(each[0].replace("-", "_"), quiz_of(*each)) for each in TESTS)


def advice(*tests: str, bank: dict[str, str] | None = None) -> list[str]:
    return [f"{each.path.rpartition('/')[2]}:{each.line} {each.message}" for each in course(*tests, bank=bank).warnings]


def test_four_good_tests_are_clean_and_learners_get_one_before_and_one_after() -> None:
    found = course()
    assert found.warnings == ()
    assert [each.id for each in found.activities] == ["awal-a", "materi", "akhir-a"]
    assert [each.id for each in found.quizzes] == [name for name, *_ in TESTS]
    assert len(found.modules[0].activities) == 3 and len(found.written[0].activities) == 5
    assert {each: found.listed_as(each) for each in ("awal-b", "akhir-b", "materi")} == {
        "awal-b": "awal-a", "akhir-b": "akhir-a", "materi": "materi",
    }  # fmt: skip
    after = found.following("awal-b")
    assert after is not None and after.id == "materi"


def test_what_is_learnt_in_other_courses_belongs_before_the_test_after_of_a_course_that_only_tests() -> None:
    found = course()
    assert found.after_others == 2
    assert [found.leads_elsewhere(each) for each in ("awal-b", "materi", "akhir-b")] == [False, True, False]
    practice = quiz_of("latihan", "pretest", "").replace("purpose: pretest", "purpose: practice")
    assert course(*four(), practice).after_others is None
    assert course(quiz_of("awal-a", "pretest", "")).after_others is None


@pytest.mark.parametrize(
    ("first", "before", "after"),
    [("A", "awal-a", "akhir-b"), ("B", "awal-b", "akhir-a"), (None, "awal-a", "akhir-a")],
)
def test_who_takes_one_form_before_takes_the_other_after(first: str | None, before: str, after: str) -> None:
    found = course()
    firsts = {None: first} if first else {}
    for quiz, own in zip(found.quizzes, (before, before, after, after), strict=True):
        assert found.form_for(quiz, firsts).id == own  # type: ignore[arg-type]
        if first:
            assert found.forms[own].first_of(own) == first
        assert {each.id for each in found.all_forms(quiz)} == {quiz.id, *(
            each for each in found.forms if found.listed_as(each) == found.listed_as(quiz.id)
        )}  # fmt: skip


def test_a_test_that_is_hidden_ends_the_crossing_and_all_others_are_seen() -> None:
    found = course(*four(akhir_b=quiz_of("akhir-b", "posttest", "B") + "    hidden: true\n"))
    assert found.forms == {}
    assert [each.id for each in found.activities] == ["awal-a", "awal-b", "materi", "akhir-a"]


def test_pairs_are_told_apart_by_name() -> None:
    named = quiz_of("lain", "pretest", "").replace("    questions", "    pair: lain\n    questions")
    found = pairs_among(course(*four(), named).quizzes)
    assert [(each.name, len(each.before), len(each.after), each.crossed) for each in found] == [
        (None, 2, 2, True), ("lain", 1, 0, False),
    ]  # fmt: skip


# tests, what questions say besides; where advice is told, and words of it
ADVICE = [
    ((quiz_of("awal", "pretest", ""),), {}, "01-tes.yaml:3", "belum punya tes akhir"),
    ((quiz_of("akhir", "posttest", ""),), {}, "01-tes.yaml:3", "belum punya tes awal"),
    (four(akhir_b=""), {}, "01-tes.yaml:3", "Belum ada: posttest B."),
    (four(awal_b=quiz_of("awal-b", "pretest", "", ("b-satu", "b-dua"))), {}, "01-tes.yaml:12", "Tulis form: A"),
    (four(awal_b=quiz_of("awal-b", "pretest", "B").replace("Tes awal", "Tes B")), {}, ":12", "Judul ini lain"),
    (four(), {"b-dua": ", difficulty: hard"}, "01-tes.yaml:12", 'rata-rata 0 di kuis "awal-a" dan 0.5 di sini'),
    (four(akhir_a=quiz_of("akhir-a", "posttest", "A", ("a-satu", "a-tiga"))), {}, ":25", "tidak sama soalnya"),
]


@pytest.mark.parametrize(("tests", "bank", "place", "words"), ADVICE)
def test_what_weakens_a_comparison_is_advice_at_its_quiz(
    tests: tuple[str, ...], bank: dict[str, str], place: str, words: str
) -> None:
    told = advice(*(each for each in tests if each), bank=bank)
    assert any(place in each and words in each for each in told), told


def test_forms_of_other_competencies_are_told_with_their_numbers() -> None:
    files = paired()
    files["bank/tes.yaml"] = files["bank/tes.yaml"].replace(
        question("b-dua").encode(), question("b-dua", competency="").encode()
    )
    told = [str(each.message) for each in compile_course("bimtek", files, shared()).warnings]
    assert any("- 0:1, F2.klasifikasi 2:1" in each for each in told), told


@pytest.mark.parametrize(
    ("changed", "line", "words"),
    [
        ({"awal_b": quiz_of("awal-b", "pretest", "A")}, 12, 'Bentuk A dari tes ini sudah ada: kuis "awal-a"'),
        ({"awal_b": quiz_of("awal-b", "pretest", "B") + LATER}, 12, 'lain dari kuis "awal-a": time_limit.'),
        ({"akhir_b": quiz_of("akhir-b", "posttest", "B").replace("pass: 60", "pass: 70")}, 34, '"akhir-a": pass.'),
        ({"awal_b": quiz_of("awal-b", "pretest", "B", ("b-satu",))}, 12, 'di kuis "awal-a" 2, di sini 1'),
        ({"akhir_b": quiz_of("akhir-b", "posttest", "B", ("b-satu", "a-dua"))}, 34, "Satu soal tidak boleh ada di dua"),
    ],
)
def test_what_would_lead_learners_astray_is_a_fault_at_its_quiz(changed: dict[str, str], line: int, words: str) -> None:
    (fault,) = faults_of(paired(*four(**changed)), "bimtek")
    assert fault.path == "courses/bimtek/01-tes.yaml" and fault.line == line, str(fault)
    assert words in str(fault.message)


def test_a_draw_counts_what_it_asks_on_the_average() -> None:
    asked = ("b-satu",)
    drawn = "      - {draw: 1, from: tes, tags: [sisa]}\n"
    tests = four(
        awal_b=quiz_of("awal-b", "pretest", "B", asked) + drawn,
        akhir_b=quiz_of("akhir-b", "posttest", "B", asked) + drawn,
    )
    bank = {"b-dua": ", difficulty: hard, tags: [sisa]", "a-dua": ", difficulty: hard"}
    assert advice(*tests, bank=bank) == []
